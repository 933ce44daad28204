import type { Problem } from "@stipt/shared/wire/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ServiceError } from "../../webhook-service/src/errors.ts";
import { hmacHex } from "../../webhook-service/src/verify.ts";
import { answered, startService, type TestService } from "../support/service.ts";
import { open } from "./opened.ts";

const limit = 10 * 1024 * 1024;

describe("a delivery", () => {
	let service: TestService;
	beforeAll(async () => {
		service = await startService({ start: "2026-03-02T09:00:00+01:00" });
	});
	afterAll(() => service.stop());

	const sign = (body: string | Buffer, secret = service.hookSecret) =>
		`sha1=${hmacHex("sha1", secret, Buffer.from(body))}`;
	const post = (body: string | Buffer, headers: Record<string, string>, path = "/hooks/desk") =>
		fetch(`${service.url}${path}`, { method: "POST", body: new Uint8Array(Buffer.from(body)), headers });

	test("is kept, answered 202 with its id, and 200 the second time", async () => {
		const first = await service.deliver("a-1", "11");
		expect([first.status, await first.json()]).toEqual([202, { delivery: "a-1" }]);
		const again = await service.deliver("a-1", "11");
		expect([again.status, await again.json()]).toEqual([200, { delivery: "a-1" }]);
		await service.settle();
	});

	test("is read before what a poll has found, however much that is", async () => {
		await service.stopWorking();
		const before = service.helpdesk.reads.length;
		for (let ticket = 1000; ticket < 1100; ticket += 1) {
			const found = { connection: "desk", ticket: String(ticket), cause: "poll", receivedAt: 0 } as const;
			await service.ports.queues.add("intake", found, { id: `poll.desk.${ticket}` });
		}
		await service.deliver("a-2", "2000");
		expect((await service.ports.queues.counts()).intake.waiting).toBe(101);
		await service.startWorking();
		await service.settle();
		expect(service.helpdesk.reads[before]).toBe("2000");
		expect(service.helpdesk.reads.length).toBe(before + 101);
	});

	test("for a connection that does not exist is 404", async () => {
		expect((await post("{}", {}, "/hooks/nobody")).status).toBe(404);
	});

	test("that is not signed with our secret is 401, with one same body for every reason", async () => {
		const body = '{"ticket":{"id":12}}';
		const right = sign(body);
		const wrong = [
			{},
			{ "x-hub-signature": "" },
			{ "x-hub-signature": right.slice(0, -1) },
			{ "x-hub-signature": `${right.slice(0, -1)}${right.endsWith("0") ? "1" : "0"}` },
			{ "x-hub-signature": sign(body, "another secret") },
			{ "x-hub-signature": right.replace("sha1=", "sha256=") },
		];
		const answers = await Promise.all(wrong.map((headers) => post(body, headers as Record<string, string>)));
		expect(answers.map(({ status }) => status)).toEqual(wrong.map(() => 401));
		expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
		expect((await post(`${body} `, { "x-hub-signature": right })).status).toBe(401);
	});

	test("signed with the secret that is being replaced still passes", async () => {
		const { ports, connection } = service;
		await ports.store.saveConnection({ ...connection, hookSecrets: ["new secret", service.hookSecret] });
		service.clock.advance(3000);
		const body = '{"ticket":{"id":13}}';
		expect((await post(body, { "x-hub-signature": sign(body), "x-zammad-delivery": "r-1" })).status).toBe(202);
		const renewed = { "x-hub-signature": sign(body, "new secret"), "x-zammad-delivery": "r-2" };
		expect((await post(body, renewed)).status).toBe(202);
		await ports.store.saveConnection(connection);
		service.clock.advance(3000);
	});

	test("that is no JSON, JSON of another shape, or no UTF-8 is 422 and says what was expected", async () => {
		for (const body of ["not json", "[]", '{"ticket":{}}', "null", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])]) {
			const answer = await post(body, { "x-hub-signature": sign(body) });
			expect(answer.status).toBe(422);
			expect((await answered<Problem>(answer)).detail).toContain("Expected");
		}
	});

	test("of 10 MB is taken, and one byte more is 413", async () => {
		const start = '{"ticket":{"id":14},"x":"';
		const body = `${start}${"x".repeat(limit - start.length - 2)}"}`;
		expect(body.length).toBe(limit);
		expect((await post(body, { "x-hub-signature": sign(body), "x-zammad-delivery": "big" })).status).toBe(202);
		expect((await post(`${body} `, { "x-hub-signature": sign(`${body} `) })).status).toBe(413);
		await service.settle();
	});

	test("for a ticket that is gone by the time it is read leaves a trouble that a person sees", async () => {
		await service.deliver("gone-1", "15");
		await service.settle();
		const troubles = await service.ports.store.troubles(50);
		expect(troubles.some(({ ticket, what }) => ticket === "15" && what.includes("no such ticket"))).toBe(true);
	});

	test("for a ticket that was deleted since ends its clocks", async () => {
		await open(service, "16", { at: "2026-03-02T09:00:00+01:00" });
		service.helpdesk.remove("16");
		await service.deliver("gone-2", "16");
		await service.settle();
		const view = await service.view("16");
		expect(view.state).toBe("deleted");
		expect(new Set(view.clocks.map(({ state }) => state))).toEqual(new Set(["cancelled"]));
	});

	test("that arrives after the helpdesk was disconnected is recorded and forgotten", async () => {
		await service.stopWorking();
		await service.deliver("late-1", "17");
		await service.ports.store.removeConnection("desk");
		service.clock.advance(3000);
		await service.startWorking();
		await service.settle();
		const troubles = await service.ports.store.troubles(50);
		expect(troubles.some(({ ticket, what }) => ticket === "17" && what.includes("not connected any more"))).toBe(true);
		await service.ports.store.saveConnection(service.connection);
		service.clock.advance(3000);
	});

	test("never logs the secret, the token or the body", async () => {
		const body = '{"ticket":{"id":18},"body":"a very private text"}';
		await post(body, { "x-hub-signature": sign(body), "x-zammad-delivery": "private" });
		await service.api("/api/v1/me");
		await service.settle();
		const log = service.log.join("");
		for (const secret of [service.hookSecret, service.token, "a very private text"]) expect(log).not.toContain(secret);
	});

	test.each([
		["401", new ServiceError("denied", "GET https://desk.example: answered 401")],
		["403", new ServiceError("denied", "GET https://desk.example: answered 403")],
		["422", new ServiceError("refused", "GET https://desk.example: answered 422")],
		["429", new ServiceError("busy", "GET https://desk.example: answered 429", { retryAfterMs: 50 })],
		["500", new ServiceError("unreachable", "GET https://desk.example: answered 500")],
		["nothing", new ServiceError("unreachable", "GET https://desk.example: no answer in time")],
	])(
		"when the helpdesk answers %s the ticket says it is unsure, and what was missed comes in later",
		async (name, error) => {
			const ticket = `3${name.length}${name.charCodeAt(1)}${name.charCodeAt(2)}`;
			const view = () => service.view(ticket);
			await open(service, ticket, { at: "2026-03-02T09:00:00+01:00" });
			service.helpdesk.fail(error);
			await service.deliver(`failing-${name}`, ticket);
			await expect
				.poll(async () => (await view()).confidence, { timeout: 5000 })
				.toMatchObject({ reason: "not-read-back" });
			expect((await service.ports.store.readHealth("desk")).failure?.message).toBe(error.message);
			service.helpdesk.fail(null);
			service.clock.advance(1000);
			const at = new Date(service.clock.time()).toISOString();
			service.helpdesk.happen(ticket, { kind: "owner-changed", owner: "4", by: { kind: "agent" }, at });
			await service.reconcile();
			const { owner, confidence } = await view();
			expect([owner, confidence.level]).toEqual(["4", "fresh"]);
		},
	);
});
