import type { FactBody } from "@stipt/shared/sla/fact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ServiceError } from "../../webhook-service/src/errors.ts";
import { writeNote } from "../../webhook-service/src/pipeline/act-note.ts";
import { rebuildTicket } from "../../webhook-service/src/pipeline/rebuild.ts";
import { hours, minutes } from "../support/moved-clock.ts";
import { startService, type TestService } from "../support/service.ts";
import { agent, answer, open } from "./opened.ts";

const nine = "2026-03-02T09:00:00+01:00";
let service: TestService;

beforeEach(async () => {
	service = await startService({ start: nine });
	await open(service, "1", { at: nine });
});
afterEach(() => service.stop());

const nowText = () => new Date(service.clock.time()).toISOString();
const choose = async () => {
	await service.api("/api/v1/tickets/desk/1/priority", {
		method: "PUT",
		body: JSON.stringify({ impact: "high", urgency: "high" }),
	});
	await service.settle();
};
const written = (kind: string) => service.helpdesk.writes.filter(({ write }) => write.kind === kind);

describe("a priority that was chosen", () => {
	test("and that a form which was open meanwhile puts back is shown as a conflict, once, and not fought over", async () => {
		await choose();
		expect(written("set-priority")).toHaveLength(1);
		service.clock.advance(minutes(1));
		service.helpdesk.overwrite("1", "2 normal");
		const back: FactBody = { kind: "priority-changed", label: "2 normal", priorities: ["P3"], by: agent };
		await service.happen("1", { ...back, at: nowText() });
		expect((await service.view("1")).confidence).toMatchObject({ level: "unsure", reason: "write-conflict" });
		expect(await service.ports.store.counts("desk")).toMatchObject({ conflicts: 1 });
		service.clock.advance(minutes(1));
		await service.happen("1", { kind: "owner-changed", owner: "4", by: agent, at: nowText() });
		expect(await service.ports.store.counts("desk")).toMatchObject({ conflicts: 1 });
		expect(written("set-priority")).toHaveLength(1);
		expect((await service.ports.store.troubles(10)).map(({ what }) => what).join()).toContain("put it back");
	});

	test("and that somebody changes much later is no conflict", async () => {
		await choose();
		service.clock.advance(hours(1));
		service.helpdesk.overwrite("1", "2 normal");
		const back: FactBody = { kind: "priority-changed", label: "2 normal", priorities: ["P3"], by: agent };
		await service.happen("1", { ...back, at: nowText() });
		expect((await service.view("1")).confidence.level).toBe("fresh");
	});

	test("and taken back while it is still being written ends as it was, with no trace of the late write", async () => {
		const priority = (method: string, body?: object) =>
			service.api("/api/v1/tickets/desk/1/priority", { method, ...(body ? { body: JSON.stringify(body) } : {}) });
		const release = service.helpdesk.hold();
		await priority("PUT", { impact: "high", urgency: "high" });
		await expect.poll(service.helpdesk.begun).toBe(1);
		service.clock.advance(4_000);
		await priority("DELETE");
		service.clock.advance(1_000);
		const late: FactBody = { kind: "priority-changed", label: "3 high", priorities: ["P2", "P1"], by: { kind: "us" } };
		service.helpdesk.happen("1", { ...late, at: nowText() });
		release();
		await service.settle();
		service.clock.advance(1_000);
		const own: FactBody = { kind: "priority-changed", label: "2 normal", priorities: ["P3"], by: { kind: "us" } };
		await service.happen("1", { ...own, at: nowText() });
		expect(written("set-priority").map(({ write }) => write.kind === "set-priority" && write.label)).toEqual([
			"3 high",
			"2 normal",
		]);
		expect(await service.view("1")).toMatchObject({ priority: "P3", confidence: { level: "fresh" } });
		expect(await service.ports.store.counts("desk")).not.toHaveProperty("conflicts");
		const { facts } = await service.ports.store.readTicket({ connection: "desk", ticket: "1" });
		expect(facts.filter(({ kind, at }) => kind === "priority-changed" && at > Date.parse(nine))).toHaveLength(3);
	});

	test("and replaced before it is written is not written", async () => {
		await service.stopWorking();
		const cell = (impact: string) => ({ method: "PUT", body: JSON.stringify({ impact, urgency: "high" }) });
		await service.api("/api/v1/tickets/desk/1/priority", cell("high"));
		service.clock.advance(2_000);
		await service.api("/api/v1/tickets/desk/1/priority", cell("low"));
		await service.startWorking();
		await service.settle();
		expect(written("set-priority")).toHaveLength(1);
		expect(written("set-priority")[0]?.write).toMatchObject({ impact: "low" });
	});

	test("comes back as our own change and causes no other write: no loop is counted", async () => {
		await choose();
		const label = "3 high";
		const own: FactBody = { kind: "priority-changed", label, priorities: ["P2", "P1"], by: { kind: "us" } };
		for (let echo = 0; echo < 5; echo += 1) await service.happen("1", { ...own, at: nowText() });
		expect(written("set-priority")).toHaveLength(1);
		expect(await service.ports.store.counts("desk")).not.toHaveProperty("loops");
	});
});

