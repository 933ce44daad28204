import type { Instant } from "@stipt/shared/calendar/calendar";
import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import type { InstallFinding } from "../helpdesk.ts";
import { dateOf, encryptionFinding, remedy, skewFinding } from "../reach.ts";
import { type ZammadApi, type ZammadContext, zammadApi } from "./api.ts";
import { agentFinding, groupsFinding, installRight } from "./probe-rights.ts";
import { meReply, ticketRows } from "./replies.ts";

const dayMs = 24 * 3600 * 1000;
/** How long before its end a token is worth a line. */
const tokenWarningMs = 14 * dayMs;

/** Looks at an installation of Zammad, a line per finding, in the words of its own screens. Never throws. */
export async function probe(context: ZammadContext): Promise<InstallFinding[]> {
	const api = zammadApi(context);
	const installer = zammadApi(context, context.connection.settings.installToken);
	const encrypted = encryptionFinding(context.connection.url, "token");
	const { finding: token, clock } = await tokenFinding(context);
	if (!token.ok) return [encrypted, token];
	const ticket = await anyTicket(api);
	return [
		encrypted,
		token,
		skewFinding(clock, context.now),
		await version(api),
		...(await generation(installer)),
		await search(api, context.now),
		await agentFinding(api),
		await groupsFinding(api, ticket !== undefined),
		fields(ticket),
		...(await tokenEnd(api, context.now)),
		await installRight(installer, "/webhooks?per_page=1", "admin.webhook"),
		await installRight(installer, "/triggers?per_page=1", "admin.trigger"),
		...(await health(installer)),
	];
}

async function tokenFinding(context: ZammadContext): Promise<{ finding: InstallFinding; clock: Instant | null }> {
	const what = "Reachable, and the token is valid";
	const { connection, call } = context;
	let clock: Instant | null = null;
	const api = zammadApi({
		connection,
		now: context.now,
		call: async (request) => {
			const answer = await call(request);
			clock = dateOf(answer.headers);
			return answer;
		},
	});
	const answer = await ask(api, "/users/me");
	const found = (finding: Omit<InstallFinding, "what">) => ({ finding: { what, ...finding }, clock });
	if ("error" in answer) {
		const denied = answer.error.kind === "denied";
		const renew =
			"Make a new access token (profile, Token Access) and check that API token access is on (admin, System, API).";
		const otherwise = "Check the address, and that this machine may reach it.";
		return found({ found: answer.error.message, todo: denied ? renew : remedy(answer.error, otherwise), ok: false });
	}
	const me = meReply.safeParse(answer.body);
	if (!me.success) {
		return found({
			found: "an answer that is not Zammad's",
			todo: "Enter the address of Zammad itself, as browsers open it.",
			ok: false,
		});
	}
	return found({ found: `yes; the token belongs to user ${me.data.id}`, todo: null, ok: true });
}

/** The version needs the permission admin.version; without it, a user's own data tell the generations apart. */
async function version(api: ZammadApi): Promise<InstallFinding> {
	const what = "Version";
	const answer = await ask(api, "/version");
	const told = "body" in answer ? z.object({ version: z.string() }).safeParse(answer.body).data?.version : undefined;
	const [, major = "", minor = ""] = /^(\d+)\.(\d+)/.exec(told ?? "") ?? [];
	if (told !== undefined) {
		const isTooOld = major !== "" && (Number(major) < 5 || (Number(major) === 5 && Number(minor) < 2));
		const todo = isTooOld ? "Stipt is written for Zammad 5.2 and newer: upgrade first." : null;
		return { what, found: told, todo, ok: !isTooOld };
	}
	const me = await ask(api, "/users/me");
	const isNewer =
		"body" in me && typeof me.body === "object" && me.body !== null && "two_factor_preference_ids" in me.body;
	return { what, found: isNewer ? "6 or newer" : "5", todo: null, ok: true };
}

const someTriggers = z.array(z.looseObject({ id: z.int() })).min(1);

