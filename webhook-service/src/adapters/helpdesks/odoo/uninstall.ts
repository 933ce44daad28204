import { asAdministrator, findRule } from "./installed.ts";
import { removeFields } from "./matrix-fields.ts";
import { findRung } from "./ring.ts";
import { type OdooContext, odooRpc } from "./rpc.ts";
import { ruleNames } from "./rules.ts";

/** Takes our rules away, each with its action; then our own ticket, and the fields where that is meant. */
export async function uninstall(
	{ mark, fields }: { mark: string; fields: boolean },
	context: OdooContext,
): Promise<{ removed: string[]; left: string[] }> {
	return asAdministrator(context, async (rpc) => {
		const removed: string[] = [];
		const left: string[] = [];
		for (const name of Object.values(ruleNames(mark))) {
			for (let rule = await findRule(name, rpc); rule !== undefined; rule = await findRule(name, rpc)) {
				await rpc.execute("base.automation", "unlink", [[rule.id]]);
				removed.push(`automation rule "${name}"`);
			}
		}
		const own = await findRung(mark, odooRpc(context));
		if (own !== undefined) {
			const answer = await rpc.tryExecute(rpc.dialect.model, "unlink", [[own.id]]);
			const title = `ticket "${own.name}"`;
			if ("result" in answer) removed.push(title);
			else left.push(`${title}: ${answer.failure.message}`);
		}
		if (!fields) return { removed, left };
		const found = await removeFields(rpc);
		return { removed: [...removed, ...found.removed], left: [...left, ...found.left] };
	});
}
