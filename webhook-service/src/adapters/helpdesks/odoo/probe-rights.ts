import type { Instant } from "@stipt/shared/calendar/calendar";
import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import type { InstallFinding } from "../helpdesk.ts";
import type { DialectId } from "./dialects.ts";
import { odooInstantOrNone } from "./instants.ts";
import type { OdooRpc } from "./rpc.ts";

const dayMs = 24 * 3600 * 1000;
/** How long before its end a key is worth a warning. */
const keyWarningMs = 14 * dayMs;

/** The group that sees every ticket, as Odoo knows it and as the user's form shows it. */
const groups: Record<DialectId, { xmlid: string; shown: string; narrower: string }> = {
	oca: {
		xmlid: "helpdesk_mgmt.group_helpdesk_user",
		shown: 'Helpdesk: "User"',
		narrower: ' (not "User: Personal tickets" or "User: Team tickets")',
	},
	enterprise: { xmlid: "helpdesk.group_helpdesk_user", shown: 'Helpdesk: "User"', narrower: "" },
	project: { xmlid: "project.group_project_user", shown: 'Project: "User"', narrower: "" },
};

/** A user of a narrower group sees fewer tickets, and is not told. */
export async function groupFinding(rpc: OdooRpc, dialect: DialectId): Promise<InstallFinding> {
	const { xmlid, shown, narrower } = groups[dialect];
	const what = `Access right ${shown}`;
	const answer = await attempt(async () => {
		const older = await rpc.tryExecute("res.users", "has_group", [xmlid]);
		return "result" in older ? older.result : rpc.execute("res.users", "has_group", [[await rpc.uid()], xmlid]);
	});
	if ("value" in answer && answer.value === true) return { what, found: "granted", todo: null, ok: true };
	return {
		what,
		found: "value" in answer ? "missing" : answer.error.message,
		todo: `Settings, Users, our user, Access Rights: set ${shown}${narrower}.`,
		ok: false,
	};
}

export async function historyFinding(rpc: OdooRpc): Promise<InstallFinding> {
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
		todo: 'To have the past as well, give the user Administration: "Settings" (Odoo 18 shows tracking to nobody else).',
		ok: true,
	};
}

export async function fieldsFinding(rpc: OdooRpc): Promise<InstallFinding> {
	const what = "Fields x_impact and x_urgency";
	const answer = await attempt(() => rpc.matrixFields());
	if ("error" in answer)
		return { what, found: answer.error.message, todo: "Look again later: there was no proper answer.", ok: false };
	const found = answer.value.length === 0 ? "none; the matrix then sets the priority alone" : answer.value.join(", ");
	return { what, found, todo: null, ok: true };
}

/**
 * From 18 on keys end (the next midnight, when nothing is chosen), and an ended key may go on working until Odoo
 * restarts: its date is the only warning. Which of a user's keys is ours is not told, so the first to end counts.
 */
export async function keyFinding(rpc: OdooRpc, now: Instant): Promise<InstallFinding[]> {
	const answer = await attempt(() =>
		rpc.search("res.users.apikeys", {
			domain: [],
			fields: ["expiration_date"],
			row: z.object({ expiration_date: odooInstantOrNone }),
		}),
	);
	const ends = "value" in answer ? answer.value.map(({ expiration_date }) => expiration_date) : [];
	const dated = ends.filter((end) => end !== null);
	if (dated.length === 0) return [];
	const days = Math.floor((Math.min(...dated) - now) / dayMs);
	const isSoon = Math.min(...dated) < now + keyWarningMs;
	return [
		{
			what: "End of the API key",
			found: days < 0 ? "a key of this user has ended" : `a key of this user ends in ${days} days`,
			todo: isSoon
				? "Make a new key with the longest duration (Preferences, Account Security, New API Key), connect again with it, and delete the old one."
				: null,
			ok: days >= 0,
		},
	];
}

/** Without it, changes are found by asking, and nothing else is missing. */
export async function installFinding(rpc: OdooRpc): Promise<InstallFinding> {
	const what = 'Access right Administration: "Settings" (to install only)';
	const answer = await attempt(async () => {
		const named = { raise_exception: false };
		const older = await rpc.tryExecute("base.automation", "check_access_rights", ["create"], named);
		return "result" in older ? older.result : rpc.execute("base.automation", "has_access", [[], "create"]);
	});
	if ("value" in answer && answer.value === true) return { what, found: "granted", todo: null, ok: true };
	const noModule = "error" in answer && answer.error.kind === "refused";
	return {
		what,
		found: "value" in answer ? "missing" : answer.error.message,
		todo: noModule
			? "Apps: install Automation Rules (base_automation); without it, changes are found by asking."
			: "Install with an administrator's API key (--install-login, --install-key), or give the user this right while installing.",
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
