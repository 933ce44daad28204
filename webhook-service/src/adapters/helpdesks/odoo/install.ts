import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import type { Hook } from "../helpdesk.ts";
import { discover, withSettings } from "./discover.ts";
import {
	actionDifferences,
	actionValues,
	asAdministrator,
	type FoundRule,
	findAction,
	findRule,
	ruleDifferences,
	rulesHere,
	sameIds,
	type Wanted,
} from "./installed.ts";
import { installFields } from "./matrix-fields.ts";
import { type OdooContext, type OdooRpc, plain } from "./rpc.ts";
import type { Rule } from "./rules.ts";
import type { OdooSettings } from "./settings.ts";

const idRow = z.object({ id: z.int() });

/** Makes Odoo send us its changes, and keep what it would forget: automation rules. Needs Settings rights; everyday work does not. */
export async function install(hook: Hook, context: OdooContext): Promise<{ done: string[]; settings: OdooSettings }> {
	const { installLogin: _login, installKey: _key, ...own } = context.connection.settings;
	const everyday = { ...context, connection: { ...context.connection, settings: own } };
	const settings = await discover(everyday);
	const { uid = 0 } = settings;
	const found = withSettings(context, { api: settings.api, dialect: settings.dialect });
	const done = await asAdministrator(found, async (rpc) => {
		const lines = hook.fields === undefined ? [] : await installFields(hook, rpc);
		for (const { rule, wanted } of await rulesHere(hook, uid, rpc)) lines.push(await ensure(rule, wanted, rpc));
		return lines;
	});
	return { done, settings };
}

/** Finds a rule by name; changes what differs, or makes it; and reads it back, since Odoo 18 may set its own fields. */
async function ensure(rule: Rule, wanted: Wanted, rpc: OdooRpc): Promise<string> {
	await tryFilter(rule, rpc);
	const found = await findRule(rule.name, rpc);
	if (found === undefined) {
		await create(rule, wanted, rpc);
	} else {
		const changed = await mend(rule, wanted, found, rpc);
		if (changed.length === 0) return `rule "${rule.name}": was right already`;
	}
	const made = await findRule(rule.name, rpc);
	if (made === undefined || !sameIds(made.trigger_field_ids, wanted.watched)) {
		throw new ServiceError(
			"refused",
			`Expected the rule "${rule.name}" to watch ${rule.watched.join(", ") || "no fields"}, found other fields after writing.`,
		);
	}
	return `rule "${rule.name}": ${found === undefined ? "made" : "changed"}`;
}

async function create(rule: Rule, wanted: Wanted, rpc: OdooRpc): Promise<void> {
	const [model] = await rpc.search("ir.model", { domain: [["model", "=", rule.model]], fields: ["id"], row: idRow });
	if (model === undefined) throw new ServiceError("refused", `Expected the model ${rule.model}, found none.`);
	const action = { name: rule.name, model_id: model.id, ...actionValues(wanted) };
	await rpc.execute("base.automation", "create", [
		{
			name: rule.name,
			model_id: model.id,
			trigger: rule.trigger,
			trigger_field_ids: [[6, 0, wanted.watched]],
			filter_domain: rule.filter,
			action_server_ids: [[0, 0, action]],
		},
	]);
}

/** Writes what differs. Filter and watched fields go together: 18 resets the one when the other is written alone. */
async function mend(rule: Rule, wanted: Wanted, found: FoundRule, rpc: OdooRpc): Promise<string[]> {
	const changed = ruleDifferences(rule, wanted, found);
	if (changed.length > 0) {
		await rpc.execute("base.automation", "write", [
			[found.id],
			{
				active: true,
				trigger: rule.trigger,
				filter_domain: rule.filter,
				trigger_field_ids: [[6, 0, wanted.watched]],
			},
		]);
	}
	const action = await findAction(found, wanted, rpc);
	if (action === undefined) {
		await rpc.execute("base.automation", "unlink", [[found.id]]);
		await create(rule, wanted, rpc);
		return [...changed, "action"];
	}
	const differs = actionDifferences(wanted, action);
	if (differs.length > 0) {
		const { state: _, ...values } = actionValues(wanted);
		await rpc.execute("ir.actions.server", "write", [[action.id], values]);
	}
	return [...changed, ...differs];
}

/** A filter that Odoo cannot read would make every save of every user fail: it is tried as a search first. */
async function tryFilter(rule: Rule, rpc: OdooRpc): Promise<void> {
	if (rule.filter === false) return;
	const domain: unknown = JSON.parse(rule.filter.replaceAll("(", "[").replaceAll(")", "]").replaceAll("'", '"'));
	await rpc.execute(rule.model, "search", [domain], { limit: 1, context: plain });
}
