import type { Instant } from "@stipt/shared/calendar/calendar";
import { ServiceError } from "../../../errors.ts";
import type { InstallFinding } from "../helpdesk.ts";
import { dateOf, encryptionFinding, remedy, skewFinding } from "../reach.ts";
import type { DialectId } from "./dialects.ts";
import { discoverApi, discoverDialect, type OdooApi, withSettings } from "./discover.ts";
import { fieldsFinding, groupFinding, historyFinding, installFinding, keyFinding } from "./probe-rights.ts";
import { asInstaller, type OdooContext, type OdooRpc, odooRpc } from "./rpc.ts";

const oldest = 17;
const newestSeen = 19;

/** Looks at an installation of Odoo, a line per finding, in the words of its own screens. Never throws. */
export async function probe(context: OdooContext): Promise<InstallFinding[]> {
	const encrypted = encryptionFinding(context.connection.url, "API key");
	const { finding: version, api, clock } = await versionFinding(context);
	if (api === undefined || !version.ok) return [encrypted, version];
	const found = withSettings(context, { api: api.api });
	const rpc = odooRpc(found);
	const login = await loginFinding(rpc);
	const first = [encrypted, version, skewFinding(clock, context.now), login];
	if (!login.ok) return first;
	const module = await moduleFinding(rpc, found, api);
	if (!module.finding.ok || module.dialect === null) return [...first, module.finding];
	const settled = withSettings(found, { dialect: module.dialect });
	const own = odooRpc(settled);
	return [
		...first,
		module.finding,
		await groupFinding(own, module.dialect),
		await historyFinding(own),
		await fieldsFinding(own),
		...(await keyFinding(own, context.now)),
		await installFinding(odooRpc(asInstaller(settled))),
	];
}

async function versionFinding(
	context: OdooContext,
): Promise<{ finding: InstallFinding; api?: OdooApi; clock: Instant | null }> {
	const what = "Reachable, and its version";
	let clock: Instant | null = null;
	const listening: OdooContext = {
		...context,
		call: async (request) => {
			const answer = await context.call(request);
			clock = dateOf(answer.headers);
			return answer;
		},
	};
	const answer = await attempt(() => discoverApi(listening));
	if ("error" in answer) {
		const { message } = answer.error;
		const todo = remedy(answer.error, "Check the address, and that this machine may reach it.");
		return { finding: { what, found: message, todo, ok: false }, clock };
	}
	const { version, api } = answer.value;
	const name = `${version.version}${version.isEnterprise ? " Enterprise" : ""}${api === "json2" ? ", by /json/2" : ""}`;
	if (version.major < oldest) {
		const todo = `Stipt is written for Odoo ${oldest} and newer: upgrade first.`;
		return { finding: { what, found: name, todo, ok: false }, clock };
	}
	const todo =
		version.major > newestSeen
			? `Newer than what Stipt was written for (${newestSeen}): look at the first tickets closely.`
			: null;
	return { finding: { what, found: name, todo, ok: true }, api: answer.value, clock };
}

async function loginFinding(rpc: OdooRpc): Promise<InstallFinding> {
	const what = "Database, login and API key";
	const answer = await attempt(async () => {
		const uid = await rpc.uid();
		await rpc.execute("res.users", "read", [[uid], ["login"]]);
		return uid;
	});
	if ("value" in answer) return { what, found: `right; user ${String(answer.value)}`, todo: null, ok: true };
	const noDatabase = answer.error.kind === "unreachable" && answer.error.message.includes("psycopg2.");
	return {
		what,
		found: noDatabase ? "Odoo cannot open a database of that name" : answer.error.message,
		todo: noDatabase
			? "Check the name of the database (--db); the addresses of odoo.com usually begin with it."
			: "Check the name of the database and the login, and make a new key (Preferences, Account Security, New API Key).",
		ok: false,
	};
}

const kinds: Record<DialectId, string> = {
	oca: "OCA helpdesk_mgmt",
	enterprise: "Odoo Enterprise Helpdesk",
	project: "no helpdesk: the tasks of projects are the tickets",
};

async function moduleFinding(
	rpc: OdooRpc,
	context: OdooContext,
	{ version }: OdooApi,
): Promise<{ finding: InstallFinding; dialect: DialectId | null }> {
	const what = "Helpdesk module";
	const chosen = context.connection.settings.dialect;
	if (chosen !== undefined) {
		return { finding: { what, found: kinds[chosen], todo: null, ok: true }, dialect: chosen };
	}
	const answer = await attempt(() => discoverDialect(rpc));
	const found = "value" in answer ? answer.value : null;
	if (found === null || found === "unknown") {
		const nothing =
			found === null
				? "neither a helpdesk nor projects that this user may read"
				: "a model helpdesk.ticket of another make";
		return {
			finding: {
				what,
				found: "error" in answer ? answer.error.message : nothing,
				todo: "Install Helpdesk Management (helpdesk_mgmt of OCA), or give the user access to the one that you have.",
				ok: false,
			},
			dialect: null,
		};
	}
	const todo =
		found === "project"
			? "If you have a helpdesk, give the user access to it and connect again."
			: found === "enterprise"
				? `Written for it from its documents${version.isEnterprise ? "" : " (this Odoo does not call itself Enterprise)"}; look at the first tickets closely.`
				: null;
	return { finding: { what, found: kinds[found], todo, ok: true }, dialect: found };
}

async function attempt<T>(ask: () => Promise<T>): Promise<{ value: T } | { error: ServiceError }> {
	try {
		return { value: await ask() };
	} catch (error) {
		return { error: error instanceof ServiceError ? error : new ServiceError("unreachable", "no answer") };
	}
}
