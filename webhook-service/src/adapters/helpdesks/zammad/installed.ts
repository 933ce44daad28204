import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { Hook } from "../helpdesk.ts";
import type { ZammadApi } from "./api.ts";
import { permission } from "./permissions.ts";
import { triggerRow, webhookRow } from "./replies.ts";

export type Row = { id: number; name: string } & Record<string, unknown>;

/** A kind of thing that is listed, found by name, and changed where it differs. */
export type Shelf = { what: "webhook" | "trigger"; path: string; row: z.ZodType<Row>; api: ZammadApi };

/** How one of our things must be. `known`: keys that older versions do not have. `created`: only when it is made. */
export type Wanted = {
	wanted: Record<string, unknown> & { name: string };
	known: Record<string, unknown>;
	created: Record<string, unknown>;
};

const perPage = 100;

export const webhooksOf = (api: ZammadApi): Shelf => ({ what: "webhook", path: "/webhooks", row: webhookRow, api });
export const triggersOf = (api: ZammadApi): Shelf => ({ what: "trigger", path: "/triggers", row: triggerRow, api });

/** Our mark as names carry it: they end up in HTTP headers. */
export function nameOf(mark: string): string {
	return mark.replace(/[^A-Za-z0-9._-]/g, "-");
}

/** The webhook that sends everything to us. */
export function wantedWebhook(hook: Hook): Wanted {
	return {
		wanted: { name: nameOf(hook.mark), endpoint: hook.url, signature_token: hook.secret, active: true },
		known: { customized_payload: false },
		created: { ssl_verify: true, note: "Made by Stipt." },
	};
}

/** Names of our two triggers and when each fires. */
export function triggersFor(mark: string): { name: string; operator: "is" | "is not" }[] {
	return [
		{ name: `zz ${nameOf(mark)} created`, operator: "is" },
		{ name: `zz ${nameOf(mark)} changed`, operator: "is not" },
	];
}

/** A trigger that calls our webhook. */
export function wantedTrigger({ name, operator }: { name: string; operator: string }, webhook: number): Wanted {
	return {
		wanted: {
			name,
			condition: { "ticket.action": { operator, value: "create" } },
			perform: { "notification.webhook": { webhook_id: String(webhook) } },
			active: true,
		},
		known: { activator: "action", execution_condition_mode: "always" },
		created: { disable_notification: true, note: "Made by Stipt." },
	};
}

/** The row of that name, in any case: Zammad takes names that differ in case alone for the same. */
export async function findNamed(shelf: Shelf, name: string): Promise<Row | undefined> {
	const rows = await allowed(`admin.${shelf.what}`, () => listAll(shelf));
	return rows.find((row) => row.name.toLowerCase() === name.toLowerCase());
}

/** What must be written so that a row is as it should be; empty when it is. */
export function differences(present: Row, { wanted, known }: Wanted): Record<string, unknown> {
	const applying = { ...wanted, ...pickKeys(known, (key) => key in present) };
	return pickKeys(applying, (key) => !same(present[key], (applying as Record<string, unknown>)[key]));
}

/** Says which permission is missing when Zammad refuses. */
export async function allowed<T>(needed: string, ask: () => Promise<T>): Promise<T> {
	try {
		return await ask();
	} catch (cause) {
		if (!(cause instanceof ServiceError) || cause.kind !== "denied") throw cause;
		throw new ServiceError(
			"denied",
			`Expected a token with the permission ${permission(needed)}, found it refused. Tick it on the token while installing, or install with an administrator's token.`,
			{ cause },
		);
	}
}

async function listAll({ path, row, what, api }: Shelf): Promise<Row[]> {
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
