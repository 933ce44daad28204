import { readFile } from "node:fs/promises";
import type { Proof } from "@stipt/shared/sla/proof/proof";
import { verify } from "@stipt/shared/verify/verify";
import type { Problem, TicketView } from "@stipt/shared/wire/api";
import type { Nudged, TicketAction, TicketDetail } from "@stipt/shared/wire/ticket-action";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hours, minutes } from "../support/moved-clock.ts";
import { answered, startService, type TestService } from "../support/service.ts";
import { open } from "./opened.ts";

/** The policy of the flow tests, with lines, contacts and a phone. */
async function policyWithLines(): Promise<string> {
	const text = await readFile(new URL("../fixtures/policies/flow.yaml", import.meta.url), "utf8");
	return text.replace(
		"    groups: [Portal]\n",
		`    groups: [Portal]
    lines:
      - { id: first, name: First line, groups: [Portal] }
      - { id: second, name: Second line, groups: [Second line], minimum: 2h, designated: true }
      - { id: archive, name: Archive, groups: [Archive], designated: false }
    escalation: [lead, manager]
    phone: { priorities: [P1, P3], roles: [lead] }
`,
	);
}

describe("what people do with a ticket's clocks", () => {
	let service: TestService;
	beforeEach(async () => {
		service = await startService({ start: "2026-03-02T09:00:00+01:00", policy: await policyWithLines() });
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
	});
	afterEach(() => service.stop());

	const act = (action: TicketAction, ticket = "1") =>
		service.api(`/api/v1/tickets/desk/${ticket}/actions`, { method: "POST", body: JSON.stringify(action) });
	const done = async (action: TicketAction) => answered<TicketView>(await act(action));
	const resolution = ({ clocks }: TicketView) => clocks.find(({ goal }) => goal === "resolution");
	const detail = async () => answered<TicketDetail>(await service.api("/api/v1/tickets/desk/1/detail"));
	const audited = async () => (await service.ports.store.auditTrail(1))[0];

	test("a pause with a reason stops the clocks, says so in the ticket, and is resumed", async () => {
		service.clock.advance(hours(1));
		const paused = await done({ kind: "pause", reason: "Waits for a part", owner: "supplier" });
		expect(resolution(paused)).toMatchObject({
			state: "paused",
			deadline: null,
			pausedSince: "2026-03-02T09:00:00.000Z",
			pausedOwner: "supplier",
			pausedUntil: null,
			pausedBecause: { en: "Waits for a part" },
		});
		await service.settle();
		expect(service.helpdesk.notes("1")).toEqual([
			"Anna paused the clocks (waiting for the supplier): Waits for a part",
		]);
		expect(await audited()).toMatchObject({
			by: "Anna",
			what: "pause",
			detail: "supplier, until none: Waits for a part",
		});
		expect((await detail()).pauses).toMatchObject({ canPause: true, canResume: true });
		service.clock.advance(hours(2));
		expect(resolution(await done({ kind: "resume" }))).toMatchObject({
			state: "running",
			deadline: "2026-03-04T10:00:00.000Z",
		});
		expect((await act({ kind: "resume" })).status).toBe(409);
	});

	test("a pause until an instant ends by itself", async () => {
		const until = "2026-03-02T12:00:00+01:00";
		const paused = await done({ kind: "pause", reason: "Planned", owner: "planned", until });
		expect(resolution(paused)).toMatchObject({ pausedUntil: "2026-03-02T11:00:00.000Z", state: "paused" });
		await service.advance(hours(4));
		expect(resolution(await service.view("1"))).toMatchObject({ state: "running", pausedSince: null });
		const gone = await act({ kind: "pause", reason: "Too late", owner: "planned", until: "2026-03-02T09:00:00Z" });
		expect(gone.status).toBe(422);
		expect((await answered<Problem>(gone)).problems?.[0]).toMatchObject({ path: "until" });
	});

	test("asked for information, the clocks stand until the customer answers", async () => {
		await done({ kind: "ask-information", reason: "Which browser?" });
		await service.settle();
		expect(service.helpdesk.notes("1")[0]).toContain("The clocks stand still until the customer answers.");
		service.clock.advance(hours(1));
		await service.happen("1", {
			...{ kind: "replied", by: { kind: "customer", id: "7" }, channel: "portal", public: true, automatic: false },
			at: "2026-03-02T10:00:00+01:00",
		});
		expect(resolution(await service.view("1"))).toMatchObject({
			state: "running",
			deadline: "2026-03-04T09:00:00.000Z",
		});
	});

	test("an agreed deadline holds with its reason, and the engine's comes back when it is taken back", async () => {
		const deadline = "2026-03-09T12:00:00+01:00";
		service.clock.advance(minutes(1));
		const agreed = await done({ kind: "agree-deadline", goal: "resolution", deadline, reason: "After their move" });
		expect(resolution(agreed)).toMatchObject({
			deadline: "2026-03-09T11:00:00.000Z",
			agreed: { reason: "After their move", at: "2026-03-02T08:01:00.000Z" },
		});
		await service.settle();
		expect(service.helpdesk.notes("1")[0]).toContain("Reason: After their move");
		service.clock.advance(minutes(1));
		const back = await done({
			kind: "agree-deadline",
			goal: "resolution",
			deadline: null,
			reason: "They did not move",
		});
		expect(resolution(back)).toMatchObject({ deadline: "2026-03-03T16:00:00.000Z", agreed: null });
		const without = { kind: "agree-deadline", goal: "resolution", deadline, reason: " " } as const;
		expect((await act(without)).status).toBe(422);
		expect((await act({ ...without, goal: "next-update", reason: "None runs" })).status).toBe(409);
	});

	test("ACM-20 a hand-over needs its text, and stands in the ticket with who and to whom; clocks keep running", async () => {
		const refused = await act({ kind: "hand-over", to: "second", text: " " });
		expect(refused.status).toBe(422);
		service.clock.advance(hours(1));
		const before = resolution(await service.view("1"))?.deadline;
		const view = await done({ kind: "hand-over", to: "second", text: "Restarted twice.\nLog attached." });
		expect(resolution(view)?.deadline).toBe(before);
		await service.settle();
		expect(service.helpdesk.notes("1")).toEqual([
			"Anna hands this ticket over to Second line:\nRestarted twice.\nLog attached.",
		]);
		expect((await detail()).lines).toMatchObject([
			{ line: "first", usedMs: hours(1), passedAt: "2026-03-02T09:00:00.000Z" },
			{ line: "second", name: { en: "Second line" }, leftAtReceiptMs: hours(15), passedAt: null },
		]);
	});

	test("RR-09 a line that nobody was designated for cannot receive, nor one that does not exist", async () => {
		for (const to of ["archive", "elsewhere"]) {
			const refused = await act({ kind: "hand-over", to, text: "Please" });
			expect(refused.status).toBe(422);
			expect((await answered<Problem>(refused)).problems?.[0]).toMatchObject({ path: "to", found: to });
		}
		expect((await detail()).handOverTo.map(({ line }) => line)).toEqual(["second"]);
	});

	test("FOD-14 attention is asked level after level, and the contact hears who asks and why", async () => {
		expect((await act({ kind: "ask-escalation", level: 2, reason: "Angry" })).status).toBe(409);
		await done({ kind: "ask-escalation", level: 1, reason: "Third time this week" });
		await service.settle();
		expect(service.channel.sent).toMatchObject([
			{
				kind: "request",
				role: { en: "Team lead" },
				request: { by: "Anna", reason: "Third time this week" },
				rung: { step: 1, of: 2 },
			},
		]);
		expect((await detail()).escalation).toMatchObject([
			{ level: 1, asked: { by: "Anna" }, canAsk: true },
			{ level: 2, role: { id: "manager" }, asked: null, canAsk: true },
		]);
		expect((await detail()).sent).toMatchObject([
			{ step: "request-1", told: [{ role: { id: "lead" }, channel: "email", outcome: "sent" }] },
		]);
		expect((await act({ kind: "ask-escalation", level: 3, reason: "No such level" })).status).toBe(422);
	});

	test("the same key again is the same action, done once", async () => {
		const action = { kind: "ask-escalation", level: 1, reason: "Please", key: "a-1" } as const;
		await done(action);
		service.clock.advance(minutes(1));
		await done(action);
		await service.settle();
		expect(service.channel.sent).toHaveLength(1);
		expect(service.helpdesk.notes("1")).toHaveLength(1);
	});

	test("a phone call that was made is no longer asked for; over e-mail nothing is promised", async () => {
		expect((await detail()).phoneOutstanding).toBe(true);
		service.clock.advance(minutes(1));
		await done({ kind: "phoned" });
		expect((await detail()).phoneOutstanding).toBe(false);
		const view = await done({ kind: "change-channel", channel: "email" });
		expect(view).toMatchObject({ channel: "email" });
		expect((await act({ kind: "change-channel", channel: "email" })).status).toBe(409);
	});

	test("an action that does not exist, or lacks what it needs, is 422 and says what was expected", async () => {
		for (const body of [{ kind: "dance" }, { kind: "pause", owner: "customer" }, { kind: "resume", extra: 1 }]) {
			const refused = await act(body as unknown as TicketAction);
			expect(refused.status).toBe(422);
			expect(refused.headers.get("content-type")).toContain("application/problem+json");
		}
		expect((await act({ kind: "phoned" }, "404")).status).toBe(404);
	});

	test("who hears when is foretold, and what was sent is told", async () => {
		const before = await detail();
		expect(before.planned.slice(0, 2)).toMatchObject([
			{
				goal: "first-response",
				step: "warning",
				at: "2026-03-02T09:00:00.000Z",
				roles: [{ name: { en: "Team lead" } }],
			},
			{ goal: "first-response", step: "missed", at: "2026-03-02T10:00:00.001Z", rung: { step: 2, of: 3 } },
		]);
		await service.advance(hours(1));
		const after = await detail();
		expect(after.sent).toMatchObject([{ step: "warning", roles: [{ id: "lead" }], acknowledged: null }]);
		expect(after.planned[0]).toMatchObject({ step: "missed" });
	});

	test("every deadline of the ticket has a proof that adds up, as JSON and as text in the reader's language", async () => {
		service.clock.advance(hours(1));
		await done({ kind: "pause", reason: "Waits for a part", owner: "supplier" });
		service.clock.advance(hours(1));
		const proofs = await answered<Proof[]>(await service.api("/api/v1/tickets/desk/1/proof"));
		expect(proofs.map(({ goal }) => goal)).toContain("resolution");
		expect(proofs.map((proof) => verify(proof).faults)).toEqual(proofs.map(() => []));
		const paused = proofs.find(({ goal }) => goal === "resolution");
		expect(paused).toMatchObject({ deadline: null, ifResumedNow: { at: "2026-03-04T09:00:00.000Z" } });
		const text = await service.api("/api/v1/tickets/desk/1/proof?language=nl&format=text&goal=resolution");
		expect(text.headers.get("content-type")).toContain("text/plain");
		expect(await text.text()).toMatch(/^Oplossing van ticket 64001: staat stil\n/);
		expect((await service.api("/api/v1/tickets/desk/1/proof?language=xx")).status).toBe(422);
	});

	test("a nudge is a hint: the ticket is read back once, before it is answered, and what the helpdesk says holds", async () => {
		const nudge = async (ticket = "1") => service.api(`/api/v1/tickets/desk/${ticket}/nudge`, { method: "POST" });
		const reads = service.helpdesk.reads.length;
		service.helpdesk.happen("1", {
			kind: "state-changed",
			state: "waiting",
			label: "pending",
			by: { kind: "agent" },
			at: "2026-03-02T09:00:00+01:00",
		});
		await service.advance(1_000);
		const first = await nudge();
		expect((await service.view("1")).state).toBe("waiting");
		expect(first.status).toBe(202);
		expect(await answered<Nudged>(first)).toEqual({ queued: true });
		expect(await answered<Nudged>(await nudge())).toEqual({ queued: false });
		await service.settle();
		expect(service.helpdesk.reads.length).toBe(reads + 1);
		expect((await service.view("1")).state).toBe("waiting");
		expect((await service.api("/api/v1/tickets/nowhere/1/nudge", { method: "POST" })).status).toBe(404);
	});

	test("nudges without end are asked to come back later", async () => {
		const answers: number[] = [];
		for (let index = 0; index <= 120; index += 1) {
			answers.push((await service.api("/api/v1/tickets/desk/1/nudge", { method: "POST" })).status);
		}
		expect([...new Set(answers)]).toEqual([202, 503]);
	});
});
