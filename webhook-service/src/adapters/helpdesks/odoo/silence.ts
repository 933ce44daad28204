import type { Instant } from "@stipt/shared/calendar/calendar";
import { ServiceError } from "../../../errors.ts";
import type { Hook } from "../helpdesk.ts";
import { plan } from "./plan.ts";
import { asInstaller, type OdooContext, odooRpc } from "./rpc.ts";

/** Odoo keeps no record of a webhook that failed, but its log file: what can be asked is what it is set to do. */
export async function silence(hook: Hook, _since: Instant, context: OdooContext): Promise<string[]> {
	const { fields: _, ...bare } = hook;
	const parts = await Promise.all([attempt(() => rules(bare, context)), attempt(() => copy(context))]);
	return [
		...parts.flat(),
		'Odoo waits at most 1 s for an answer, and then only writes "Webhook call failed" into its own log, with the reason: look there',
	];
}

async function rules(hook: Hook, context: OdooContext): Promise<string[]> {
	const wrong = (await plan(hook, context)).filter(({ found }) => found !== "right");
	return wrong.map(
		({ what, found, differs }) => `${what} is ${found === "missing" ? "gone" : `changed (${differs.join(", ")})`}`,
	);
}

/** A copy of a database has its webhooks pointed at nowhere. */
async function copy(context: OdooContext): Promise<string[]> {
	const rpc = odooRpc(asInstaller(context));
	const value = await rpc.execute("ir.config_parameter", "get_param", ["database.is_neutralized"]);
	const isCopy = value === true || /^(true|1)$/i.test(String(value ?? ""));
	return isCopy ? ["this database is a neutralised copy: Odoo has switched its webhooks off"] : [];
}

async function attempt(ask: () => Promise<string[]>): Promise<string[]> {
	try {
		return await ask();
	} catch (error) {
		if (error instanceof ServiceError) return [];
		throw error;
	}
}
