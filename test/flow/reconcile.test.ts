import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { normalise } from "../../webhook-service/src/pipeline/normalise.ts";
import { reconcile, reconcileDue } from "../../webhook-service/src/pipeline/reconcile.ts";
import { minutes, seconds } from "../support/moved-clock.ts";
import { startService, type TestService } from "../support/service.ts";
import { agent, open } from "./opened.ts";

const nine = "2026-03-02T09:00:00+01:00";
let service: TestService;

beforeEach(async () => {
	service = await startService({ start: nine });
	await open(service, "1", { at: nine });
	await service.reconcile();
});
afterEach(() => service.stop());

const nowText = () => new Date(service.clock.time()).toISOString();
const health = () => service.ports.store.readHealth("desk");
const counts = () => service.ports.store.counts("desk");
/** Somebody takes a ticket, a moment later, and no delivery says so. */
const taken = (ticket: string, owner: string) => {
	service.clock.advance(seconds(5));
	service.helpdesk.happen(ticket, { kind: "owner-changed", owner, by: agent, at: nowText() });
};

describe("a change that no delivery told of", () => {
	test("is found, dated as it happened, counted, and shown as a gap until the next poll finds nothing", async () => {
		taken("1", "4");
		const at = nowText();
		service.clock.advance(minutes(2));
		await service.reconcile();
		const { facts } = await service.ports.store.readTicket({ connection: "desk", ticket: "1" });
		expect(facts.filter(({ kind }) => kind === "owner-changed").map((fact) => fact.at)).toEqual([Date.parse(at)]);
		expect(await counts()).toMatchObject({ "lost-tickets": 1, "lost-facts": 1 });
		expect((await health()).gap).toMatchObject({ since: Date.parse(at), tickets: 1, closedAt: null });
		await service.reconcile();
		expect((await health()).gap?.closedAt).toBe(service.clock.time());
	});

	test("makes its ticket unsure, and no other, until it was read", async () => {
		await open(service, "2", { at: nine });
		taken("1", "4");
		const at = nowText();
		service.clock.advance(minutes(2));
		await service.stopWorking();
		await reconcile(service.ports);
		expect((await service.view("1")).confidence).toEqual({ level: "unsure", reason: "gap", since: at });
		expect((await service.view("2")).confidence.level).toBe("fresh");
		await service.startWorking();
		await service.settle();
		expect((await service.view("1")).confidence.level).toBe("fresh");
	});

	test("stays a gap while one of its tickets is still to be read", async () => {
		await open(service, "2", { at: nine });
		await service.stopWorking();
		taken("1", "4");
		const at = nowText();
		service.clock.advance(minutes(10));
		taken("2", "4");
		service.clock.advance(minutes(1));
		await reconcile(service.ports);
		await normalise({ connection: "desk", ticket: "2" }, service.ports);
		service.clock.advance(seconds(10));
		await reconcile(service.ports);
		expect((await health()).gap).toMatchObject({ since: Date.parse(at), tickets: 2, closedAt: null });
		await service.startWorking();
		await service.settle();
		await reconcile(service.ports);
		expect((await health()).gap).toMatchObject({ tickets: 2, closedAt: service.clock.time() });
	});

	test("is closed too when a ticket of it is gone by then", async () => {
		await service.stopWorking();
		taken("1", "4");
		service.clock.advance(minutes(10));
		await reconcile(service.ports);
		service.helpdesk.remove("1");
		await service.startWorking();
		await service.settle();
		await service.reconcile();
		expect((await health()).gap).toMatchObject({ tickets: 1, closedAt: service.clock.time() });
	});

	test("is no loss while its delivery may be under way", async () => {
		taken("1", "4");
		service.clock.advance(seconds(20));
		await service.reconcile();
		expect((await service.view("1")).owner).toBe("4");
		expect(await counts()).not.toHaveProperty("lost-facts");
		expect((await health()).gap).toBeNull();
	});

	test("of a ticket that was never heard of is found too", async () => {
		service.clock.advance(minutes(1));
		service.helpdesk.happen("7", { kind: "opened", channel: "email", by: { kind: "customer" }, at: nowText() });
		service.clock.advance(minutes(2));
		await service.reconcile();
		expect((await service.view("7")).channel).toBe("email");
		expect(await counts()).toMatchObject({ "lost-tickets": 1 });
	});
});

