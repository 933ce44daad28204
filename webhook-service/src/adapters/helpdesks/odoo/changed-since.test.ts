import { expect, test } from "vitest";
import type { Call } from "../../../call.ts";
import { changedSince } from "./changed-since.ts";
import type { OdooContext } from "./rpc.ts";

const hiddenEvery = 20;
const text = (second: number) =>
	new Date(Date.UTC(2026, 2, 2, 8, 0, second)).toISOString().slice(0, 19).replace("T", " ");

/** An Odoo with a message a second, some of which our user may not read: taken out after the page was cut. */
function odoo(messages: number): Call {
	return async ({ body }) => {
		const { service, args } = (body as { params: { service: string; args: unknown[] } }).params;
		const answer = (result: unknown) => ({ status: 200, headers: {}, body: { jsonrpc: "2.0", id: 1, result } });
		if (service === "common") return answer(8);
		const [, , , model, , [domain], { limit, offset = 0 }] = args as [
			...[string, number, string, string, string],
			[[string, string, string][]],
			{ limit: number; offset?: number },
		];
		if (model !== "mail.message") return answer([]);
		const since = domain.find(([field]) => field === "create_date")?.[2] ?? "";
		const rows = Array.from({ length: messages }, (_, id) => ({ id: id + 1, create_date: text(id), res_id: id + 1 }));
		const page = rows.filter(({ create_date }) => create_date >= since).slice(offset, offset + limit);
		return answer(page.filter(({ id }) => id % hiddenEvery !== 0));
	};
}

test("messages that our user may not read shorten a page, and hide none behind it", async () => {
	const settings = { db: "desk", login: "stipt", key: "k".repeat(20), dialect: "oca", api: "jsonrpc", uid: 8 };
	const connection = { id: "erp", url: "https://erp.example.org", settings, mapping: { priorities: {}, states: {} } };
	const context = { connection, call: odoo(500), now: Date.UTC(2026, 2, 2, 9) } as unknown as OdooContext;
	const seen = new Set<string>();
	let since = Date.UTC(2026, 2, 2, 7);
	for (let page = 0; page < 10; page += 1) {
		const { tickets, more } = await changedSince(since, context);
		for (const { ticket, updatedAt } of tickets) {
			seen.add(ticket);
			since = Math.max(since, updatedAt);
		}
		if (!more) break;
	}
	expect(seen.size).toBe(500 - 500 / hiddenEvery);
});
