import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import type { Hook } from "../helpdesk.ts";
import { asInstaller, type OdooContext, type OdooRpc, odooRpc } from "./rpc.ts";
import { type Rule, rulesFor } from "./rules.ts";

const withoutRights =
	'Expected a user with the access right Administration: "Settings" (Odoo lets nobody else make automation rules). ' +
	"Install with an administrator's API key (--install-login, --install-key), or give the user this right while installing.";

const fieldRow = z.object({
	id: z.int(),
	name: z.string(),
	model: z.string(),
	/** Its place among what a ticket tracks; none where it is not tracked. */
	tracking: z.union([z.int(), z.boolean()]).optional(),
});
export type FieldRow = z.infer<typeof fieldRow>;

const ruleRow = z.object({
	id: z.int(),
	active: z.boolean(),
	trigger: z.string(),
	trigger_field_ids: z.array(z.int()),
	filter_domain: z.union([z.string(), z.literal(false)]),
	action_server_ids: z.array(z.int()),
});
export type FoundRule = z.infer<typeof ruleRow>;

const actionRow = z.object({
	id: z.int(),
	state: z.string(),
	webhook_url: z.union([z.string(), z.literal(false)]),
	webhook_field_ids: z.array(z.int()),
	code: z.union([z.string(), z.literal(false)]),
});
export type FoundAction = z.infer<typeof actionRow>;

/** Odoo's ids of what a rule must have. */
export type Wanted = { watched: number[]; action: WantedAction };
type WantedAction = { state: "webhook"; sent: number[]; url: string } | { state: "code"; code: string };

export type RuleState = {
	rule: Rule;
	wanted: Wanted;
	found: FoundRule | undefined;
	action: FoundAction | undefined;
	/** Which parts of it are not as they must be; empty when it is right, or missing altogether. */
	differs: string[];
};

/** Runs as the user who may install, and says which right is missing when Odoo refuses. */
export async function asAdministrator<T>(context: OdooContext, run: (rpc: OdooRpc) => Promise<T>): Promise<T> {
	try {
		return await run(odooRpc(asInstaller(context)));
	} catch (cause) {
		if (cause instanceof ServiceError && cause.kind === "denied")
			throw new ServiceError("denied", withoutRights, { cause });
		throw cause;
	}
}

/** Our rules with Odoo's ids of the fields they name. `uid`: our everyday user. */
export async function rulesHere(hook: Hook, uid: number, rpc: OdooRpc): Promise<{ rule: Rule; wanted: Wanted }[]> {
	const fields = await rpc.search("ir.model.fields", {
		domain: [["model", "in", [rpc.dialect.model, "mail.message"]]],
		fields: ["name", "model", "tracking"],
		row: fieldRow,
	});
	const ofTickets = fields.filter(({ model }) => model === rpc.dialect.model);
	const tracked = ofTickets.filter(({ tracking }) => Boolean(tracking)).map(({ name }) => name);
	const idsOf = (model: string, names: string[]) =>
		fields.filter((field) => field.model === model && names.includes(field.name)).map(({ id }) => id);
	const names = ofTickets.map(({ name }) => name);
	return rulesFor(hook, uid, { dialect: rpc.dialect, fields: names, tracked }).map((rule) => {
		const action: WantedAction =
			rule.action.state === "code"
				? rule.action
				: { state: "webhook", sent: idsOf(rule.model, rule.action.sent), url: hook.url };
		return { rule, wanted: { watched: idsOf(rule.model, rule.watched), action } };
	});
}

/** A rule by its name, the oldest of several. */
export async function findRule(name: string, rpc: OdooRpc): Promise<FoundRule | undefined> {
	const rows = await rpc.search("base.automation", {
		domain: [["name", "=", name]],
		fields: ["active", "trigger", "trigger_field_ids", "filter_domain", "action_server_ids"],
		order: "id asc",
		row: ruleRow,
	});
	return rows[0];
}

/** A rule's action of the kind that it must have, if it still has one. */
export async function findAction(found: FoundRule, wanted: Wanted, rpc: OdooRpc): Promise<FoundAction | undefined> {
	const actions = await rpc.search("ir.actions.server", {
		domain: [["id", "in", found.action_server_ids]],
		fields: ["state", "webhook_url", "webhook_field_ids", "code"],
		row: actionRow,
	});
	return actions.find(({ state }) => state === wanted.action.state);
}

/** An action as Odoo is told of it. */
export function actionValues({ action }: Wanted): Record<string, unknown> {
	if (action.state === "code") return action;
	return { state: "webhook", webhook_url: action.url, webhook_field_ids: [[6, 0, action.sent]] };
}

/** Which parts of a rule are not as they must be. */
export function ruleDifferences(rule: Rule, wanted: Wanted, found: FoundRule): string[] {
	const parts: [string, boolean][] = [
		["active", found.active],
		["trigger", found.trigger === rule.trigger],
		["filter", found.filter_domain === rule.filter],
		["watched fields", sameIds(found.trigger_field_ids, wanted.watched)],
	];
	return parts.filter(([, isRight]) => !isRight).map(([part]) => part);
}

/** The same for its action. */
export function actionDifferences({ action: wanted }: Wanted, action: FoundAction | undefined): string[] {
	if (action === undefined) return ["action"];
	const parts: [string, boolean][] =
		wanted.state === "code"
			? [["code", (action.code || "").trim() === wanted.code.trim()]]
			: [
					["address", action.webhook_url === wanted.url],
					["sent fields", sameIds(action.webhook_field_ids, wanted.sent)],
				];
	return parts.filter(([, isRight]) => !isRight).map(([part]) => part);
}

export function sameIds(a: number[], b: number[]): boolean {
	return a.length === b.length && a.every((id) => b.includes(id));
}
