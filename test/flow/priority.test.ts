import { readFile } from "node:fs/promises";
import type { Me, Preview, Problem, TicketList, TicketView } from "@stipt/shared/wire/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ServiceError } from "../../webhook-service/src/errors.ts";
import { answered, startService, type TestService } from "../support/service.ts";
import { open } from "./opened.ts";

describe("the priority of a ticket", () => {
	let service: TestService;
	beforeEach(async () => {
		service = await startService({ start: "2026-03-02T09:00:00+01:00" });
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
	});
	afterEach(() => service.stop());

	const choose = (choice: Record<string, string>, ticket = "1") =>
		service.api(`/api/v1/tickets/desk/${ticket}/priority`, { method: "PUT", body: JSON.stringify(choice) });
	const written = () => service.helpdesk.writes.flatMap(({ write }) => (write.kind === "set-priority" ? [write] : []));

	test("comes from the chosen cell at once, and is written to the helpdesk", async () => {
		const view = await answered<TicketView>(await choose({ impact: "high", urgency: "high" }));
		expect(view).toMatchObject({ priority: "P1", impact: "high", urgency: "high" });
		expect(view.clocks[0]).toMatchObject({ goal: "first-response", deadline: "2026-03-02T08:30:00.000Z" });
		await service.settle();
		expect(written()).toEqual([{ kind: "set-priority", label: "3 high", impact: "high", urgency: "high" }]);
	});

	test("is previewed for every cell, with the deadline that each would give", async () => {
		const preview = await answered<Preview>(await service.api("/api/v1/tickets/desk/1/preview", { method: "POST" }));
		const cell = (impact: string, urgency: string) =>
			preview.cells.find((found) => found.impact === impact && found.urgency === urgency);
		expect(preview.cells).toHaveLength(4);
		expect(cell("high", "high")).toMatchObject({ priority: "P1" });
		expect(cell("high", "high")?.deadlines[0]).toMatchObject({
			goal: "first-response",
			deadline: "2026-03-02T08:30:00.000Z",
		});
		expect(cell("low", "high")?.deadlines[0]).toMatchObject({ deadline: "2026-03-02T10:00:00.000Z" });
		expect(cell("high", "high")?.alerts[0]).toMatchObject({
			role: { en: "Team lead" },
			at: "2026-03-02T08:15:00.000Z",
		});
	});

	test("AJH-14 in a test environment stays at P3 without a motivation", async () => {
		await open(service, "2", { at: "2026-03-02T09:00:00+01:00", group: "Test environment" });
		expect(await answered<TicketView>(await choose({ impact: "high", urgency: "high" }, "2"))).toMatchObject({
			priority: "P3",
		});
	});

	test("AJH-15 in a test environment is what the motivation supports, which is kept", async () => {
		await open(service, "2", { at: "2026-03-02T09:00:00+01:00", group: "Test environment" });
		const justification = "Acceptance of the release is blocked";
		expect(
			await answered<TicketView>(await choose({ impact: "high", urgency: "high", justification }, "2")),
		).toMatchObject({
			priority: "P1",
		});
		expect((await service.ports.store.auditTrail(1))[0]).toMatchObject({ by: "Anna", detail: justification });
	});

	test("cannot come from a cell that does not exist: 422, naming the choices", async () => {
		const refused = await choose({ impact: "enormous", urgency: "high" });
		expect(refused.status).toBe(422);
		expect((await answered<Problem>(refused)).detail).toContain("high, low");
	});

	test("that the helpdesk refuses is doubted on the ticket and listed as a trouble", async () => {
		service.helpdesk.fail(new ServiceError("denied", "PUT https://desk.example/api/v1/tickets/1: answered 403"));
		await choose({ impact: "high", urgency: "high" });
		await service.settle();
		const view = await service.view("1");
		expect(view.confidence).toMatchObject({ level: "unsure", reason: "write-conflict" });
		expect((await service.ports.store.troubles(5)).map(({ what }) => what).join()).toContain("403");
	});

	test("that something at the helpdesk changes back is doubted, and not fought over", async () => {
		service.helpdesk.resist();
		await choose({ impact: "high", urgency: "high" });
		await service.settle();
		expect((await service.view("1")).confidence).toMatchObject({ level: "unsure", reason: "write-conflict" });
		expect((await service.ports.store.troubles(5)).map(({ what }) => what).join()).toContain("changed it back");
		await service.advance(60_000);
		expect(written()).toHaveLength(1);
	});

	const takeBack = () => service.api("/api/v1/tickets/desk/1/priority", { method: "DELETE" });

	test("can be taken back a moment later: what held before holds again, in the helpdesk too", async () => {
		const before = await service.view("1");
		await choose({ impact: "high", urgency: "high" });
		await service.settle();
		service.clock.advance(1_000);
		const view = await answered<TicketView>(await takeBack());
		expect(view).toMatchObject({ priority: before.priority, impact: null, urgency: null });
		expect(view.clocks[0]?.deadline).toBe(before.clocks[0]?.deadline);
		await service.settle();
		expect(written()).toMatchObject([{ label: "3 high" }, { label: "2 normal", impact: null, urgency: null }]);
		expect((await takeBack()).status).toBe(409);
	});

	test("can be taken back after it has come back from the helpdesk as our own write", async () => {
		const before = await service.view("1");
		await choose({ impact: "high", urgency: "high" });
		await service.settle();
		service.clock.advance(2_000);
		const at = new Date(service.clock.time()).toISOString();
		const by = { kind: "us" } as const;
		await service.happen("1", { kind: "priority-changed", label: "3 high", priorities: ["P2", "P1"], by, at });
		service.clock.advance(3_000);
		const view = await answered<TicketView>(await takeBack());
		expect(view).toMatchObject({ priority: before.priority, impact: null, urgency: null });
		expect(view.clocks[0]?.deadline).toBe(before.clocks[0]?.deadline);
		await service.settle();
		expect(written()).toMatchObject([{ label: "3 high" }, { label: "2 normal" }]);
	});

	test("taken back gives way to the cell that was chosen before it", async () => {
		await choose({ impact: "low", urgency: "high" });
		service.clock.advance(1_000);
		await choose({ impact: "high", urgency: "high" });
		service.clock.advance(1_000);
		expect(await answered<TicketView>(await takeBack())).toMatchObject({ impact: "low", urgency: "high" });
	});

	test("cannot be taken back by somebody else, nor after a minute", async () => {
		await choose({ impact: "high", urgency: "high" });
		service.clock.advance(61_000);
		expect((await takeBack()).status).toBe(409);
		await choose({ impact: "low", urgency: "high" });
		const [token] = await service.ports.store.tokens();
		if (token !== undefined) await service.ports.store.saveToken({ ...token, name: "Bert" });
		expect((await takeBack()).status).toBe(409);
	});

	test("is nobody's business without a personal token", async () => {
		const answer = await fetch(`${service.url}/api/v1/tickets/desk/1`);
		expect(answer.status).toBe(401);
		expect(answer.headers.get("content-type")).toContain("application/problem+json");
	});

	test("may be asked for by the browser's extension, and by no page of the web", async () => {
		const ask = (origin: string, method = "GET") =>
			service.api("/api/v1/tickets/desk/1", { method, headers: { origin } });
		const extension = "chrome-extension://abcdefghijklmnop";
		expect((await ask(extension)).headers.get("access-control-allow-origin")).toBe(extension);
		const before = await fetch(`${service.url}/api/v1/me`, { method: "OPTIONS", headers: { origin: extension } });
		expect([before.status, before.headers.get("access-control-allow-headers")]).toEqual([
			204,
			"authorization, content-type",
		]);
		expect((await ask("https://evil.example")).headers.get("access-control-allow-origin")).toBeNull();
	});

	test("a token that names its bearer's user lists that person's tickets, another one everybody's", async () => {
		await open(service, "2", { at: "2026-03-02T09:00:00+01:00" });
		await service.happen("2", {
			kind: "owner-changed",
			owner: "4",
			by: { kind: "agent" },
			at: "2026-03-02T09:00:00+01:00",
		});
		const listed = async () => {
			const list = await answered<TicketList>(await service.api("/api/v1/tickets?connection=desk&owner=me"));
			return list.tickets.map(({ ticket }) => ticket).sort();
		};
		expect(await listed()).toEqual(["1", "2"]);
		const [token] = await service.ports.store.tokens();
		if (token !== undefined) await service.ports.store.saveToken({ ...token, users: { desk: "4" } });
		expect(await listed()).toEqual(["2"]);
	});

	test("is told by a service that names its own version", async () => {
		const { version } = JSON.parse(
			await readFile(new URL("../../webhook-service/package.json", import.meta.url), "utf8"),
		);
		expect((await answered<Me>(await service.api("/api/v1/me"))).version).toBe(version);
	});
});
