import { Queue } from "bullmq";
import { afterEach, describe, expect, test } from "vitest";
import { ServiceError } from "../../webhook-service/src/errors.ts";
import { hours, minutes } from "../support/moved-clock.ts";
import { type RedisServer, startRedis } from "../support/redis-server.ts";
import { startService, type TestService } from "../support/service.ts";
import { open, told } from "./opened.ts";

const nine = "2026-03-02T09:00:00+01:00";
let service: TestService;
let redis: RedisServer | null = null;

afterEach(async () => {
	await service.stop();
	await redis?.stop();
	redis = null;
});

describe("Redis", () => {
	test("away: 503 with Retry-After within 1.5 s; back: what was accepted is done, what was refused is taken", async () => {
		redis = await startRedis({ appendonly: true });
		service = await startService({ start: nine, redisUrl: redis.url });
		await open(service, "1", { at: nine });
		await service.stopWorking();
		const before = service.helpdesk.reads.length;
		expect((await service.deliver("kept", "1")).status).toBe(202);
		await redis.kill();
		const asked = performance.now();
		const refused = await service.deliver("refused", "1");
		expect(performance.now() - asked).toBeLessThan(1500);
		expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([503, true]);
		expect((await fetch(`${service.url}/health`)).status).toBe(200);
		expect((await fetch(`${service.url}/ready`)).status).toBe(503);
		await redis.restart();
		await expect.poll(async () => (await service.deliver("refused", "1")).status, { timeout: 10_000 }).toBe(202);
		await service.startWorking();
		await service.settle();
		expect(service.helpdesk.reads.length).toBe(before + 2);
		expect((await service.api("/api/v1/tickets/desk/1")).status).toBe(200);
	});
});

describe("a worker", () => {
	test("that dies after sending and before recording sends again, recognisably, and records once", async () => {
		service = await startService({ start: nine });
		await open(service, "1", { at: nine });
		service.channel.onSent(() => {
			service.channel.onSent(null);
			throw new ServiceError("unreachable", "The worker is gone.");
		});
		await service.advance(hours(1));
		const keys = service.channel.sent.map(({ key, possiblyRepeated }) => [key, possiblyRepeated]);
		expect(keys).toEqual([
			[keys[0]?.[0], false],
			[keys[0]?.[0], true],
		]);
		const { facts } = await service.ports.store.readTicket({ connection: "desk", ticket: "1" });
		expect(facts.filter(({ kind }) => kind === "alerted")).toHaveLength(1);
	});

	test("beside another one does everything once", async () => {
		service = await startService({ start: nine, workers: 2 });
		const tickets = Array.from({ length: 20 }, (_, index) => String(index + 1));
		for (const ticket of tickets) await open(service, ticket, { at: nine });
		await service.advance(hours(1));
		expect([...told(service)].sort()).toEqual(
			tickets.map((ticket) => `${ticket} Team lead: first-response warning`).sort(),
		);
		await service.advance(hours(1) + 1);
		expect(told(service)).toHaveLength(40);
		expect(tickets.map((ticket) => service.helpdesk.notes(ticket).length)).toEqual(tickets.map(() => 1));
	});
});

describe("an alarm", () => {
	test("wakes a ticket by itself, without the sweep", async () => {
		service = await startService({ start: "2026-03-02T09:59:59.700+01:00" });
		await open(service, "1", { at: nine });
		service.clock.advance(400);
		await expect.poll(() => told(service), { timeout: 3000 }).toEqual(["1 Team lead: first-response warning"]);
	});

	test("that was lost is made up for by the sweep", async () => {
		service = await startService({ start: nine });
		await open(service, "1", { at: nine });
		const alarms = new Queue("alarm", { connection: { url: service.redisUrl }, prefix: `${service.prefix}-queue` });
		await alarms.obliterate({ force: true });
		await alarms.close();
		await service.advance(hours(1));
		expect(told(service)).toEqual(["1 Team lead: first-response warning"]);
	});

	test("of an older revision does nothing", async () => {
		service = await startService({ start: nine });
		await open(service, "1", { at: nine });
		const ref = { connection: "desk", ticket: "1" };
		const wake = await service.ports.store.readWake(ref);
		await service.ports.queues.add("alarm", { ...ref, wakeAt: (wake?.wakeAt ?? 0) - 1, revision: 0 }, { id: "old" });
		const before = service.log.length;
		await service.settle();
		expect(service.log.slice(before).filter((line) => line.includes('"decided"'))).toEqual([]);
	});
});

describe("the clock", () => {
	test("that jumps back and forth says nothing twice", async () => {
		service = await startService({ start: nine });
		await open(service, "1", { at: nine });
		await service.advance(hours(1));
		service.clock.advance(-hours(1));
		await service.advance(minutes(1));
		service.clock.advance(hours(1));
		await service.advance(0);
		expect(told(service)).toEqual(["1 Team lead: first-response warning"]);
	});
});

describe("a mail server", () => {
	test("that refuses for good is a trouble that a person sees, and the ladder climbs on", async () => {
		service = await startService({ start: nine });
		await open(service, "1", { at: nine });
		service.channel.fail(new ServiceError("refused", "SMTP mail.example: 550 no such user"));
		await service.advance(hours(2) + 1);
		service.channel.fail(null);
		expect((await service.ports.store.troubles(5)).map(({ what }) => what).join()).toContain("550");
		expect(service.helpdesk.notes("1")).toHaveLength(1);
		await service.advance(minutes(30));
		expect(told(service)).toEqual(["1 Manager: first-response escalation"]);
	});

	test("that is away for a while gets the alert when it is back", async () => {
		service = await startService({ start: nine });
		await open(service, "1", { at: nine });
		service.channel.fail(new ServiceError("unreachable", "SMTP mail.example: ECONNREFUSED"));
		service.clock.advance(hours(1));
		const waiting = service.advance(0);
		await new Promise((resolve) => setTimeout(resolve, 100));
		service.channel.fail(null);
		await waiting;
		expect(told(service)).toEqual(["1 Team lead: first-response warning"]);
	});
});