describe("the interval", () => {
	const polled = async () => (await counts()).polls ?? 0;

	test("is a minute when nothing happens, and ten seconds after a gap", async () => {
		const before = await polled();
		service.clock.advance(seconds(59));
		await reconcileDue(service.ports);
		expect(await polled()).toBe(before);
		service.clock.advance(seconds(1));
		await reconcileDue(service.ports);
		expect(await polled()).toBe(before + 1);
		taken("1", "4");
		service.clock.advance(minutes(2));
		await service.reconcile();
		expect((await health()).nextPollAt).toBe(service.clock.time() + seconds(10));
		service.clock.advance(seconds(10));
		await reconcileDue(service.ports);
		expect((await health()).gap?.closedAt).toBe(service.clock.time());
		service.clock.advance(minutes(11));
		await service.reconcile();
		expect((await health()).nextPollAt).toBe(service.clock.time() + minutes(1));
	});

	test("without any poll a timer says since when it is stale", async () => {
		const { polledAt } = await health();
		service.clock.advance(minutes(6));
		const since = new Date(polledAt ?? 0).toISOString();
		expect((await service.view("1")).confidence).toEqual({ level: "stale", reason: "no-contact", since });
		await service.reconcile();
		expect((await service.view("1")).confidence.level).toBe("fresh");
	});
});

describe("a ticket that was deleted without a word", () => {
	test("is found among the open ones, and its clocks end", async () => {
		service.clock.advance(minutes(10));
		service.helpdesk.remove("1");
		await service.reconcile();
		const view = await service.view("1");
		expect([view.state, ...new Set(view.clocks.map(({ state }) => state))]).toEqual(["deleted", "cancelled"]);
	});
});

describe("a helpdesk that was restored from a backup", () => {
	test("is recognised and said; the ledgers are what it says now, with what was done through us", async () => {
		const saved = service.helpdesk.backup();
		service.clock.advance(minutes(3));
		await service.happen("1", { kind: "owner-changed", owner: "4", by: agent, at: nowText() });
		await service.api("/api/v1/tickets/desk/1/priority", {
			method: "PUT",
			body: JSON.stringify({ impact: "high", urgency: "high" }),
		});
		await service.settle();
		await open(service, "2", { at: nowText() });
		service.clock.advance(minutes(1));
		await service.reconcile();
		service.helpdesk.restore(saved);
		service.clock.advance(minutes(1));
		await service.reconcile();
		await service.reconcile();
		const { facts, doubt } = await service.ports.store.readTicket({ connection: "desk", ticket: "1" });
		expect(facts.some(({ kind }) => kind === "owner-changed")).toBe(false);
		expect(facts.some(({ kind }) => kind === "classified")).toBe(true);
		expect(["restored", undefined]).toContain(doubt?.reason);
		expect((await service.view("2")).state).toBe("deleted");
		expect((await health()).restored).toMatchObject({ ticket: "1" });
		expect((await service.ports.store.troubles(20)).map(({ what }) => what).join()).toContain("went back in time");
		expect(await counts()).toMatchObject({ restored: 1 });
	});

	test("gives a number to another ticket: nothing of the former one is left in it", async () => {
		const saved = service.helpdesk.backup();
		service.clock.advance(minutes(3));
		await open(service, "2", { at: nowText() });
		await service.happen("2", { kind: "owner-changed", owner: "4", by: agent, at: nowText() });
		service.helpdesk.restore(saved);
		service.clock.advance(minutes(5));
		await open(service, "2", { at: nowText(), group: "Users" });
		const { facts } = await service.ports.store.readTicket({ connection: "desk", ticket: "2" });
		expect(facts.filter(({ kind }) => kind === "opened").map(({ at }) => at)).toEqual([service.clock.time()]);
		expect(facts.some(({ kind }) => kind === "owner-changed")).toBe(false);
	});
});
