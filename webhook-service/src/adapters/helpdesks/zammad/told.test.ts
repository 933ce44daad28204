import type { Fact } from "@stipt/shared/sla/fact";
import { describe, expect, test } from "vitest";
import type { ZammadApi, ZammadContext } from "./api.ts";
import { toldByHistory, toldInFull } from "./told.ts";

const at = "2026-03-02T09:00:00.000Z";
const then = Date.parse(at);

const row = (articleIds: number[], over = {}) => ({
	...{ id: 7, number: "100007", title: "No sound", customer_id: 5, owner_id: 1, created_by_id: 5 },
	...{ created_at: at, updated_at: at, state_id: 2, article_ids: articleIds, urgency: "high" },
	...over,
});
const names = { state: "open", priority: "2 normal", group: "Desk" };

const columns = (id: number, over = {}) => ({
	...{ id, ticket_id: 7, internal: false, body: `Message ${id}`, preferences: {}, created_by_id: 5, created_at: at },
	...{ type_id: 1, sender_id: 2 },
	...over,
});
const named = (id: number, over = {}) => ({ ...columns(id), type: "email", sender: "Customer", ...over });

const change = (id: number, over: object) => ({
	...{ id, object: "Ticket", o_id: 7, type: "updated", created_by_id: 5, created_at: at },
	...over,
});
const created = change(1, { type: "created" });
const written = (id: number) => change(100 + id, { object: "Ticket::Article", o_id: id, type: "created" });

const by = { kind: "customer" as const };
const known: Fact[] = [
	{ id: "0-state", kind: "state-changed", at: then, seenAt: then, state: "open", label: "open", by },
	{ id: "0-priority", kind: "priority-changed", at: then, seenAt: then, label: "2 normal", priorities: [], by },
	{ id: "0-group", kind: "group-changed", at: then, seenAt: then, label: "Desk", by },
];

type Desk = { ticket: object; rows: object[]; along: object[]; listed: object[]; single?: Record<number, object> };

/** A Zammad that answers these, at an address of its own, and remembers what it was asked. */
function zammad(
	{ ticket, rows, along, listed, single = {} }: Desk,
	url = `https://${crypto.randomUUID()}.example.org`,
) {
	const asked: string[] = [];
	const byId = (list: object[]) => Object.fromEntries(list.map((each) => [(each as { id: number }).id, each]));
	const find = async (path: string) => {
		asked.push(path.replace(/^\//, ""));
		if (path.startsWith("/tickets/")) return { ...ticket, ...names };
		if (path.startsWith("/ticket_history/"))
			return { history: rows, assets: { Ticket: byId([ticket]), TicketArticle: byId(along) } };
		if (path.startsWith("/ticket_articles/by_ticket/")) return listed;
		return single[Number(/\d+/.exec(path)?.[0])];
	};
	const context = { connection: { url } } as ZammadContext;
	const api = { find, send: find } as unknown as ZammadApi;
	const inFull = () => toldInFull("7", context, api);
	const byHistory = (facts = known) => toldByHistory("7", facts, context, api);
	return { url, asked, inFull, byHistory };
}

const two = {
	ticket: row([1, 2]),
	rows: [created, written(1), written(2)],
	along: [columns(1), columns(2)],
	listed: [named(1), named(2)],
};

describe("A ticket that is known", () => {
	test("is told in one request, and as three would have told it", async () => {
		const desk = zammad(two);
		const full = await desk.inFull();
		expect(desk.asked.splice(0)).toEqual(["tickets/7?expand=true", "ticket_history/7", "ticket_articles/by_ticket/7"]);
		const again = await desk.byHistory();
		expect(desk.asked).toEqual(["ticket_history/7"]);
		expect(again?.ticket).toMatchObject({ ...names, id: 7, urgency: "high", updated_at: then });
		expect(again?.history).toEqual(full?.history);
		expect(again?.articles).toEqual(full?.articles);
	});

	test("is called what its last changes called it", async () => {
		const later = new Date(then + 60_000).toISOString();
		const to = (id: number, attribute: string, value_to: string, created_at: string) =>
			change(id, { attribute, value_from: "x", value_to, created_at });
		const rows = [
			created,
			to(2, "priority", "3 high", at),
			to(3, "priority", "1 low", later),
			to(4, "state", "closed", later),
		];
		const desk = zammad({
			...two,
			rows: [...rows, written(1), written(2)],
			ticket: row([1, 2], { updated_at: later }),
		});
		await desk.inFull();
		expect((await desk.byHistory())?.ticket).toMatchObject({ state: "closed", priority: "1 low", group: "Desk" });
	});

	test("is not believed when its row is newer than its history", async () => {
		const desk = zammad({ ...two, ticket: row([1, 2], { updated_at: "2026-03-02T09:00:00.250Z" }) });
		await desk.inFull();
		expect(await desk.byHistory()).toBeUndefined();
	});

	test("costs no request while it is not known what it was at first", async () => {
		const desk = zammad(two);
		expect(await desk.byHistory(known.slice(1))).toBeUndefined();
		expect(desk.asked).toEqual([]);
	});

	test("is read in full while kinds of messages have not been met at this Zammad", async () => {
		const desk = zammad(two);
		expect(await desk.byHistory()).toBeUndefined();
		await desk.inFull();
		expect(await desk.byHistory()).toBeDefined();
		const another = { ...two, along: [columns(1), columns(2, { type_id: 9 })] };
		expect(await zammad(another, desk.url).byHistory()).toBeUndefined();
	});

	test("is read in full when a message did not come along", async () => {
		const desk = zammad({ ...two, ticket: row([1, 2, 3]) });
		await desk.inFull();
		expect(await desk.byHistory()).toBeUndefined();
	});

	test("needs no messages that a merge brought in: their history is with the ticket that they were written in", async () => {
		const received = change(900, { type: "received_merge" });
		const desk = zammad({
			...two,
			ticket: row([1, 6]),
			rows: [created, written(1), received],
			along: [columns(1)],
			listed: [named(1), named(6)],
		});
		await desk.inFull();
		expect((await desk.byHistory())?.articles.map(({ id }) => id)).toEqual([1]);
	});

	test("has the messages that a merge took away; where they did not come along they are looked up", async () => {
		const desk = zammad({
			ticket: row([]),
			rows: [created, written(1), written(2), change(900, { type: "merged_into", id_to: 8 })],
			along: [columns(1, { ticket_id: 8 })],
			listed: [named(1)],
			single: { 2: named(2, { ticket_id: 8 }) },
		});
		await desk.inFull();
		desk.asked.length = 0;
		const again = await desk.byHistory();
		expect(desk.asked).toEqual(["ticket_history/7", "ticket_articles/2?expand=true"]);
		expect([...(again?.articles ?? []), ...(again?.moved ?? [])].map(({ id }) => id)).toEqual([1, 2]);
	});
});