/** Whether triggers have a mode, asked of the triggers themselves: a version number says nothing about a fork. */
async function generation(installer: ZammadApi): Promise<InstallFinding[]> {
	const answer = await ask(installer, "/triggers?page=1&per_page=2");
	const rows = "body" in answer ? someTriggers.safeParse(answer.body).data : undefined;
	if (rows === undefined) return [];
	const selective = rows.every((row) => "execution_condition_mode" in row);
	const found = selective
		? 'have a mode; ours get "always", since a "selective" one would miss every change without a message'
		: "have no mode, and fire on every change (Zammad 5)";
	return [{ what: "Triggers", found, todo: null, ok: true }];
}

/** Some versions answer a condition that they cannot use with every ticket they have: then nothing could be polled. */
async function search(api: ZammadApi, now: Instant): Promise<InstallFinding> {
	const what = "Search by date of change";
	const condition = {
		"ticket.updated_at": { operator: "after (absolute)", value: new Date(now + 3650 * dayMs).toISOString() },
	};
	const answer = await ask(api, "/tickets/search", { condition, expand: true, per_page: 1 });
	const rows = "body" in answer ? ticketRows.safeParse(answer.body).data : undefined;
	if (rows?.length === 0) return { what, found: "honoured", todo: null, ok: true };
	if (rows !== undefined) {
		const todo = "Look whether a proxy drops the bodies of requests; without this search, lost deliveries stay lost.";
		return { what, found: "ignored: tickets come back that changed before", todo, ok: false };
	}
	const found = "error" in answer ? answer.error.message : "an answer of another shape";
	return { what, found, todo: "Look again later: there was no proper answer.", ok: false };
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

const tokenRows = z.object({
	tokens: z.array(z.object({ last_used_at: z.string().nullish(), expires_at: z.string().nullish() })),
});

/** Tokens may end. Only a token that may list its user's tokens can tell; ours is the one that was used last. */
async function tokenEnd(api: ZammadApi, now: Instant): Promise<InstallFinding[]> {
	const answer = await ask(api, "/user_access_token");
	const tokens = "body" in answer ? (tokenRows.safeParse(answer.body).data?.tokens ?? []) : [];
	const used = (at: string | null | undefined) => Date.parse(at ?? "") || 0;
	const [own] = [...tokens].sort((a, b) => used(b.last_used_at) - used(a.last_used_at));
	const ends = Date.parse(own?.expires_at ?? "");
	if (!Number.isFinite(ends)) return [];
	const days = Math.floor((ends - now) / dayMs);
	const isSoon = ends - now < tokenWarningMs;
	const todo = isSoon ? "Make a new token (profile, Token Access), and connect again with it." : null;
	return [{ what: "End of the token", found: `in ${days} days`, todo, ok: days >= 0 }];
}

const healthReply = z.object({ healthy: z.boolean(), issues: z.array(z.string()).optional() });

/** Zammad's own view of its background work, which sends the deliveries. */
async function health(installer: ZammadApi): Promise<InstallFinding[]> {
	const answer = await ask(installer, "/monitoring/health_check");
	const read = "body" in answer ? healthReply.safeParse(answer.body).data : undefined;
	if (read === undefined) return [];
	const what = "Zammad's own health check";
	if (read.healthy) return [{ what, found: "healthy", todo: null, ok: true }];
	const todo = "Look at admin, System, Monitoring: deliveries wait for Zammad's background worker.";
	return [{ what, found: (read.issues ?? []).join("; ").slice(0, 300), todo, ok: true }];
}

export async function ask(
	api: ZammadApi,
	path: string,
	body?: unknown,
): Promise<{ body: unknown } | { error: ServiceError }> {
	try {
		return { body: await (body === undefined ? api.send("GET", path) : api.send("POST", path, body)) };
	} catch (error) {
		return { error: error instanceof ServiceError ? error : new ServiceError("unreachable", "no answer") };
	}
}
