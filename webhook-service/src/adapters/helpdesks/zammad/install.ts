import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { Hook } from "../helpdesk.ts";
import { ownUserId, type ZammadApi, type ZammadContext, zammadApi } from "./api.ts";
import { triggerRow, webhookRow } from "./replies.ts";
import type { ZammadSettings } from "./settings.ts";

type Row = { id: number; name: string } & Record<string, unknown>;

/** Zammad cuts longer ones without a word: the address would be wrong, or every signature. */
const longest = { endpoint: 300, signature: 200 };
const perPage = 100;

/**
 * Makes Zammad send us its changes: one webhook and two triggers, found again by the mark in their names.
 *
 * `is not create` in mode `always` is the only pair that fires on every change, merges included, in 5.2 (which drops
 * the two keys that it does not know) and in 6. A condition that leaves our own changes out would lose agents' changes
 * in 5.2; so what we write comes back once, is read, and changes nothing. The names begin with `zz` because triggers
 * run in the order of their names, and ours should see what the others did.
 */
export async function install(
	hook: Hook,
	context: ZammadContext,
): Promise<{ done: string[]; settings: ZammadSettings }> {
	checkLengths(hook);
	const { token, installToken } = context.connection.settings;
	const api = zammadApi(context, installToken);
	const mark = hook.mark.replace(/[^A-Za-z0-9._-]/g, "-");
	const webhook = await ensure(
		{ what: "webhook", path: "/webhooks", row: webhookRow, api },
		{ name: mark, endpoint: hook.url, signature_token: hook.secret, active: true },
		{ created: { ssl_verify: true, note: "Made by Stipt." }, known: { customized_payload: false } },
	);
	const trigger = (name: string, operator: "is" | "is not") =>
		ensure(
			{ what: "trigger", path: "/triggers", row: triggerRow, api },
			{
				name: `zz ${mark} ${name}`,
				condition: { "ticket.action": { operator, value: "create" } },
				perform: { "notification.webhook": { webhook_id: String(webhook.id) } },
				active: true,
			},
			{
				created: { disable_notification: true, note: "Made by Stipt." },
				known: { activator: "action", execution_condition_mode: "always" },
			},
		);
	const created = await trigger("created", "is");
	const changed = await trigger("changed", "is not");
	const own = { ...context, connection: { ...context.connection, settings: { token } } };
	const userId = await ownUserId(own, zammadApi(own));
	return { done: [webhook.done, created.done, changed.done], settings: { token, userId } };
}

/** Finds a row by name; changes what differs, or makes it. `known`: keys that older versions do not have. */
async function ensure(
	at: { what: string; path: string; row: z.ZodType<Row>; api: ZammadApi },
	wanted: Record<string, unknown> & { name: string },
	{ created, known }: { created: Record<string, unknown>; known: Record<string, unknown> },
): Promise<{ id: number; done: string }> {
	const present = (await allowed(at.what, () => listAll(at))).find(
		(row) => row.name.toLowerCase() === wanted.name.toLowerCase(),
	);
	if (present === undefined) {
		const made = expectReply(at.row, await at.api.send("POST", at.path, { ...wanted, ...known, ...created }), at.what);
		return { id: made.id, done: `${at.what} "${wanted.name}": made` };
	}
	const applying = { ...wanted, ...pickKeys(known, (key) => key in present) };
	const differing = pickKeys(applying, (key) => !same(present[key], applying[key]));
	const keys = Object.keys(differing);
	if (keys.length > 0) await at.api.send("PUT", `${at.path}/${present.id}`, differing);
	return {
		id: present.id,
		done: `${at.what} "${wanted.name}": ${keys.length > 0 ? `changed ${keys.join(", ")}` : "was right already"}`,
	};
}

async function allowed<T>(what: string, ask: () => Promise<T>): Promise<T> {
	try {
		return await ask();
	} catch (cause) {
		if (!(cause instanceof ServiceError) || cause.kind !== "denied") throw cause;
		throw new ServiceError(
			"denied",
			`Expected a token with the permission admin.${what}, found it refused. Tick it on the token while installing, or install with an administrator's token.`,
			{ cause },
		);
	}
}

async function listAll({ path, row, what, api }: { what: string; path: string; row: z.ZodType<Row>; api: ZammadApi }) {
	const rows: Row[] = [];
	for (let page = 1; ; page++) {
		const found = expectReply(
			z.array(row),
			await api.send("GET", `${path}?page=${page}&per_page=${perPage}`),
			`the ${what}s of Zammad`,
		);
		const fresh = found.filter(({ id }) => rows.every((known) => known.id !== id));
		rows.push(...fresh);
		if (found.length < perPage || fresh.length === 0) return rows;
	}
}

function checkLengths({ url, secret }: Hook): void {
	if (url.length > longest.endpoint) {
		throw new ServiceError(
			"misconfigured",
			`Expected an address for deliveries of at most ${longest.endpoint} characters, found ${url.length}.`,
		);
	}
	if (secret.length > longest.signature) {
		throw new ServiceError(
			"misconfigured",
			`Expected a secret of at most ${longest.signature} characters, found ${secret.length}.`,
		);
	}
}

function pickKeys(fields: Record<string, unknown>, keep: (key: string) => boolean): Record<string, unknown> {
	return Object.fromEntries(Object.entries(fields).filter(([key]) => keep(key)));
}

/** Equal as JSON, whatever the order of keys, numbers and their texts alike (a webhook's id may be either). */
function same(a: unknown, b: unknown): boolean {
	if (typeof a === "object" && a !== null && typeof b === "object" && b !== null) {
		const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
		const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
		return [...keys].every((key) => same(left[key], right[key]));
	}
	return a === b || (typeof a !== typeof b && String(a) === String(b));
}
