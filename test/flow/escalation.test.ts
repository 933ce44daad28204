import type { Problem, TicketView } from "@stipt/shared/wire/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hours, minutes } from "../support/moved-clock.ts";
import { answered, startService, type TestService } from "../support/service.ts";
import { agent, answer, open, told } from "./opened.ts";

describe("the ladder of a forgotten ticket", () => {
	let service: TestService;
	beforeEach(async () => {
		service = await startService({ start: "2026-03-02T09:00:00+01:00" });
	});
	afterEach(() => service.stop());

	test("warns, tells of the breach, climbs, and says so in the ticket", async () => {
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
		expect(told(service)).toEqual([]);
		await service.advance(hours(1));
		expect(told(service)).toEqual(["1 Team lead: first-response warning"]);
		await service.advance(hours(1));
		expect(told(service)).toHaveLength(1);
		await service.advance(1);
		expect(told(service).slice(1)).toEqual(["1 Team lead: first-response breach"]);
		expect(service.helpdesk.notes("1")).toHaveLength(1);
		await service.advance(minutes(30));
		expect(told(service).slice(2)).toEqual(["1 Manager: first-response escalation"]);
		expect(service.channel.sent[1]?.remainingMs).toBe(-1);
	});

	test("tells nobody while the desk is closed", async () => {
		service.clock.set("2026-03-02T16:00:00+01:00");
		await open(service, "1", { at: "2026-03-02T16:00:00+01:00" });
		await service.advance(hours(1));
		expect(told(service)).toEqual(["1 Team lead: first-response warning"]);
		await service.advance(hours(16));
		expect(told(service)).toHaveLength(1);
		await service.advance(hours(1) + 1);
		expect(told(service).slice(1)).toEqual(["1 Team lead: first-response breach"]);
	});

	test("falls silent when an agent answers", async () => {
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
		await service.advance(hours(1));
		service.clock.advance(minutes(5));
		await answer(service, "1", "2026-03-02T10:05:00+01:00");
		await service.advance(hours(3));
		expect(told(service)).toEqual(["1 Team lead: first-response warning"]);
		const view = await service.view("1");
		expect(view.clocks.find(({ goal }) => goal === "first-response")).toMatchObject({
			...{ state: "met", metAt: "2026-03-02T09:05:00.000Z", breachedAt: null },
		});
	});

	test("stands still once acknowledged, and re-opens when the promise passes unkept", async () => {
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
		await service.advance(hours(2) + 1);
		const breach = service.channel.sent.at(-1);
		service.clock.advance(minutes(1));
		const taken = await service.api(`/api/v1/alerts/${breach?.alert}/ack`, {
			method: "POST",
			body: JSON.stringify({ nextPromise: "2026-03-02T12:00:00+01:00" }),
		});
		expect(taken.status).toBe(200);
		expect((await answered<TicketView>(taken)).escalation).toMatchObject({
			acknowledgedBy: "Anna",
			nextPromise: "2026-03-02T11:00:00.000Z",
		});
		await service.settle();
		const before = told(service).length;
		await service.advance(minutes(58));
		expect(told(service)).toHaveLength(before);
		await service.advance(minutes(2));
		expect(told(service).length).toBeGreaterThan(before);
		expect(service.helpdesk.notes("1").some((note) => note.includes("Anna"))).toBe(true);
	});

	test("the second acknowledgement of an alert is told who was first", async () => {
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
		await service.advance(hours(2) + 1);
		const ack = () =>
			service.api(`/api/v1/alerts/${service.channel.sent.at(-1)?.alert}/ack`, {
				method: "POST",
				body: JSON.stringify({ nextPromise: "2026-03-02T12:00:00+01:00" }),
			});
		expect((await ack()).status).toBe(200);
		service.clock.advance(1);
		const second = await ack();
		expect(second.status).toBe(409);
		expect((await answered<Problem>(second)).detail).toContain("Anna");
	});

	test("a promise that lies behind us is refused with what was expected", async () => {
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
		await service.advance(hours(2) + 1);
		const refused = await service.api(`/api/v1/alerts/${service.channel.sent.at(-1)?.alert}/ack`, {
			method: "POST",
			body: JSON.stringify({ nextPromise: "2026-03-02T08:00:00+01:00" }),
		});
		expect(refused.status).toBe(422);
		expect((await answered<Problem>(refused)).problems?.[0]).toMatchObject({
			path: "nextPromise",
			found: "2026-03-02T07:00:00.000Z",
		});
	});

	test("nobody is woken for a ticket that was answered, or deleted, before its webhook told of it", async () => {
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
		await open(service, "2", { at: "2026-03-02T09:00:00+01:00" });
		const reply = { by: agent, channel: "email", public: true, automatic: false } as const;
		service.helpdesk.happen("1", { kind: "replied", ...reply, at: "2026-03-02T09:59:59+01:00" });
		service.helpdesk.remove("2");
		await service.advance(hours(1));
		expect(told(service)).toEqual([]);
		expect((await service.view("2")).state).toBe("deleted");
	});

	test("many steps owed at once send one alert, the highest", async () => {
		service.clock.set("2026-03-02T13:00:00+01:00");
		const { connection, ports } = service;
		await ports.store.saveConnection({ ...connection, createdAt: Date.parse("2026-03-01T00:00:00Z") });
		service.clock.advance(minutes(1));
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00", priority: "2 normal" });
		expect(told(service)).toEqual(["1 Manager: first-response escalation"]);
		const { facts } = await ports.store.readTicket({ connection: "desk", ticket: "1" });
		const superseded = facts.filter((fact) => fact.kind === "alerted" && fact.outcome === "superseded");
		expect(superseded.length).toBeGreaterThanOrEqual(2);
	});

	test("what was overdue before the helpdesk was connected wakes nobody", async () => {
		service.clock.set("2026-03-02T13:00:00+01:00");
		await service.ports.store.saveConnection({ ...service.connection, createdAt: service.clock.time() });
		service.clock.advance(minutes(1));
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
		expect(told(service)).toEqual([]);
		expect(await service.view("1")).toMatchObject({
			clocks: [{ goal: "first-response", state: "missed", breachedAt: "2026-03-02T10:00:00.000Z" }, {}],
		});
	});

	test("e-mail is best effort: elapsed time, no deadline, no alert", async () => {
		service.helpdesk.happen("1", {
			kind: "priority-changed",
			label: "2 normal",
			priorities: ["P3"],
			by: agent,
			at: "2026-03-02T09:00:00+01:00",
		});
		await service.happen("1", {
			kind: "opened",
			channel: "email",
			by: { kind: "customer" },
			at: "2026-03-02T09:00:00+01:00",
		});
		await service.advance(hours(6));
		expect(told(service)).toEqual([]);
		const view = await service.view("1");
		expect(view.clocks[0]).toMatchObject({
			promise: "best-effort",
			deadline: null,
			remainingMs: null,
			elapsedMs: hours(6),
		});
	});
});
