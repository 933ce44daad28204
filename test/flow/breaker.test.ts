import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ServiceError } from "../../webhook-service/src/errors.ts";
import { createLog } from "../../webhook-service/src/log.ts";
import { type Breaker, createBreaker } from "../../webhook-service/src/pipeline/breaker.ts";
import { createThrottle } from "../../webhook-service/src/pipeline/throttle.ts";
import { movedClock, seconds } from "../support/moved-clock.ts";
import { startService, type TestService } from "../support/service.ts";
import { open } from "./opened.ts";

const nine = "2026-03-02T09:00:00+01:00";
const log = createLog("silent");

describe("a circuit", () => {
	let service: TestService;
	beforeAll(async () => {
		service = await startService({ start: nine });
	});
	afterAll(() => service.stop());

	const failing = () => Promise.reject(new ServiceError("unreachable", "no answer in time"));
	const tripped = async (breaker: Breaker, id: string) => {
		for (let failure = 0; failure < 5; failure += 1) await expect(breaker.run(id, failing)).rejects.toThrow();
	};
	const made = () => {
		const clock = movedClock(nine);
		return { clock, breaker: createBreaker({ store: service.ports.store, time: clock.time, log }) };
	};

	test("opens after five failures in a row: then nobody asks, and is told when to come again", async () => {
		const { breaker } = made();
		await tripped(breaker, "a");
		let asked = 0;
		const error: unknown = await breaker
			.run("a", async () => {
				asked += 1;
			})
			.catch((thrown: unknown) => thrown);
		expect(asked).toBe(0);
		expect(error).toMatchObject({ kind: "busy", message: "no answer in time" });
		expect((error as ServiceError).retryAfterMs).toBeGreaterThan(0);
		expect((await service.ports.store.readHealth("a")).breaker).toMatchObject({ failures: 5 });
	});

	test("of one connection keeps no other waiting", async () => {
		const { breaker } = made();
		await tripped(breaker, "b");
		expect(await breaker.run("c", async () => "at once")).toBe("at once");
	});

	test("lets one try after the rest, waits twice as long when it fails, and closes when it is answered", async () => {
		const { breaker, clock } = made();
		await tripped(breaker, "d");
		clock.advance(seconds(2));
		let trials = 0;
		const trial = async () => {
			trials += 1;
			return failing();
		};
		await Promise.allSettled([breaker.run("d", trial), breaker.run("d", trial), breaker.run("d", trial)]);
		expect(trials).toBe(1);
		const openUntil = async () => (await service.ports.store.readHealth("d")).breaker?.openUntil ?? 0;
		await expect.poll(openUntil).toBeGreaterThan(clock.time() + seconds(2) - 1);
		clock.advance(seconds(4));
		expect(await breaker.run("d", async () => "back")).toBe("back");
		expect(await breaker.run("d", async () => "again")).toBe("again");
		await expect.poll(async () => (await service.ports.store.readHealth("d")).breaker).toBeNull();
	});

	test("a crowd that fails together opens it once: its last ones make the rest no longer", async () => {
		const { breaker, clock } = made();
		const leave: (() => void)[] = [];
		const hanging = Array.from({ length: 10 }, () =>
			breaker.run("crowd", () => new Promise((_, no) => leave.push(() => no(new ServiceError("unreachable", "late"))))),
		);
		clock.advance(seconds(15));
		for (const each of leave) each();
		await Promise.allSettled(hanging);
		clock.advance(seconds(2));
		expect(await breaker.run("crowd", async () => "tried")).toBe("tried");
	});

	test("never rests longer than a minute by itself, and jitters so that not all come back at once", async () => {
		const rests = new Set<number>();
		for (let each = 0; each < 5; each += 1) {
			const { breaker, clock } = made();
			for (let failure = 0; failure < 14; failure += 1) {
				await breaker.run("e", failing).catch(() => undefined);
				clock.advance(seconds(60));
			}
			await breaker.run("e", failing).catch(() => undefined);
			await new Promise((resolve) => setTimeout(resolve, 20));
			const rest = ((await service.ports.store.readHealth("e")).breaker?.openUntil ?? 0) - clock.time();
			expect(rest).toBeGreaterThanOrEqual(seconds(30));
			expect(rest).toBeLessThanOrEqual(seconds(60));
			rests.add(rest);
		}
		expect(rests.size).toBeGreaterThan(1);
	});

	test("opens at once for as long as the helpdesk asks for, be it longer", async () => {
		const { breaker, clock } = made();
		const limited = () => Promise.reject(new ServiceError("busy", "answered 429", { retryAfterMs: 120_000 }));
		await expect(breaker.run("f", limited)).rejects.toThrow("429");
		clock.advance(seconds(119));
		await expect(breaker.run("f", async () => "too early")).rejects.toThrow("429");
		clock.advance(seconds(1));
		expect(await breaker.run("f", async () => "in time")).toBe("in time");
	});

	test("counts a refusal as an answer", async () => {
		const { breaker } = made();
		for (let each = 0; each < 20; each += 1) {
			const refused = () => Promise.reject(new ServiceError("refused", "answered 422"));
			await expect(breaker.run("g", refused)).rejects.toThrow("422");
		}
		expect(await breaker.run("g", async () => "asked")).toBe("asked");
	});
});

