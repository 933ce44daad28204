import type { Instant } from "@stipt/shared/calendar/calendar";
import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import type { Hook } from "../helpdesk.ts";
import { type ZammadApi, type ZammadContext, zammadApi } from "./api.ts";
import { plan } from "./plan.ts";

const logRows = z.array(
	z.object({
		url: z.string(),
		status: z.union([z.string(), z.number()]).nullish(),
		created_at: z.string(),
		response: z.object({ content: z.string().nullish() }).nullish(),
	}),
);

const health = z.object({ healthy: z.boolean(), issues: z.array(z.string()).optional() });

const meanings: Record<string, string> = {
	"0": "it found nobody there: from Zammad's machine that address does not answer (name, port, firewall, TLS, proxy)",
	"401": "we refused the signature: the webhook has another secret, or another Stipt listens there",
	"404": "there is no such connection at that address: another Stipt, or another server",
	"413": "something before us refuses big deliveries: allow 10 MB",
};

/** What Zammad's own log of deliveries and its health say, and whether what was installed is still there. */
export async function silence(hook: Hook, since: Instant, context: ZammadContext): Promise<string[]> {
	const api = zammadApi(context, context.connection.settings.installToken);
	const parts = await Promise.all([
		attempt(() => installation(hook, context)),
		attempt(() => deliveries(hook, since, api)),
		attempt(() => workers(api)),
	]);
	return parts.flat();
}

async function installation(hook: Hook, context: ZammadContext): Promise<string[]> {
	const { fields: _, ...bare } = hook;
	const wrong = (await plan(bare, context)).filter(({ found }) => found !== "right");
	return wrong.map(
		({ what, found, differs }) => `${what} is ${found === "missing" ? "gone" : `changed (${differs.join(", ")})`}`,
	);
}

async function deliveries(hook: Hook, since: Instant, api: ZammadApi): Promise<string[]> {
	const rows = logRows.parse(await api.send("GET", "/http_logs/webhook?limit=50"));
	const tries = rows.filter(({ url, created_at }) => url === hook.url && Date.parse(created_at) >= since - 5000);
	const [last] = tries;
	if (last === undefined) {
		return ["Zammad has not tried to deliver yet: its background worker is busy, or does not run (see below)"];
	}
	const status = String(last.status ?? "0");
	const said = (last.response?.content ?? "").split("\n").at(-1)?.slice(0, 160) ?? "";
	const meaning = meanings[status] ?? (said === "" ? "it did not accept it" : said);
	return [`Zammad tried ${tries.length} times; the last answer was ${status}: ${meaning}`];
}

async function workers(api: ZammadApi): Promise<string[]> {
	const { healthy, issues = [] } = health.parse(await api.send("GET", "/monitoring/health_check"));
	return healthy ? [] : issues.map((issue) => `Zammad says of itself: ${issue}`);
}

/** A part that cannot be asked is left out: this is a search for causes, not a check. */
async function attempt(ask: () => Promise<string[]>): Promise<string[]> {
	try {
		return await ask();
	} catch (error) {
		if (error instanceof ServiceError || error instanceof z.ZodError) return [];
		throw error;
	}
}
