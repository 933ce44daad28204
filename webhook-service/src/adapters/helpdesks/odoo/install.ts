import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import type { Hook } from "../helpdesk.ts";
import { asInstaller, type OdooContext, type OdooRpc, odooRpc, plain } from "./rpc.ts";
import { type Rule, rulesFor } from "./rules.ts";
import type { OdooSettings } from "./settings.ts";

const withoutRights =
	"Expected a user with the rights Administration: Settings (Odoo lets nobody else make automation rules). " +
	"Install with an administrator's API key, or give the user these rights while installing.";

const idRow = z.object({ id: z.int() });
const fieldRow = z.object({ id: z.int(), name: z.string(), model: z.string() });
const ruleRow = z.object({
	id: z.int(),
	active: z.boolean(),
	trigger: z.string(),
	trigger_field_ids: z.array(z.int()),
	filter_domain: z.union([z.string(), z.literal(false)]),
	action_server_ids: z.array(z.int()),
});
const actionRow = z.object({
	id: z.int(),
	state: z.string(),
	webhook_url: z.union([z.string(), z.literal(false)]),
	webhook_field_ids: z.array(z.int()),
});

/** Makes Odoo send us its changes: three automation rules. Needs Settings rights; everyday work does not. */
export async function install(hook: Hook, context: OdooContext): Promise<{ done: string[]; settings: OdooSettings }> {
	const { db, login, key } = context.connection.settings;
	const own = odooRpc({ ...context, connection: { ...context.connection, settings: { db, login, key } } });
	const uid = await own.uid();
	const installer = asInstaller(context);
	const rpc = installer === context ? own : odooRpc(installer);
	try {
		const fields = await rpc.search("ir.model.fields", {
			domain: [["model", "in", ["helpdesk.ticket", "mail.message"]]],
			fields: ["name", "model"],
			row: fieldRow,
		});
		const ofTickets = fields.filter(({ model }) => model === "helpdesk.ticket").map(({ name }) => name);
		const done: string[] = [];
		for (const rule of rulesFor(hook, uid, ofTickets)) done.push(await ensure(rule, hook.url, fields, rpc));
		return { done, settings: { db, login, key, uid } };
	} catch (cause) {
		if (cause instanceof ServiceError && cause.kind === "denied")
			throw new ServiceError("denied", withoutRights, { cause });
		throw cause;
	}
}

/** Finds a rule by name; changes what differs, or makes it; and reads it back, since Odoo 18 may set its own fields. */
async function ensure(rule: Rule, url: string, fields: z.infer<typeof fieldRow>[], rpc: OdooRpc): Promise<string> {
	const idsOf = (names: string[]) =>
		fields.filter(({ model, name }) => model === rule.model && names.includes(name)).map(({ id }) => id);
	await tryFilter(rule, rpc);
	const wanted = { watched: idsOf(rule.watched), sent: idsOf(rule.sent), url };
	const found = await find(rule.name, rpc);
	if (found === undefined) {
		await create(rule, wanted, rpc);
	} else {
		const changed = await mend(rule, wanted, found, rpc);
		if (changed.length === 0) return `rule "${rule.name}": was right already`;
	}
	const made = await find(rule.name, rpc);
	if (made === undefined || !sameIds(made.trigger_field_ids, wanted.watched)) {
		throw new ServiceError(
			"refused",
			`Expected the rule "${rule.name}" to watch ${rule.watched.join(", ") || "no fields"}, found other fields after writing.`,
		);
	}
	return `rule "${rule.name}": ${found === undefined ? "made" : "changed"}`;
}

type Wanted = { watched: number[]; sent: number[]; url: string };
type Found = z.infer<typeof ruleRow>;

async function find(name: string, rpc: OdooRpc): Promise<Found | undefined> {
	const rows = await rpc.search("base.automation", {
		domain: [["name", "=", name]],
		fields: ["active", "trigger", "trigger_field_ids", "filter_domain", "action_server_ids"],
		order: "id asc",
		row: ruleRow,
	});
	return rows[0];
}

async function create(rule: Rule, { watched, sent, url }: Wanted, rpc: OdooRpc): Promise<void> {
	const [model] = await rpc.search("ir.model", { domain: [["model", "=", rule.model]], fields: ["id"], row: idRow });
	if (model === undefined) throw new ServiceError("refused", `Expected the model ${rule.model}, found none.`);
	const action = {
		name: rule.name,
		model_id: model.id,
		state: "webhook",
		webhook_url: url,
		webhook_field_ids: [[6, 0, sent]],
	};
	await rpc.execute("base.automation", "create", [
		{
			name: rule.name,
			model_id: model.id,
			trigger: rule.trigger,
			trigger_field_ids: [[6, 0, watched]],
			filter_domain: rule.filter,
			action_server_ids: [[0, 0, action]],
		},
	]);
}

/** Writes what differs. Filter and watched fields go together: 18 resets the one when the other is written alone. */
async function mend(rule: Rule, { watched, sent, url }: Wanted, found: Found, rpc: OdooRpc): Promise<string[]> {
	const changed: string[] = [];
	const right =
		found.active &&
		found.trigger === rule.trigger &&
		found.filter_domain === rule.filter &&
		sameIds(found.trigger_field_ids, watched);
	if (!right) {
		changed.push("rule");
		await rpc.execute("base.automation", "write", [
			[found.id],
			{ active: true, trigger: rule.trigger, filter_domain: rule.filter, trigger_field_ids: [[6, 0, watched]] },
		]);
	}
	const actions = await rpc.search("ir.actions.server", {
		domain: [["id", "in", found.action_server_ids]],
		fields: ["state", "webhook_url", "webhook_field_ids"],
		row: actionRow,
	});
	const action = actions.find(({ state }) => state === "webhook");
	if (action === undefined) {
		await rpc.execute("base.automation", "unlink", [[found.id]]);
		await create(rule, { watched, sent, url }, rpc);
		return ["rule", "action"];
	}
	if (action.webhook_url !== url || !sameIds(action.webhook_field_ids, sent)) {
		changed.push("action");
		await rpc.execute("ir.actions.server", "write", [
			[action.id],
			{ webhook_url: url, webhook_field_ids: [[6, 0, sent]] },
		]);
	}
	return changed;
}

/** A filter that Odoo cannot read would make every save of every user fail: it is tried as a search first. */
async function tryFilter(rule: Rule, rpc: OdooRpc): Promise<void> {
	if (rule.filter === false) return;
	const domain: unknown = JSON.parse(rule.filter.replaceAll("(", "[").replaceAll(")", "]").replaceAll("'", '"'));
	await rpc.execute(rule.model, "search", [domain], { limit: 1, context: plain });
}

function sameIds(a: number[], b: number[]): boolean {
	return a.length === b.length && a.every((id) => b.includes(id));
}
