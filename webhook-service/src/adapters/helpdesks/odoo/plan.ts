import type { Hook, PlanStep } from "../helpdesk.ts";
import { discover, withSettings } from "./discover.ts";
import { actionDifferences, asAdministrator, findAction, findRule, ruleDifferences, rulesHere } from "./installed.ts";
import { type FieldState, lookAtFields } from "./matrix-fields.ts";
import type { OdooContext, OdooRpc } from "./rpc.ts";
import { ruleNames } from "./rules.ts";

/** What `install` would do, as it is now. */
export async function plan(hook: Hook, context: OdooContext): Promise<PlanStep[]> {
	const { installLogin: _login, installKey: _key, ...own } = context.connection.settings;
	const {
		uid = 0,
		api,
		dialect,
	} = await discover({
		...context,
		connection: { ...context.connection, settings: own },
	});
	return asAdministrator(withSettings(context, { api, dialect }), async (rpc) => {
		const fields = hook.fields === undefined ? [] : (await lookAtFields(hook.fields, rpc)).map(fieldStep);
		return [...fields, ...(await ruleSteps(hook, uid, rpc))];
	});
}

/** What everybody should know before Odoo calls anybody while a user saves. */
const slows = "; a save waits for our answer, a few milliseconds, and 1 s at most when we are away";

async function ruleSteps(hook: Hook, uid: number, rpc: OdooRpc): Promise<PlanStep[]> {
	const steps: PlanStep[] = [];
	for (const { rule, wanted } of await rulesHere(hook, uid, rpc)) {
		const found = await findRule(rule.name, rpc);
		const differs =
			found === undefined
				? []
				: [...ruleDifferences(rule, wanted, found), ...actionDifferences(wanted, await findAction(found, wanted, rpc))];
		steps.push({
			what: `automation rule "${rule.name}"`,
			does: `${rule.does}${rule.name === ruleNames(hook.mark).tickets ? slows : ""}`,
			undo: "Settings, Technical, Automation Rules: delete it, or archive it to pause",
			found: found === undefined ? "missing" : differs.length > 0 ? "differs" : "right",
			differs,
			cost: null,
		});
	}
	return steps;
}

function fieldStep({ name, found, values }: FieldState): PlanStep {
	return {
		what: `field "${name}" of tickets`,
		does: "keeps it with the ticket in Odoo, changes tracked; a form shows it once you add it there",
		undo: "Settings, Technical, Fields: delete it; what it holds goes too",
		found: found === "missing" ? "missing" : "right",
		differs: found === "other" ? [`somebody else's, with ${values.join(", ") || "no values"}: it stays as it is`] : [],
		cost:
			found === "missing" ? "Odoo reloads its models: everybody's next request is a few seconds slower, once" : null,
	};
}
