import { Redis } from "ioredis";
import { afterEach, describe, expect, test } from "vitest";
import { rebuildAll, rebuildTicket } from "../../webhook-service/src/pipeline/rebuild.ts";
import { hours, minutes } from "../support/moved-clock.ts";
import { startService, type TestService } from "../support/service.ts";
import { agent, answer, open, told } from "./opened.ts";

const nine = "2026-03-02T09:00:00+01:00";
let service: TestService;

afterEach(() => service.stop());

const options = { since: null, rate: 10_000, fresh: true, progress: () => {} };

/** Everything of tickets is gone; connections and policies were set up again. */
async function forgetTickets({ redisUrl, prefix }: TestService): Promise<number> {
	const redis = new Redis(redisUrl);
	const keys = (await redis.keys(`${prefix}*`)).filter((key) =>
		/:(\{|wakes|open:|known:|alert:|delivery:|health:|counters:|import:)/.test(key),
	);
	const queues = await redis.keys(`${prefix}-queue*`);
	await redis.del(...keys, ...queues);
	redis.disconnect();
	return keys.length;
}

/** What agents see of a ticket, but for how it was counted here. */
async function shown(ticket: string) {
	const { revision: _revision, asOf: _asOf, confidence: _confidence, ...view } = await service.view(ticket);
	return view;
}

async function story(): Promise<void> {
	service = await startService({ start: nine });
	await open(service, "1", { at: nine });
	await open(service, "2", { at: nine, priority: "3 high" });
	await open(service, "3", { at: nine });
	await service.advance(minutes(10));
	await answer(service, "3", new Date(service.clock.time()).toISOString());
	await service.api("/api/v1/tickets/desk/1/priority", {
		method: "PUT",
		body: JSON.stringify({ impact: "high", urgency: "high" }),
	});
	await service.settle();
	await service.advance(hours(3));
	const [alert] = (await service.ports.store.ticketAlerts({ connection: "desk", ticket: "1" })).slice(-1);
	const nextPromise = new Date(service.clock.time() + hours(1)).toISOString();
	await service.api(`/api/v1/alerts/${alert?.id}/ack`, { method: "POST", body: JSON.stringify({ nextPromise }) });
	await service.settle();
}

describe("after everything of tickets was lost", () => {
	test("a rebuild has the same clocks, choices, acknowledgements and alarms, and repeats no alert", async () => {
		await story();
		const before = await Promise.all(["1", "2", "3"].map(shown));
		const sent = told(service);
		expect(sent.length).toBeGreaterThan(1);
		expect(before[0]?.escalation?.acknowledgedBy).toBe("Anna");
		await service.stopWorking();
		expect(await forgetTickets(service)).toBeGreaterThan(5);
		await service.startWorking();
		const { progress, rebuilt } = await rebuildAll("desk", options, service.ports);
		await service.settle();
		expect(progress).toMatchObject({ part: "done", read: 3, failed: 0 });
		expect(rebuilt.own).toBeGreaterThanOrEqual(2);
		expect(rebuilt.alerts).toBeGreaterThan(0);
		expect(await Promise.all(["1", "2", "3"].map(shown))).toEqual(before);
		await service.advance(0);
		expect(told(service)).toEqual(sent);
		const wakes = await service.ports.store.wakeSummary();
		expect(wakes.count).toBe(3);
		await service.advance(hours(1) + minutes(1));
		expect(
			told(service)
				.slice(sent.length)
				.some((line) => line.startsWith("1 ")),
		).toBe(true);
	});

	test("a delivery that comes before the rebuild finds the notes by itself", async () => {
		await story();
		const before = await shown("1");
		await service.stopWorking();
		await forgetTickets(service);
		await service.startWorking();
		await service.deliver("after-the-loss", "1");
		await service.settle();
		expect((await shown("1")).escalation).toEqual(before.escalation);
		expect((await shown("1")).clocks).toEqual(before.clocks);
	});

	test("an acknowledgement link in a mail still finds its alert", async () => {
		await story();
		const [alert] = (await service.ports.store.ticketAlerts({ connection: "desk", ticket: "1" })).slice(-1);
		await service.stopWorking();
		await forgetTickets(service);
		await service.startWorking();
		await rebuildTicket({ connection: "desk", ticket: "1" }, service.ports);
		const kept = await service.ports.store.readAlert(alert?.id ?? "");
		expect(kept).toMatchObject({ goal: alert?.goal, rung: alert?.rung, owedAt: alert?.owedAt });
		expect(kept?.acknowledged?.by).toBe("Anna");
	});
});

describe("a step that leaves no note", () => {
	test("and was owed after alerts last went out is sent after the rebuild, and is not taken for sent", async () => {
		service = await startService({ start: nine });
		await open(service, "1", { at: nine });
		const lostAt = service.clock.time();
		await service.stopWorking();
		await forgetTickets(service);
		service.clock.advance(hours(1));
		await service.startWorking();
		const { rebuilt } = await rebuildAll("desk", { ...options, toldUntil: lostAt }, service.ports);
		await service.settle();
		expect(rebuilt.presumed).toBe(0);
		expect(told(service)).toEqual(["1 Team lead: first-response warning"]);
	});
});

describe("one ticket", () => {
	test("that is rebuilt keeps what was done here, and loses what its helpdesk no longer says", async () => {
		await story();
		const ref = { connection: "desk", ticket: "1" };
		const before = await shown("1");
		const at = Date.parse(nine);
		const stray = { id: "x-1", kind: "owner-changed", owner: "9", by: agent, at, seenAt: at } as const;
		await service.ports.store.appendFacts(ref, [stray]);
		await rebuildTicket(ref, service.ports);
		await service.settle();
		expect((await service.ports.store.readTicket(ref)).facts.some(({ id }) => id === "x-1")).toBe(false);
		expect(await shown("1")).toEqual(before);
	});
});