describe("a choice at a helpdesk without fields for impact and urgency", () => {
	test("stands in the ticket as a note, and is found there by a rebuild", async () => {
		service.helpdesk.lack(["impact: the helpdesk has no such field", "urgency: the helpdesk has no such field"]);
		await choose();
		await service.settle();
		expect(service.helpdesk.notes("1")).toHaveLength(1);
		const ref = { connection: "desk", ticket: "1" };
		const before = (await service.ports.store.readTicket(ref)).facts.filter(({ kind }) => kind === "classified");
		await service.ports.store.replaceFacts(ref, []);
		await rebuildTicket(ref, service.ports);
		const after = (await service.ports.store.readTicket(ref)).facts.filter(({ kind }) => kind === "classified");
		expect(after).toEqual(before);
	});
});

describe("a deadline field", () => {
	beforeEach(async () => {
		const settings = { deadlineField: "due_at" };
		await service.ports.store.saveConnection({ ...service.connection, settings });
		service.clock.advance(3000);
	});

	test("shows the nearest deadline, moves with it, and is emptied when there is none", async () => {
		await service.happen("1", { kind: "owner-changed", owner: "4", by: agent, at: nowText() });
		const nearest = async () => {
			const clocks = (await service.view("1")).clocks.filter(({ stoppedAt }) => stoppedAt === null);
			const deadlines = clocks.flatMap(({ deadline }) => (deadline === null ? [] : [Date.parse(deadline)]));
			return deadlines.length === 0 ? null : Math.min(...deadlines);
		};
		const shown = () =>
			written("set-deadline").map(({ write }) => (write.kind === "set-deadline" ? write.deadline : 0));
		const first = await nearest();
		expect(shown()).toEqual([first]);
		service.clock.advance(minutes(5));
		await answer(service, "1", nowText());
		const second = await nearest();
		expect(second).not.toBe(first);
		expect(shown()).toEqual([first, second]);
		service.clock.advance(minutes(5));
		await service.happen("1", { kind: "state-changed", state: "closed", label: "closed", by: agent, at: nowText() });
		expect(shown()).toEqual([first, second, null]);
		expect(await service.ports.store.counts("desk")).not.toHaveProperty("loops");
	});
});

describe("a note", () => {
	test("that was not answered in time is looked for a minute later: it may be written still", async () => {
		const ref = { connection: "desk", ticket: "1" };
		const note = { html: "<p>Told.</p>", text: "Told." };
		const tryNow = () => writeNote(ref, note, "mark", { isLast: false }, service.ports);
		service.helpdesk.fail(new ServiceError("unreachable", "no answer in time"));
		await expect(tryNow()).rejects.toMatchObject({ kind: "unreachable", retryAfterMs: minutes(1) });
		service.helpdesk.fail(new ServiceError("busy", "come back", { retryAfterMs: 2000 }));
		await expect(tryNow()).rejects.toMatchObject({ retryAfterMs: 2000 });
		service.helpdesk.fail(null);
		service.clock.advance(minutes(1));
		await tryNow();
		await tryNow();
		expect(written("note")).toHaveLength(1);
	});
});

describe("the counter of loops", () => {
	test("counts a field that is written again though nobody did anything in between", async () => {
		const { bound } = await service.ports.connections.helpdesk("desk");
		const write = { kind: "set-deadline", field: "due_at", deadline: 1 } as const;
		await bound.write("1", write, service.clock.time());
		await bound.write("1", { ...write, deadline: 2 }, service.clock.time());
		expect(await service.ports.store.counts("desk")).toMatchObject({ loops: 1, writes: 2 });
		await service.happen("1", { kind: "owner-changed", owner: "4", by: agent, at: nowText() });
		await bound.write("1", { ...write, deadline: 3 }, service.clock.time());
		expect(await service.ports.store.counts("desk")).toMatchObject({ loops: 1 });
	});
});
