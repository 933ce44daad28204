import type { Fact } from "@stipt/shared/sla/fact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { helpdesks } from "../../webhook-service/src/adapters/helpdesks/index.ts";
import { isOwn } from "../../webhook-service/src/pipeline/guarded-helpdesk.ts";
import { type ImportOptions, importTickets } from "../../webhook-service/src/pipeline/import.ts";
import type { StoredConnection } from "../../webhook-service/src/store/store.ts";
import { people as odooPeople } from "../desks/odoo/base.ts";
import { createOdooDesk, type OdooDesk } from "../desks/odoo/desk.ts";
import { people } from "../desks/zammad/base.ts";
import { createZammadDesk, type ZammadDesk } from "../desks/zammad/desk.ts";
import { minutes, seconds } from "../support/moved-clock.ts";
import { startService, type TestService } from "../support/service.ts";

const options: ImportOptions = { since: null, rate: 10_000, fresh: false, progress: () => {} };
const atOnce = { delivery: [0, 0], retries: [0, 0, 0, 0], push: 0 } as const;

let service: TestService;
let stops: (() => Promise<void>)[] = [];
let asked: StoredConnection | null = null;

beforeEach(async () => {
	service = await startService({ start: "2026-03-02T09:00:00+01:00" });
	stops = [() => service.stop()];
});
afterEach(async () => {
	for (const stop of stops.reverse()) await stop();
});

