import { ServiceError } from "../../../errors.ts";
import type { InstallFinding } from "../helpdesk.ts";
import type { ZammadApi } from "./api.ts";
import { permission } from "./permissions.ts";
import { meReply } from "./replies.ts";

/** A history is shown to agents alone, lists to any token. Of a ticket that never was, only an agent is told so. */
export async function agentFinding(api: ZammadApi): Promise<InstallFinding> {
	const what = "Permission ticket.agent";
	const error = await refusal(api, "/ticket_history/0");
	if (error === null || error.kind === "unknown") return { what, found: "granted", todo: null, ok: true };
	const todo = `Give the user the role Agent, and tick ${permission("ticket.agent")} on the token. Without it our notes would be public.`;
	return { what, ...missing(error, todo) };
}

/** What the user may do in each group, in the words of the roles' screen. */
export async function groupsFinding(api: ZammadApi, readsTickets: boolean): Promise<InstallFinding> {
	const what = "Groups that the user may read and change";
	const own = await api.send("GET", "/users/me?expand=true").then(
		(body) => meReply.safeParse(body).data?.groups ?? {},
		() => ({}),
	);
	const access = Object.entries(own as Record<string, string[]>);
	const able = access.filter(([, all]) => all.includes("full") || (all.includes("read") && all.includes("change")));
	const half = access.filter((entry) => !able.includes(entry)).map(([name]) => name);
	if (able.length > 0) {
		const found = able.map(([name]) => name).join(", ");
		if (half.length === 0) return { what, found, todo: null, ok: true };
		const todo = `In ${half.join(", ")} the user may not both "read" and "change": tick them, or leave those tickets without timers.`;
		return { what, found, todo, ok: true };
	}
	return {
		what,
		found: readsTickets ? "none of its own, but it reads tickets (by a role)" : "none",
		todo: 'Give the user "read" and "change" access (or "full") to every group whose tickets have a service level.',
		ok: readsTickets,
	};
}

/** Only installation needs these rights: without them, changes are found by asking, and nothing else is missing. */
export async function installRight(api: ZammadApi, path: string, name: string): Promise<InstallFinding> {
	const what = `Permission ${name} (to install only)`;
	const error = await refusal(api, path);
	if (error === null) return { what, found: "granted", todo: null, ok: true };
	const todo = `Tick ${permission(name)} on the token while installing, or install with an administrator's token (--install-token).`;
	return { what, ...missing(error, todo), ok: true };
}

function missing(error: ServiceError, todo: string): Pick<InstallFinding, "found" | "todo" | "ok"> {
	if (error.kind === "denied") return { found: "missing", todo, ok: false };
	return { found: error.message, todo: "Look again later: there was no proper answer.", ok: false };
}

async function refusal(api: ZammadApi, path: string): Promise<ServiceError | null> {
	try {
		await api.send("GET", path);
		return null;
	} catch (error) {
		return error instanceof ServiceError ? error : new ServiceError("unreachable", "no answer");
	}
}
