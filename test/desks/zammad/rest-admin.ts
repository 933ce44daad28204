import { randomBytes } from "node:crypto";
import type { Answer } from "../serve.ts";
import { need } from "./access.ts";
import { stampOf } from "./core.ts";
import { payload } from "./payload.ts";
import { groupShown, priorityShown, type Shown, stateShown, userExpanded, userShown } from "./present.ts";
import { crash, notFound, Refusal } from "./refusal.ts";
import { type Ask, isTrue, ok, paged, type Route, route } from "./route.ts";
import { checkCondition } from "./selector.ts";
import { type Condition, type DeskState, nextId, type TriggerRow, type WebhookRow } from "./state.ts";
import type { Body } from "./wishes.ts";

const bot = { created_by: "-", updated_by: "-" };

/** Rows of a model, one page of them, by id or with names beside. */
function listed<T extends { id: number }>(
	rows: (state: DeskState) => T[],
	show: (state: DeskState, row: T) => Shown,
	names: (state: DeskState, row: T) => Shown,
): (ask: Ask) => Answer {
	return (ask) => {
		const { state } = ask.core;
		const page = paged(rows(state), ask.body, 500, 1000);
		return ok(page.map((one) => ({ ...show(state, one), ...(isTrue(ask.body.expand) ? names(state, one) : {}) })));
	};
}

const only =
	(permission: string, answer: (ask: Ask) => Answer) =>
	(ask: Ask): Answer => {
		need(ask.core.state, ask.caller, permission);
		return answer(ask);
	};

function found<T extends { id: number }>(rows: T[], kind: string, id: string | undefined): T {
	const one = rows.find((candidate) => String(candidate.id) === id);
	if (!one) throw notFound(kind, id ?? "");
	return one;
}

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

function createToken(ask: Ask): Answer {
	const { state } = ask.core;
	const { label, permission, expires_at } = ask.body;
	if (typeof label !== "string" || label === "") throw new Refusal(422, "Need label!");
	const value = randomBytes(32).toString("base64url");
	state.tokens.push({
		id: nextId(state, "token"),
		user_id: ask.caller.user.id,
		label,
		permission: Array.isArray(permission) ? permission.map(String) : [],
		value,
		last_used_at: null,
		expires_at: typeof expires_at === "string" ? expires_at : null,
		created_at: stampOf(ask.core),
	});
	ask.core.changed();
	return ok({ name: value });
}

function httpLog(ask: Ask): Answer {
	const limit = Number(ask.body.limit) || 50;
	const rows = ask.core.state.httpLogs.slice(-limit).reverse();
	return ok(
		rows.map((log) => ({
			id: log.id,
			direction: "out",
			facility: "webhook",
			method: "POST",
			url: log.url,
			status: log.status,
			ip: null,
			request: { content: log.request },
			response: {
				code: Number(log.status),
				content: log.response,
				content_type: null,
				content_encoding: null,
				source: null,
			},
			updated_by_id: null,
			created_by_id: null,
			created_at: log.created_at,
			updated_at: log.created_at,
		})),
	);
}

function matching(ask: Ask): Answer {
	const query = String(ask.body.query ?? "").toLowerCase();
	const { state } = ask.core;
	const users = state.users.filter((user) =>
		[user.login, user.email, user.firstname, user.lastname].some((text) => text.toLowerCase().includes(query)),
	);
	const page = paged(users.filter((user) => user.id !== 1).reverse(), ask.body, 20, 500);
	return ok(page.map((user) => (isTrue(ask.body.expand) ? userExpanded(state, user) : userShown(state, user))));
}

/** Users, states, priorities, groups, webhooks, triggers, tokens, logs and the version. */
export const adminRoutes: Route[] = [
	route("GET", "/users/me", ({ core, caller, body }) =>
		ok((isTrue(body.expand) ? userExpanded : userShown)(core.state, caller.user)),
	),
	route("GET", "/users/search", only("ticket.agent", matching)),
	route(
		"GET",
		"/users",
		only(
			"ticket.agent",
			listed((state) => state.users, userShown, userExpanded),
		),
	),
	route("GET", "/users/:", (ask) => ok(userShown(ask.core.state, found(ask.core.state.users, "User", ask.params[0])))),
	route(
		"GET",
		"/ticket_states",
		listed(
			(state) => state.states,
			stateShown,
			(_, { state_type }) => ({ state_type, ...bot }),
		),
	),
	route("GET", "/ticket_states/:", (ask) => {
		const one = found(ask.core.state.states, "Ticket::State", ask.params[0]);
		const names = isTrue(ask.body.expand) ? { state_type: one.state_type, ...bot } : {};
		return ok({ ...stateShown(ask.core.state, one), ...names });
	}),
	route(
		"GET",
		"/ticket_priorities",
		listed(
			(state) => state.priorities,
			priorityShown,
			() => bot,
		),
	),
	route(
		"GET",
		"/groups",
		only(
			"admin.group",
			listed(
				(state) => state.groups,
				groupShown,
				(state, group) => ({
					users: state.users.filter((user) => user.groups.includes(group.id)).map((user) => user.login),
					...bot,
				}),
			),
		),
	),
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
		only("admin.trigger", (ask) => ok(paged(ask.core.state.triggers, ask.body, 500, 1000))),
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
	route(
		"GET",
		"/user_access_token",
		only("user_preferences.access_token", (ask) => {
			const own = ask.core.state.tokens.filter((token) => token.user_id === ask.caller.user.id);
			return ok({
				tokens: own.map(({ value: _, permission, ...token }) => ({
					...token,
					action: "api",
					preferences: { permission: Object.fromEntries(permission.map((name) => [name, true])) },
				})),
				permissions: [],
			});
		}),
	),
	route("POST", "/user_access_token", only("user_preferences.access_token", createToken)),
	route(
		"DELETE",
		"/user_access_token/:",
		only("user_preferences.access_token", (ask) => {
			const { tokens } = ask.core.state;
			const own = tokens.filter((token) => token.user_id === ask.caller.user.id);
			tokens.splice(tokens.indexOf(found(own, "Token", ask.params[0])), 1);
			ask.core.changed();
			return ok({});
		}),
	),
	route("GET", "/http_logs/webhook", only("admin.*", httpLog)),
	route(
		"GET",
		"/version",
		only("admin.version", () => ok({ version: "5.2.x" })),
	),
	route(
		"GET",
		"/monitoring/health_check",
		only("admin.monitoring", () => ok({ healthy: true, message: "success", issues: [], actions: [] })),
	),
	route(
		"GET",
		"/calendars",
		only("admin.calendar", () => ok([])),
	),
	route(
		"GET",
		"/slas",
		only("admin.sla", () => ok([])),
	),
	route(
		"GET",
		"/roles",
		only("admin.role", (ask) => ok(ask.core.state.roles.map(({ id, name }) => ({ id, name })))),
	),
];
