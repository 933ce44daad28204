import type { Answer } from "../serve.ts";
import { stampOf } from "./core.ts";
import { payload } from "./payload.ts";
import { login } from "./present-people.ts";
import { crash, Refusal } from "./refusal.ts";
import { type Ask, found, isTrue, ok, only, paged, type Route, route } from "./route.ts";
import { checkCondition } from "./selector.ts";
import { type Condition, nextId, type TriggerRow, type WebhookRow } from "./state.ts";
import type { Body } from "./wishes.ts";

function checkEndpoint(endpoint: unknown): string {
	const text = typeof endpoint === "string" ? endpoint : "";
	const refuse = (why: string) => new Refusal(422, `Endpoint The provided endpoint is invalid${why}.`);
	if (/\s/.test(text)) throw refuse("");
	if (!/^https?:/i.test(text)) throw refuse(", no http or https protocol was specified");
	if (!/^https?:\/\/[^/]/i.test(text)) throw refuse(", no hostname was specified");
	return text.slice(0, 300);
}

function readWebhook(
	body: Body,
	had: Partial<WebhookRow>,
): Pick<WebhookRow, "name" | "endpoint" | "signature_token" | "ssl_verify" | "note" | "active"> {
	const name = body.name ?? had.name;
	if (typeof name !== "string" || name === "") throw new Refusal(422, "Name can't be blank");
	const token = body.signature_token === undefined ? (had.signature_token ?? null) : body.signature_token;
	const note = body.note === undefined ? (had.note ?? null) : body.note;
	return {
		name: name.slice(0, 250),
		endpoint: checkEndpoint(body.endpoint ?? had.endpoint),
		signature_token: typeof token === "string" && token !== "" ? token.slice(0, 200) : null,
		ssl_verify: body.ssl_verify === undefined ? (had.ssl_verify ?? true) : isTrue(body.ssl_verify),
		note: typeof note === "string" ? note.slice(0, 500) : null,
		active: body.active === undefined ? (had.active ?? true) : isTrue(body.active),
	};
}

function saveWebhook(ask: Ask): Answer {
	const { state, changed } = ask.core;
	const at = stampOf(ask.core);
	const [id] = ask.params;
	const had = id === undefined ? undefined : found(state.webhooks, "Webhook", id);
	const read = readWebhook(ask.body, had ?? {});
	changed();
	if (had) return ok(Object.assign(had, read, { updated_by_id: ask.caller.user.id, updated_at: at }));
	const by = { created_by_id: ask.caller.user.id, updated_by_id: ask.caller.user.id };
	const made: WebhookRow = { id: nextId(state, "webhook"), ...read, ...by, created_at: at, updated_at: at };
	state.webhooks.push(made);
	return ok(made, 201);
}

function removeWebhook(ask: Ask): Answer {
	const { state } = ask.core;
	const webhook = found(state.webhooks, "Webhook", ask.params[0]);
	const users = state.triggers.filter(
		(trigger) => String(trigger.perform["notification.webhook"]?.webhook_id) === String(webhook.id),
	);
	if (users.length > 0) {
		const names = users.map((trigger) => `${trigger.name} (#${trigger.id})`).join(", ");
		throw new Refusal(422, `Cannot delete! This webhook is referenced by Trigger: ${names}`);
	}
	state.webhooks.splice(state.webhooks.indexOf(webhook), 1);
	ask.core.changed();
	return ok({});
}

function checkTrigger(ask: Ask, name: unknown, condition: unknown, perform: unknown, had?: TriggerRow): void {
	const { state } = ask.core;
	if (typeof name !== "string" || name === "") throw new Refusal(422, "Name can't be blank");
	const lower = name.toLowerCase();
	if (state.triggers.some((other) => other !== had && other.name.toLowerCase() === lower)) {
		throw new Refusal(422, "Object already exists!");
	}
	const empty = (value: unknown) => !value || typeof value !== "object" || Object.keys(value).length === 0;
	for (const [attribute, value] of Object.entries({ condition, perform })) {
		if (empty(value)) throw new Refusal(422, `Attribute '${attribute}" of relation "triggers' required!`);
	}
	const tests = condition as Condition;
	if ("conditions" in tests) throw crash("no implicit conversion of String into Integer");
	const unfit = new Refusal(422, "Invalid ticket selector conditions");
	for (const test of Object.values(tests)) {
		const needs = ["is", "is not", "contains", "contains not"].includes(test.operator);
		if (needs && !("value" in test) && !("pre_condition" in test)) throw unfit;
	}
	try {
		checkCondition(state, tests, ask.caller.user, ask.core.now());
	} catch (error) {
		throw error instanceof Refusal && error.status === 422 ? unfit : error;
	}
	const webhook = (perform as TriggerRow["perform"])["notification.webhook"];
	if (webhook && !webhook.webhook_id) {
		throw new Refusal(422, "The required 'perform' value for notification.webhook, webhook_id is missing!");
	}
}