describe("a helpdesk that is down", () => {
	test("is left alone after five tries; tickets wait and are all read when it is back", async () => {
		const service = await startService({ start: nine });
		try {
			const tickets = ["1", "2", "3", "4", "5", "6", "7", "8"];
			for (const ticket of tickets) {
				service.helpdesk.happen(ticket, { kind: "opened", channel: "portal", by: { kind: "customer" }, at: nine });
			}
			service.helpdesk.fail(new ServiceError("unreachable", "no answer in time"));
			for (const ticket of tickets) await service.deliver(`down-${ticket}`, ticket);
			const isOpen = async () => (await service.ports.store.readHealth("desk")).breaker !== null;
			await expect.poll(isOpen, { timeout: 5000 }).toBe(true);
			const asked = service.helpdesk.reads.length;
			await service.deliver("down-9", "1");
			await new Promise((resolve) => setTimeout(resolve, 300));
			expect(service.helpdesk.reads.length - asked).toBeLessThanOrEqual(2);
			service.helpdesk.fail(null);
			service.clock.advance(seconds(61));
			await service.settle();
			const answers = await Promise.all(tickets.map((ticket) => service.api(`/api/v1/tickets/desk/${ticket}`)));
			expect(answers.map(({ status }) => status)).toEqual(tickets.map(() => 200));
		} finally {
			await service.stop();
		}
	});

	test("and has begun to be slow has at most ten places in a worker that does more at once", async () => {
		const service = await startService({ start: nine });
		try {
			await open(service, "1", { at: nine });
			const { connections } = service.ports;
			for (let quick = 0; quick < 60; quick += 1) connections.enter("slow")?.();
			const leaves = Array.from({ length: 10 }, () => connections.enter("slow"));
			expect(leaves.every((leave) => leave !== null)).toBe(true);
			expect(connections.enter("slow")).toBeNull();
			expect(connections.enter("desk")).not.toBeNull();
			leaves[0]?.();
			expect(connections.enter("slow")).not.toBeNull();
		} finally {
			await service.stop();
		}
	});
});

describe("a throttle", () => {
	test("begins no more requests a second than it is told, whoever makes them", async () => {
		const times: number[] = [];
		const throttle = createThrottle(50);
		const call = throttle.wrap(async () => {
			times.push(performance.now());
			return { status: 200, headers: {}, body: null };
		});
		await Promise.all(Array.from({ length: 26 }, () => call({ method: "GET", url: "http://desk.example" })));
		expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(480);
		expect(throttle.begun()).toBe(26);
	});
});