/** A ledger as the helpdesk tells it: without when we learned it, and without what was done here. */
async function ledger(connection: string, ticket: string, keep: (fact: Fact) => boolean = () => true) {
	const { facts } = await service.ports.store.readTicket({ connection, ticket });
	const told = facts.filter((fact) => !isOwn(fact) && keep(fact)).map(({ seenAt: _seenAt, ...fact }) => fact);
	return told.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** The same helpdesk twice: one connection hears of every change, the other asks afterwards. */
async function connected(adapter: string, url: string, settings: Record<string, unknown>): Promise<void> {
	const common = { kind: "helpdesk", adapter, name: adapter, url, settings, allowPrivate: true } as const;
	const rest = { hookSecrets: ["a-secret-of-the-import-tests"], policy: service.connection.policy, createdAt: 0 };
	const told: StoredConnection = { ...common, ...rest, id: "told", mapping: { priorities: {}, states: {} } };
	await service.ports.store.saveConnection(told);
	const { bound, row } = await service.ports.connections.helpdesk("told");
	const mapping = await bound.proposeMapping(service.clock.time());
	const secret = row.scheme.kind === "address" ? "/a-secret-of-the-import-tests" : "";
	const hook = {
		url: `${service.url}/hooks/told${secret}`,
		secret: "a-secret-of-the-import-tests",
		mark: "stipt-told",
	};
	const installed = await bound.install(hook, service.clock.time());
	const kept = { ...told, mapping, settings: installed.settings };
	await service.ports.store.saveConnection(kept);
	service.clock.advance(seconds(3));
	asked = { ...kept, id: "asked" };
}

/** Imports into the connection that hears of nothing; made only now, so that no poll comes first. */
async function imported(given: Partial<ImportOptions> = {}) {
	if (asked !== null) await service.ports.store.saveConnection(asked);
	return importTickets("asked", { ...options, ...given }, service.ports);
}

describe("Zammad", () => {
	let desk: ZammadDesk;

	beforeEach(async () => {
		desk = createZammadDesk({
			now: service.clock.time,
			port: 0,
			timing: { ...atOnce, delivery: [0, 0], retries: [0, 0, 0, 0] },
		});
		await desk.listen();
		stops.push(() => desk.close());
	});
	const connect = () => {
		const token = desk.act.token(people.bot, ["ticket.agent", "admin.webhook", "admin.trigger"]);
		return connected("real-zammad", desk.url, { token });
	};
	const [customer, noor, lou] = [people.customers[0], people.agents[0], people.agents[1]];
	const message = (body: string) => ({ subject: "", body, type: "web", sender: "Customer" });
	const heard = async () => {
		await desk.deliveries.idle();
		await service.settle();
		service.clock.advance(minutes(3));
	};

	test("an imported ledger is the one that deliveries made: states, owners, priorities, replies, merges, a matrix", async () => {
		await connect();
		const first = desk.act.open(customer, { title: "One", group: "Users", article: message("Help") });
		await heard();
		const second = desk.act.open(customer, { title: "Two", group: "Users", article: message("Help too") });
		await heard();
		const changes: Record<string, unknown>[] = [
			{ owner: noor },
			{ priority: "3 high", state: "open" },
			{ impact: "high", urgency: "low" },
			{ state: "pending reminder", pending_time: "2026-04-01T09:00:00Z" },
			{ state: "open" },
			{ owner: lou, priority: "1 low" },
			{ state: "closed" },
			{ state: "open" },
		];
		for (const change of changes) {
			desk.act.change(noor, first.id, change);
			await heard();
		}
		desk.act.write(noor, first.id, { body: "Answer", type: "phone", sender: "Agent", internal: false });
		await heard();
		desk.act.write(customer, first.id, message("Thanks"));
		await heard();
		desk.act.write(noor, first.id, { body: "Note", type: "note", sender: "Agent", internal: true });
		await heard();
		for (const change of changes.slice(0, 3)) {
			desk.act.change(lou, second.id, change);
			await heard();
		}
		await imported();
		for (const { id } of [first, second]) {
			const told = await ledger("told", String(id));
			expect(told.length).toBeGreaterThan(8);
			expect(await ledger("asked", String(id))).toEqual(told);
		}
	});

	test("six changes at once give six deliveries with one body, and the ledger all six changes", async () => {
		await connect();
		const { id } = desk.act.open(customer, { title: "Six", group: "Users", article: message("Help") });
		await heard();
		const priorities = ["1 low", "3 high", "2 normal", "1 low", "3 high", "2 normal"];
		for (const priority of priorities) {
			desk.act.change(noor, id, { priority });
			service.clock.advance(10);
		}
		await heard();
		const found = (await ledger("told", String(id))).filter((fact) => fact.kind === "priority-changed");
		expect(found.map((fact) => ("label" in fact ? fact.label : ""))).toEqual(["2 normal", ...priorities]);
	});

	test("goes on after an interruption with the page at which it stopped, and reads nothing twice", async () => {
		for (let each = 0; each < 120; each += 1) {
			desk.act.open(customer, { title: `Number ${each}`, group: "Users", article: message("Help") });
			service.clock.advance(seconds(1));
		}
		await connect();
		let pages = 0;
		const interrupted = imported({
			progress() {
				pages += 1;
				throw new Error("The power is gone.");
			},
		});
		await expect(interrupted).rejects.toThrow("power");
		const requests: number[] = [];
		const done = await imported({ progress: (line) => requests.push(line.requests) });
		expect(pages).toBe(1);
		expect(done).toMatchObject({ part: "done", failed: 0 });
		expect(done.read).toBe(desk.state.tickets.length);
		expect(requests.at(-1)).toBeLessThan(4 * 40);
		const refs = await service.ports.store.knownSince("asked", 0, 1000);
		expect(refs).toHaveLength(desk.state.tickets.length);
	}, 60_000);

	test("reads no further back than it was asked to, and open tickets first", async () => {
		for (let each = 0; each < 6; each += 1) {
			const { id } = desk.act.open(customer, { title: `Number ${each}`, group: "Users", article: message("Help") });
			if (each % 2 === 1) desk.act.change(noor, id, { state: "closed" });
			service.clock.advance(minutes(10));
		}
		const since = service.clock.time() - minutes(35);
		await connect();
		const parts: string[] = [];
		await imported({ since, progress: ({ part, read }) => parts.push(`${part} ${read}`) });
		expect(parts.map((text) => text.split(" ")[0])).toEqual(["history", "done"]);
		const views = await service.ports.store.readTickets(
			(await service.ports.store.knownSince("asked", 0, 100)).map(({ ticket }) => ({ connection: "asked", ticket })),
		);
		const oldest = Math.min(...views.flatMap(({ facts }) => facts.map(({ at }) => at)));
		expect(oldest).toBeGreaterThanOrEqual(since);
	});
});

describe("Odoo", () => {
	let desk: OdooDesk;

	beforeEach(async () => {
		desk = createOdooDesk({ now: service.clock.time, port: 0, seed: false, pace: 0 });
		await desk.listen();
		stops.push(() => desk.close());
	});

	test("an imported ledger is the one that deliveries made, changes of priority too, which our rule keeps", async () => {
		const key = desk.act.key(odooPeople.bot);
		const installKey = desk.act.key(odooPeople.admin);
		const login = odooPeople.bot;
		await connected("odoo", desk.url, { db: desk.db, login, key, installLogin: odooPeople.admin, installKey });
		const heard = async () => {
			await new Promise((resolve) => setTimeout(resolve, 60));
			service.clock.advance(seconds(5));
			await service.settle();
			service.clock.advance(minutes(3));
		};
		const [noor, lou] = odooPeople.agents;
		const id = await desk.act.mail({ from: odooPeople.customers[0] ?? "", subject: "No mail", body: "Help" });
		await heard();
		const steps = [
			() => desk.act.assign(noor ?? "", id, noor ?? ""),
			() => desk.act.stage(noor ?? "", id, "In Progress"),
			() => desk.act.priority(noor ?? "", id, "3"),
			() => desk.act.reply(noor ?? "", id, "Answer"),
			() => desk.act.stage(noor ?? "", id, "Awaiting"),
			() => desk.act.mailReply(id, { from: odooPeople.customers[0] ?? "", body: "More" }),
			() => desk.act.assign(noor ?? "", id, lou ?? ""),
			() => desk.act.note(lou ?? "", id, "Note"),
			() => desk.act.priority(lou ?? "", id, "1"),
			() => desk.act.stage(lou ?? "", id, "Done"),
			() => desk.act.stage(lou ?? "", id, "In Progress"),
		];
		for (const step of steps) {
			await step();
			await heard();
		}
		await imported();
		const isKept = (fact: Fact) => !helpdesks.odoo.forgets(fact);
		const told = await ledger("told", String(id), isKept);
		expect(told.length).toBeGreaterThan(7);
		expect(await ledger("asked", String(id), isKept)).toEqual(told);
		const labels = async (connection: string) =>
			(await ledger(connection, String(id))).flatMap((fact) => (fact.kind === "priority-changed" ? [fact.label] : []));
		expect((await labels("told")).slice(-2)).toEqual(["3", "1"]);
		expect(await labels("asked")).toEqual(await labels("told"));
	});
});