function saveTrigger(ask: Ask): Answer {
	const { core, body, caller } = ask;
	const at = stampOf(core);
	const [id] = ask.params;
	const had = id === undefined ? undefined : found(core.state.triggers, "Trigger", id);
	const name = body.name ?? had?.name;
	const condition = body.condition ?? had?.condition;
	const perform = body.perform ?? had?.perform;
	checkTrigger(ask, name, condition, perform, had);
	const read = {
		name: String(name),
		condition: condition as Condition,
		perform: perform as TriggerRow["perform"],
		disable_notification:
			body.disable_notification === undefined ? (had?.disable_notification ?? true) : isTrue(body.disable_notification),
		note: typeof body.note === "string" ? body.note.slice(0, 250) : (had?.note ?? null),
		active: body.active === undefined ? (had?.active ?? true) : isTrue(body.active),
	};
	core.changed();
	if (had) return ok(Object.assign(had, read, { updated_by_id: caller.user.id, updated_at: at }));
	const by = { created_by_id: caller.user.id, updated_by_id: caller.user.id };
	const made: TriggerRow = { id: nextId(core.state, "trigger"), ...read, ...by, created_at: at, updated_at: at };
	core.state.triggers.push(made);
	return ok(made, 201);
}

/** Webhooks, and the triggers that send them. */
export const webhookRoutes: Route[] = [
	route(
		"GET",
		"/webhooks",
		only("admin.webhook", (ask) => ok(paged(ask.core.state.webhooks, ask.body, 500, 1000))),
	),
	route(
		"GET",
		"/webhooks/preview",
		only("admin.webhook", (ask) => {
			const last = ask.core.state.tickets.at(-1);
			if (!last) throw crash("undefined method `articles' for nil:NilClass");
			const article = ask.core.state.articles.filter((candidate) => candidate.ticket_id === last.id).at(-1);
			return ok(payload(ask.core.state, { ticket: last.id, article: article?.id ?? null }, ask.core.publicUrl));
		}),
	),
	route(
		"GET",
		"/webhooks/:",
		only("admin.webhook", (ask) => ok(found(ask.core.state.webhooks, "Webhook", ask.params[0]))),
	),
	route("POST", "/webhooks", only("admin.webhook", saveWebhook)),
	route("PUT", "/webhooks/:", only("admin.webhook", saveWebhook)),
	route("DELETE", "/webhooks/:", only("admin.webhook", removeWebhook)),
	route(
		"GET",
		"/triggers",
		only("admin.trigger", ({ core: { state }, body }) => {
			const page = paged(state.triggers, body, 500, 1000);
			if (!isTrue(body.expand)) return ok(page);
			const named = (row: TriggerRow) => ({
				created_by: login(state, row.created_by_id),
				updated_by: login(state, row.updated_by_id),
			});
			return ok(page.map((row) => ({ ...row, ...named(row) })));
		}),
	),
	route(
		"GET",
		"/triggers/:",
		only("admin.trigger", (ask) => ok(found(ask.core.state.triggers, "Trigger", ask.params[0]))),
	),
	route("POST", "/triggers", only("admin.trigger", saveTrigger)),
	route("PUT", "/triggers/:", only("admin.trigger", saveTrigger)),
	route(
		"DELETE",
		"/triggers/:",
		only("admin.trigger", (ask) => {
			const { triggers } = ask.core.state;
			triggers.splice(triggers.indexOf(found(triggers, "Trigger", ask.params[0])), 1);
			ask.core.changed();
			return ok({});
		}),
	),
];
