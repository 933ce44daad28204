import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ServiceError } from "../../webhook-service/src/errors.ts";
import { traceAddress, tracesIn } from "../../webhook-service/src/pipeline/trace.ts";
import { hmacHex } from "../../webhook-service/src/verify.ts";
import { bot, closeAll, customer, startDesk, story } from "../desks/starting.ts";
import type { ZammadDesk } from "../desks/zammad/desk.ts";
import { minutes } from "../support/moved-clock.ts";
import { startService, type TestService } from "../support/service.ts";
import { open } from "./opened.ts";

const nine = "2026-03-02T09:00:00+01:00";
const otherSecret = "hook-secret-of-the-other-connection";

describe("two connections in one service", () => {
	let service: TestService;
	let desk: ZammadDesk;
	let token: string;

	beforeAll(async () => {
		service = await startService({ start: nine });
		desk = await startDesk({ now: () => service.clock.time() });
		token = desk.act.token(bot, ["ticket.agent"]);
		const other = { id: "other", adapter: "real-zammad", url: desk.url, hookSecrets: [otherSecret] };
		await service.ports.store.saveConnection({ ...service.connection, ...other, settings: { token } });
		// Both have a ticket 1, and neither knows of the other's.
		await open(service, "1", { at: nine });
		desk.act.open(customer, story);
		expect((await post("other", otherSecret)).status).toBe(202);
		await service.settle();
	});
	afterAll(async () => {
		await service.stop();
		await closeAll();
	});

	const post = (connection: string, secret: string) => {
		const body = JSON.stringify({ ticket: { id: 1 } });
		const headers = {
			"x-hub-signature": `sha1=${hmacHex("sha1", secret, Buffer.from(body))}`,
			"x-zammad-delivery": randomUUID(),
		};
		return fetch(`${service.url}/hooks/${connection}`, { method: "POST", headers, body });
	};
	const ledger = async (connection: string) => service.ports.store.readTicket({ connection, ticket: "1" });

	test("the secret of one opens no other", async () => {
		expect((await post("other", service.hookSecret)).status).toBe(401);
		expect((await post("desk", otherSecret)).status).toBe(401);
	});

	test("tickets of one number are two tickets", async () => {
		const [here, there] = [await ledger("desk"), await ledger("other")];
		expect(here.snapshot?.url).toContain("https://desk.example/");
		expect(there.snapshot?.url).toContain(desk.url);
		const ids = new Set(here.facts.map(({ id }) => id));
		expect(there.facts.filter(({ id }) => ids.has(id))).toEqual([]);
		expect(there.facts.length).toBeGreaterThan(0);
	});

	test("what is chosen for one is written there, and nowhere else", async () => {
		service.clock.advance(minutes(1));
		const choice = { method: "PUT", body: JSON.stringify({ impact: "high", urgency: "high" }) };
		expect((await service.api("/api/v1/tickets/desk/1/priority", choice)).status).toBe(200);
		await service.settle();
		expect(service.helpdesk.writes.map(({ write }) => write.kind)).toContain("set-priority");
		expect(desk.state.tickets[0]?.priority_id).toBe(2);
		expect((await ledger("other")).facts.some(({ kind }) => kind === "classified")).toBe(false);
	});

	test("what a note of one carries is not taken for a ticket of the other", async () => {
		const { facts } = await ledger("desk");
		const from = { connection: "desk", ticket: "1" };
		const html = `<a href="${traceAddress("http://stipt.example", from, { facts, alerts: [] })}">x</a>`;
		const notes = [{ html, at: service.clock.time() }];
		expect(tracesIn(from, notes).facts.length).toBeGreaterThan(0);
		expect(tracesIn({ connection: "other", ticket: "1" }, notes)).toEqual({ facts: [], alerts: [] });
	});

	test("the failure of one leaves the other's timers, health and words alone", async () => {
		service.helpdesk.fail(new ServiceError("unreachable", "words of the failing desk"));
		service.clock.advance(minutes(1));
		desk.act.change(customer, 1, { priority: "3 high" });
		expect((await post("desk", service.hookSecret)).status).toBe(202);
		expect((await post("other", otherSecret)).status).toBe(202);
		// The failing one is tried again for long: nobody waits for that.
		const within = { timeout: 10_000 };
		await expect.poll(async () => (await ledger("other")).snapshot?.priorityLabel, within).toBe("3 high");
		await expect.poll(async () => (await ledger("desk")).doubt, within).not.toBeNull();
		expect((await ledger("other")).doubt).toBeNull();
		expect((await ledger("desk")).doubt).toMatchObject({ reason: "not-read-back" });
		const health = await Promise.all(["desk", "other"].map((id) => service.ports.store.readHealth(id)));
		expect(health[0]?.failure?.message).toContain("words of the failing desk");
		expect([health[1]?.failure, health[1]?.breaker]).toEqual([null, null]);
		const troubles = await service.ports.store.troubles(50);
		expect(troubles.filter(({ connection }) => connection === "other")).toEqual([]);
		service.helpdesk.fail(null);
		service.clock.advance(minutes(5));
		await service.settle();
	});

	test("neither's secrets stand in a log, in a trouble, or in clear in the store", async () => {
		const redis = new Redis(service.redisUrl);
		const keys = await redis.keys(`${service.prefix}*`);
		const dumps = await Promise.all(
			keys.map(async (key) => {
				const type = await redis.type(key);
				if (type === "hash") return JSON.stringify(await redis.hgetall(key));
				if (type === "string") return (await redis.get(key)) ?? "";
				if (type === "list") return (await redis.lrange(key, 0, -1)).join();
				return type === "zset" ? (await redis.zrange(key, "0", "-1")).join() : "";
			}),
		);
		redis.disconnect();
		expect(dumps.join()).toContain(desk.url);
		const said = [...service.log, ...dumps, JSON.stringify(await service.ports.store.troubles(50))].join();
		for (const secret of [token, otherSecret, service.hookSecret]) expect(said).not.toContain(secret);
	});
});
