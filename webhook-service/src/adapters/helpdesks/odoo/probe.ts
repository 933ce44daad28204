import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import type { InstallFinding } from "../helpdesk.ts";
import { odooInstantOrNone } from "./instants.ts";
import { asInstaller, type OdooContext, type OdooRpc, odooRpc } from "./rpc.ts";

const dayMs = 24 * 3600 * 1000;
/** How long before its end a key is worth a line. */
const keyWarningMs = 14 * dayMs;

const versionReply = z.object({
	server_version: z.string(),
	server_version_info: z.array(z.union([z.int(), z.string()])).optional(),
});

/** Looks at an installation of Odoo, a line per finding, in the words of its own screens. Never throws. */
export async function probe(context: OdooContext): Promise<InstallFinding[]> {
	const rpc = odooRpc(context);
	const version = await versionFinding(rpc);
	const findings = [encryption(context.connection.url), version];
	if (!version.ok) return findings;
	const login = await loginFinding(rpc);
	findings.push(login);
	if (!login.ok) return findings;
	const module = await moduleFinding(rpc);
	findings.push(module);
	if (!module.ok) return findings;
	return [
		...findings,
		await groupFinding(rpc),
		await historyFinding(rpc),
		await fieldsFinding(rpc),
		...(await keyFinding(rpc, context.now)),
		await installFinding(odooRpc(asInstaller(context))),
	];
}

function encryption(url: string): InstallFinding {
	const encrypted = url.startsWith("https:");
	return {
		what: "Encryption",
		found: encrypted ? "https" : "plain http: the API key travels in clear",
		todo: encrypted ? null : "Use the https address, unless both run on one machine.",
		ok: true,
	};
}

async function versionFinding(rpc: OdooRpc): Promise<InstallFinding> {
	const what = "Reachable, and its version";
	const answer = await attempt(() => rpc.version());
	const version = "value" in answer ? versionReply.safeParse(answer.value).data : undefined;
	if (version === undefined) {
		const found = "error" in answer ? answer.error.message : "an answer that is not Odoo's";
		return { what, found, todo: "Check the address, and that this machine may reach it.", ok: false };
	}
	const enterprise = version.server_version_info?.at(-1) === "e";
	return { what, found: `${version.server_version}${enterprise ? " Enterprise" : ""}`, todo: null, ok: true };
}

async function loginFinding(rpc: OdooRpc): Promise<InstallFinding> {
	const what = "Database, login and API key";
	const answer = await attempt(async () => {
		const uid = await rpc.uid();
		await rpc.execute("res.users", "read", [[uid], ["login"]]);
		return uid;
	});
	if ("value" in answer) return { what, found: `right; user ${String(answer.value)}`, todo: null, ok: true };
	return {
		what,
		found: answer.error.message,
		todo: "Check the name of the database and the login, and make a new key (Preferences, Account Security, New API Key).",
		ok: false,
	};
}

async function moduleFinding(rpc: OdooRpc): Promise<InstallFinding> {
	const what = "Helpdesk module";
	const asked = ["number", "ticket_ref", "stage_id", "priority"];
	const answer = await attempt(() =>
		rpc.execute("helpdesk.ticket", "fields_get", [asked], { attributes: ["type", "relation"] }),
	);
	if ("error" in answer) {
		return {
			what,
			found: answer.error.message,
			todo: "Install the module Helpdesk Management (helpdesk_mgmt of OCA).",
			ok: false,
		};
	}
	const fields = z.record(z.string(), z.unknown()).safeParse(answer.value).data ?? {};
	if ("number" in fields) return { what, found: "OCA helpdesk_mgmt", todo: null, ok: true };
	return {
		what,
		found: "ticket_ref" in fields ? "Odoo Enterprise Helpdesk" : "a model helpdesk.ticket of another make",
		todo: "Only OCA helpdesk_mgmt is supported: its tickets have other fields.",
		ok: false,
	};
}

