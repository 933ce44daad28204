import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import type { InstallFinding } from "../helpdesk.ts";
import { type ZammadApi, type ZammadContext, zammadApi } from "./api.ts";
import { meReply, ticketRows } from "./replies.ts";

/** Looks at an installation of Zammad, a line per finding, in the words of its own screens. Never throws. */
export async function probe(context: ZammadContext): Promise<InstallFinding[]> {
	const api = zammadApi(context);
	const installer = zammadApi(context, context.connection.settings.installToken);
	const token = await tokenFinding(api);
	const encrypted = encryption(context.connection.url);
	if (!token.ok) return [encrypted, token];
	const ticket = await anyTicket(api);
	return [
		encrypted,
		token,
		await version(api),
		await agent(api, ticket),
		await groups(api, ticket !== undefined),
		fields(ticket),
		await right(installer, "/webhooks?per_page=1", "admin.webhook"),
		await right(installer, "/triggers?per_page=1", "admin.trigger"),
	];
}

function encryption(url: string): InstallFinding {
	const encrypted = url.startsWith("https:");
	return {
		what: "Encryption",
		found: encrypted ? "https" : "plain http: the token travels in clear",
		todo: encrypted ? null : "Use the https address, unless both run on one machine.",
		ok: true,
	};
}

async function tokenFinding(api: ZammadApi): Promise<InstallFinding> {
	const what = "Reachable, and the token is valid";
	const answer = await ask(api, "/users/me");
	if ("error" in answer) {
		const denied = answer.error.kind === "denied";
		return {
			what,
			found: answer.error.message,
			todo: denied
				? "Make a new access token (profile, Token Access) and check that API token access is on (admin, System, API)."
				: "Check the address, and that this machine may reach it.",
			ok: false,
		};
	}
	const me = meReply.safeParse(answer.body);
	if (!me.success) {
		return { what, found: "an answer that is not Zammad's", todo: "Enter the address of Zammad itself.", ok: false };
	}
	return { what, found: `yes; the token belongs to user ${me.data.id}`, todo: null, ok: true };
}

/** The version needs the permission admin.version; without it, a user's own data tell the generations apart. */
async function version(api: ZammadApi): Promise<InstallFinding> {
	const what = "Version";
	const answer = await ask(api, "/version");
	const told = "body" in answer ? z.object({ version: z.string() }).safeParse(answer.body).data?.version : undefined;
	if (told !== undefined) return { what, found: told, todo: null, ok: true };
	const me = await ask(api, "/users/me");
	const isNewer =
		"body" in me && typeof me.body === "object" && me.body !== null && "two_factor_preference_ids" in me.body;
	return { what, found: isNewer ? "6 or newer" : "5", todo: null, ok: true };
}

/** A ticket's history is shown to agents alone, while lists are shown to any token. */
async function agent(api: ZammadApi, ticket: Record<string, unknown> | undefined): Promise<InstallFinding> {
	const what = "Permission ticket.agent";
	if (ticket === undefined) return { what, found: "cannot be told: there is no ticket yet", todo: null, ok: true };
	const answer = await ask(api, `/ticket_history/${String(ticket.id)}`);
	if ("body" in answer) return { what, found: "granted", todo: null, ok: true };
	const todo =
		"Give the user the role Agent, and tick ticket.agent on the token. Without it our notes would be public.";
	return { what, ...missing(answer.error, todo) };
}

async function groups(api: ZammadApi, readsTickets: boolean): Promise<InstallFinding> {
	const what = "Groups that the user may read and change";
	const answer = await ask(api, "/users/me?expand=true");
	const own = "body" in answer ? (meReply.safeParse(answer.body).data?.groups ?? {}) : {};
	const able = Object.entries(own).filter(
		([, access]) => access.includes("full") || (access.includes("read") && access.includes("change")),
	);
	if (able.length > 0) return { what, found: able.map(([name]) => name).join(", "), todo: null, ok: true };
	return {
		what,
		found: readsTickets ? "none of its own, but it reads tickets (by a role)" : "none",
		todo: "Give the user read and change access (or full) to every group whose tickets have a service level.",
		ok: readsTickets,
	};
}

function fields(ticket: Record<string, unknown> | undefined): InstallFinding {
	const what = "Fields impact and urgency";
	if (ticket === undefined) return { what, found: "cannot be told: there is no ticket yet", todo: null, ok: true };
	const present = ["impact", "urgency"].filter((field) => field in ticket);
	return {
		what,
		found: present.length === 0 ? "none; the matrix then sets the priority alone" : present.join(", "),
		todo: null,
		ok: true,
	};
}

async function anyTicket(api: ZammadApi): Promise<Record<string, unknown> | undefined> {
	const answer = await ask(api, "/tickets?per_page=1&expand=true");
	return "body" in answer ? ticketRows.safeParse(answer.body).data?.[0] : undefined;
}

/** Only installation needs these rights: without them, changes are found by asking, and nothing else is missing. */
async function right(api: ZammadApi, path: string, permission: string): Promise<InstallFinding> {
	const what = `Permission ${permission} (to install only)`;
	const answer = await ask(api, path);
	if ("body" in answer) return { what, found: "granted", todo: null, ok: true };
	const todo = `Tick ${permission} on the token while installing, or install with an administrator's token.`;
	return { what, ...missing(answer.error, todo), ok: true };
}

function missing(error: ServiceError, todo: string): Pick<InstallFinding, "found" | "todo" | "ok"> {
	if (error.kind === "denied") return { found: "missing", todo, ok: false };
	return { found: error.message, todo: "Look again later: there was no proper answer.", ok: false };
}

async function ask(api: ZammadApi, path: string): Promise<{ body: unknown } | { error: ServiceError }> {
	try {
		return { body: await api.send("GET", path) };
	} catch (error) {
		return { error: error instanceof ServiceError ? error : new ServiceError("unreachable", "no answer") };
	}
}
