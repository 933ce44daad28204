import { assigned, type MakeNested } from "./assign.ts";
import type { Env } from "./environment.ts";
import * as fail from "./failure.ts";
import { browseAll } from "./records.ts";
import { need } from "./rights.ts";
import { idsOf, nextId, type Row, textOf, type Value } from "./state.ts";

/** Makes records that other records name in their values. */
export const makeRecord =
	(env: Env): MakeNested =>
	(model, values) =>
		createRecord(env, model, values);

const actionName = "Send Webhook Notification";

/** Makes a record of a model without further behaviour. */
export async function createRecord(env: Env, model: string, given: Record<string, unknown>): Promise<number> {
	need(env, model, "create");
	const { fields, label } = env.core.registry.model(model);
	const values = await assigned(env, model, given, undefined, makeRecord(env));
	for (const [name, { required, string }] of Object.entries(fields)) {
		if (required === true && !values[name]) throw fail.mandatory(label, model, string, name);
	}
	const id = nextId(env.core.state, model);
	const active = "active" in fields ? { active: true } : {};
	const stamps = { create_uid: env.uid, create_date: env.at, write_uid: env.uid, write_date: env.at };
	env.cursor.insert(model, { ...active, ...values, id, ...stamps });
	if (model === "ir.actions.server" && values.state === "webhook") env.cursor.change(model, id, { name: actionName });
	if (model === "base.automation") settleRule(env, id);
	return id;
}

/** Changes records of a model without further behaviour. */
export async function writeRecords(
	env: Env,
	model: string,
	ids: number[],
	given: Record<string, unknown>,
): Promise<void> {
	need(env, model, "write");
	for (const row of browseAll(env, model, ids, "write")) {
		const values = await assigned(env, model, given, row, makeRecord(env));
		const renamed = model === "ir.actions.server" && "webhook_url" in values && !("name" in values);
		env.cursor.change(model, row.id, {
			...values,
			...(renamed ? { name: actionName } : {}),
			...{ write_uid: env.uid, write_date: env.at },
		});
		if (model === "base.automation") settleRule(env, row.id);
	}
}

export function unlinkRecords(env: Env, model: string, ids: number[]): void {
	need(env, model, "unlink");
	for (const row of browseAll(env, model, ids, "read")) {
		if (model === "base.automation") {
			for (const action of idsOf(row.action_server_ids)) env.cursor.remove("ir.actions.server", action);
		}
		env.cursor.remove(model, row.id);
	}
}

const filters: Record<string, string> = {
	on_user_set: "[('user_id', '!=', False)]",
	on_archive: "[('active', '=', False)]",
	on_unarchive: "[('active', '=', True)]",
};

/** A rule's own filter for triggers that have one, and its actions' way back to it. */
function settleRule(env: Env, id: number): void {
	const rule: Row | undefined = env.cursor.row("base.automation", id);
	if (rule === undefined) return;
	const filter = filters[textOf(rule.trigger)];
	const owns = !rule.filter_domain && filter !== undefined && idsOf(rule.trigger_field_ids).length > 0;
	const change: Record<string, Value> = owns ? { filter_domain: filter } : {};
	if (owns) env.cursor.change("base.automation", id, change);
	for (const action of idsOf(rule.action_server_ids)) {
		env.cursor.change("ir.actions.server", action, { base_automation_id: id });
	}
}