/** A user of a narrower group sees fewer tickets, and is not told. */
async function groupFinding(rpc: OdooRpc): Promise<InstallFinding> {
	const what = "Group Helpdesk: User";
	const group = "helpdesk_mgmt.group_helpdesk_user";
	const answer = await attempt(async () => {
		const older = await rpc.tryExecute("res.users", "has_group", [group]);
		return "result" in older ? older.result : rpc.execute("res.users", "has_group", [[await rpc.uid()], group]);
	});
	if ("value" in answer && answer.value === true) return { what, found: "granted", todo: null, ok: true };
	return {
		what,
		found: "value" in answer ? "missing" : answer.error.message,
		todo: 'Give the user the access right Helpdesk: "User" (not "Personal tickets" or "Team tickets").',
		ok: false,
	};
}

async function historyFinding(rpc: OdooRpc): Promise<InstallFinding> {
	const what = "History of stages and assignees";
	const older = await rpc.tryExecute("mail.message", "message_format", [[]]).catch(() => undefined);
	if (older !== undefined && "result" in older) return { what, found: "readable", todo: null, ok: true };
	const newer = await rpc
		.tryExecute("mail.tracking.value", "search_read", [[]], { fields: ["id"], limit: 1 })
		.catch(() => undefined);
	if (newer !== undefined && "result" in newer) return { what, found: "readable", todo: null, ok: true };
	return {
		what,
		found: "not readable: changes are known from the moment that Stipt sees them, not from before",
		todo: "To have the past as well, give the user Settings rights (Odoo 18 shows tracking to nobody else).",
		ok: true,
	};
}

async function fieldsFinding(rpc: OdooRpc): Promise<InstallFinding> {
	const what = "Fields x_impact and x_urgency";
	const answer = await attempt(() => rpc.matrixFields());
	if ("error" in answer) return { what, found: answer.error.message, todo: null, ok: false };
	const found = answer.value.length === 0 ? "none; the matrix then sets the priority alone" : answer.value.join(", ");
	return { what, found, todo: null, ok: true };
}

/** From 18 on keys end, and an ended key may go on working until Odoo restarts: its date is the only warning. */
async function keyFinding(rpc: OdooRpc, now: number): Promise<InstallFinding[]> {
	const answer = await attempt(() =>
		rpc.search("res.users.apikeys", {
			domain: [],
			fields: ["expiration_date"],
			row: z.object({ expiration_date: odooInstantOrNone }),
		}),
	);
	const ends = "value" in answer ? answer.value.map(({ expiration_date }) => expiration_date) : [];
	const soon = ends.filter((end) => end !== null).filter((end) => end < now + keyWarningMs);
	if (soon.length === 0) return [];
	const days = Math.max(0, Math.floor((Math.min(...soon) - now) / dayMs));
	return [
		{
			what: "End of the API key",
			found: `a key of this user ends in ${days} days`,
			todo: "Make a new key with a longer duration, and connect again with it.",
			ok: days > 0,
		},
	];
}

/** Without it, changes are found by asking, and nothing else is missing. */
async function installFinding(rpc: OdooRpc): Promise<InstallFinding> {
	const what = "Right to make automation rules (to install only)";
	const answer = await attempt(() =>
		rpc.execute("base.automation", "check_access_rights", ["create"], { raise_exception: false }),
	);
	if ("value" in answer && answer.value === true) return { what, found: "granted", todo: null, ok: true };
	const noModule = "error" in answer && answer.error.kind === "refused";
	return {
		what,
		found: "value" in answer ? "missing" : answer.error.message,
		todo: noModule
			? "Install the module Automation Rules (base_automation)."
			: "Install with an administrator's API key, or give the user Administration: Settings while installing.",
		ok: true,
	};
}

async function attempt<T>(ask: () => Promise<T>): Promise<{ value: T } | { error: ServiceError }> {
	try {
		return { value: await ask() };
	} catch (error) {
		return { error: error instanceof ServiceError ? error : new ServiceError("unreachable", "no answer") };
	}
}
