import { describe, expect, test } from "vitest";
import { evaluate } from "./evaluate.ts";
import type { Clock } from "./evaluation.ts";
import type { Fact, Goal } from "./fact.ts";
import {
	answer,
	assessed,
	at,
	classified,
	deleted,
	fact,
	local,
	merged,
	moved,
	opened,
	prioritised,
	question,
	state,
} from "./testing/ledger.ts";
import { businessHours, hour, minute, policyWith, service, words, workingDays } from "./testing/policy.ts";

function clockOf(goal: Goal, facts: Fact[], now: string | number, policy = policyWith()): Clock {
	const clock = evaluate(facts, policy, typeof now === "string" ? at(now) : now).clocks.find((c) => c.goal === goal);
	if (!clock) throw new Error(`Expected a clock for ${goal}, found none`);
	return clock;
}

/** Every report is passed on within two business hours; a question back pauses. */
const triage = policyWith({
	services: [service({ targets: { P3: { resolution: businessHours(2), "first-response": businessHours(2) } } })],
	channels: { ...policyWith().channels, email: "best-effort" },
	pauses: [
		{
			states: ["waiting"],
			goals: ["resolution", "first-response"],
			reason: words("Question back"),
			owner: "customer",
			longest: null,
		},
	],
});

describe("the enforcement platform's terms", () => {
	test.each([
		["AJH-02", "2026-03-02 09:00", "2026-03-02 11:00", "Monday at opening"],
		["AJH-03", "2025-07-10 16:00", "2025-07-14 10:00", "over 11 July and a weekend"],
		["AJH-04", "2026-04-03 16:30", "2026-04-07 10:30", "Good Friday is open, Easter Monday is not"],
		["AJH-05", "2025-12-24 15:30", "2026-01-02 09:30", "over the closure at the end of the year"],
		["AJH-06", "2026-12-24 17:00", "2027-01-04 11:00", "reported at closing on Christmas Eve"],
		["AJH-09", "2026-10-30 16:30", "2026-11-03 10:30", "2 November is closed"],
		["AJH-10", "2027-03-26 16:00", "2027-03-30 10:00", "summer time begins on Easter Sunday"],
		["AJH-17", "2026-03-07 10:00", "2026-03-09 11:00", "a Saturday report starts to count on Monday 09:00"],
	])("%s a portal report of %s is due %s (%s)", (_id, reported, due) => {
		const clock = clockOf("first-response", [opened(reported), prioritised(reported, "P3")], reported, triage);
		expect(local(clock.deadline)).toBe(due);
		expect(clock).toMatchObject({ state: "running", remaining: 2 * hour, elapsed: 0 });
	});

	test("AJH-17 outside hours a clock is running, not paused, and counts nothing", () => {
		const clock = clockOf("resolution", [opened("2026-03-07 10:00")], "2026-03-08 20:00", triage);
		expect(clock).toMatchObject({ state: "running", outsideHours: true, pausedBecause: null, remaining: 2 * hour });
	});

	test.each([
		["AJH-07", "2026-06-03 14:00", "2026-06-03 15:30"],
		["AJH-08", "2026-06-03 20:00", "2026-06-04 10:30"],
	])("%s a question back until %s moves the deadline to %s", (_id, answered, due) => {
		const facts = [
			opened("2026-06-02 10:00"),
			state("2026-06-02 10:30", "waiting"),
			state(answered, "open"),
			prioritised("2026-06-02 10:00", "P3"),
		];
		expect(local(clockOf("resolution", facts, answered, triage).deadline)).toBe(due);

		const waiting = clockOf("resolution", facts, "2026-06-02 16:00", triage);
		expect(waiting).toMatchObject({
			state: "paused",
			deadline: null,
			remaining: 90 * minute,
			elapsed: 30 * minute,
			pausedBecause: { rule: 0, since: at("2026-06-02 10:30") },
		});
	});

	test("AJH-11 a report by e-mail is best effort: measured, never missed, no step", () => {
		const facts = [opened("2026-03-02 10:00", "email"), prioritised("2026-03-02 10:00", "P3")];
		const evaluation = evaluate(facts, triage, at("2026-03-06 10:00"));
		expect(evaluation).toMatchObject({ bestEffort: true, owed: [], wakeAt: null, escalation: null });
		expect(evaluation.clocks).toHaveLength(2);
		for (const clock of evaluation.clocks) {
			expect(clock).toMatchObject({
				state: "running",
				deadline: null,
				remaining: null,
				target: null,
				promise: "best-effort",
				elapsed: 32 * hour,
				calendar: "flemish",
			});
		}
	});
});

describe("first response", () => {
	const start = [opened("2026-03-02 09:00"), prioritised("2026-03-02 09:00", "P2")];

	test.each([
		["2026-03-02 11:00", "met", "on the deadline"],
		["2026-03-02 11:00:01", "missed", "a second after it"],
	])("an answer at %s is %s: %s", (when, verdict) => {
		const clock = clockOf("first-response", [...start, answer(when)], "2026-03-05 09:00");
		expect(clock).toMatchObject({ state: verdict, metAt: at(when), stoppedAt: at(when) });
		expect(clock.breachedAt).toBe(verdict === "met" ? null : at("2026-03-02 11:00"));
	});

	test("is still running on its deadline and missed one millisecond later", () => {
		const deadline = at("2026-03-02 11:00");
		expect(clockOf("first-response", start, deadline).state).toBe("running");
		expect(clockOf("first-response", start, deadline + 1)).toMatchObject({ state: "missed", breachedAt: deadline });
	});

	test("overdue time counts in open time", () => {
		expect(clockOf("first-response", start, "2026-03-03 10:00")).toMatchObject({
			state: "missed",
			remaining: -7 * hour,
			stoppedAt: null,
		});
	});

	test.each([
		["an internal note", answer("2026-03-02 09:30", { public: false })],
		["an automatic reply", answer("2026-03-02 09:30", { automatic: true })],
		["the customer", question("2026-03-02 09:30")],
		[
			"this product itself",
			fact("2026-03-02 09:30", {
				kind: "replied",
				by: { kind: "us" },
				channel: "email",
				public: true,
				automatic: false,
			}),
		],
	])("is not met by %s", (_who, message) => {
		expect(clockOf("first-response", [...start, message], "2026-03-02 10:00").state).toBe("running");
	});

	test("is not met by the message with which an agent opens a ticket for a customer", () => {
		const opening = at("2026-03-02 09:00");
		const facts = [opened(opening, "phone", { kind: "agent" }), answer(opening + 88), prioritised(opening, "P2")];
		expect(clockOf("first-response", facts, "2026-03-02 10:00").state).toBe("running");
		expect(clockOf("first-response", [...facts, answer("2026-03-02 09:40")], "2026-03-02 10:00")).toMatchObject({
			state: "met",
			metAt: at("2026-03-02 09:40"),
		});
	});

	test("is cancelled when the ticket is closed without a reply, and stays so", () => {
		const facts = [...start, state("2026-03-02 10:00", "closed"), answer("2026-03-02 10:30")];
		expect(clockOf("first-response", facts, "2026-03-02 16:00")).toMatchObject({
			state: "cancelled",
			stoppedAt: at("2026-03-02 10:00"),
			metAt: null,
			breachedAt: null,
		});
	});

	test("stays missed when the ticket is closed without a reply after the deadline", () => {
		const facts = [...start, state("2026-03-02 12:00", "closed")];
		expect(clockOf("first-response", facts, "2026-03-02 16:00")).toMatchObject({
			state: "missed",
			breachedAt: at("2026-03-02 11:00"),
			stoppedAt: at("2026-03-02 12:00"),
			metAt: null,
			remaining: -1 * hour,
		});
	});

	test("is met by the reply that was sent with the closing, written down just after it", () => {
		const closing = at("2026-03-02 10:00");
		const facts = [...start, state(closing, "closed"), answer(closing + 79)];
		expect(clockOf("first-response", facts, "2026-03-02 16:00")).toMatchObject({ state: "met", metAt: closing + 79 });
	});

	test("keeps the terms it stopped under: a later priority, pause or reopening does not move it", () => {
		const met = [...start, answer("2026-03-02 10:30")];
		const before = clockOf("first-response", met, "2026-03-02 16:00");
		const facts = [
			...met,
			prioritised("2026-03-02 12:00", "P1"),
			state("2026-03-02 13:00", "waiting"),
			state("2026-03-02 14:00", "closed"),
			state("2026-03-02 15:00", "open"),
		];
		expect(clockOf("first-response", facts, "2026-03-02 16:00")).toEqual(before);
	});

	test("keeps the deadline that it had when it stopped in a pause, however long that goes on", () => {
		const policy = policyWith({
			pauses: [
				{ states: ["waiting"], goals: ["first-response"], reason: words("Waiting"), owner: "customer", longest: null },
			],
		});
		const paused = [...start, state("2026-03-02 09:30", "waiting"), answer("2026-03-02 10:00")];
		const before = clockOf("first-response", paused, "2026-03-02 10:00", policy);
		expect(before).toMatchObject({ state: "met", deadline: at("2026-03-02 11:30"), remaining: 90 * minute });
		for (const now of ["2026-03-02 15:00", "2026-03-05 15:00"]) {
			const after = clockOf("first-response", [...paused, state("2026-03-03 15:00", "open")], now, policy);
			expect(after).toEqual(before);
		}
	});

	test("a priority that is changed in the act of replying comes too late for it", () => {
		const submit = at("2026-03-02 10:30");
		const facts = [...start, prioritised(submit, "P1"), answer(submit + 79)];
		expect(clockOf("first-response", facts, "2026-03-02 16:00")).toMatchObject({ state: "met", priority: "P2" });
	});

	test("a fact that turns out to have happened before the stop moves it", () => {
		const facts = [...start, answer("2026-03-02 12:00")];
		expect(clockOf("first-response", facts, "2026-03-02 16:00").state).toBe("missed");
		const late = { ...answer("2026-03-02 10:00"), seenAt: at("2026-03-02 15:00") };
		expect(clockOf("first-response", [...facts, late], "2026-03-02 16:00").state).toBe("met");
	});
});

describe("next update", () => {
	const answered = [opened("2026-03-02 09:00"), prioritised("2026-03-02 09:00", "P2"), answer("2026-03-02 09:30")];

	test("starts with a customer's message after the first response, and ends with an agent's", () => {
		const asked = [...answered, question("2026-03-02 10:00"), question("2026-03-02 11:00")];
		expect(clockOf("next-update", asked, "2026-03-02 12:00")).toMatchObject({
			state: "running",
			cycle: 1,
			startedAt: at("2026-03-02 10:00"),
			deadline: at("2026-03-02 14:00"),
		});
		expect(clockOf("next-update", [...asked, answer("2026-03-02 13:00")], "2026-03-02 16:00").state).toBe("met");
	});

	test("does not start while the first response is owed", () => {
		const facts = [opened("2026-03-02 09:00"), question("2026-03-02 09:10")];
		expect(evaluate(facts, policyWith(), at("2026-03-02 10:00")).clocks.map(({ goal }) => goal)).toEqual([
			"first-response",
			"resolution",
		]);
	});

	test("every question begins a new cycle; earlier ones are past", () => {
		const facts = [
			...answered,
			question("2026-03-02 10:00"),
			answer("2026-03-02 10:30"),
			question("2026-03-02 11:00"),
			answer("2026-03-02 16:00"),
			question("2026-03-03 10:00"),
		];
		const { clocks, past } = evaluate(facts, policyWith(), at("2026-03-03 11:00"));
		expect(clocks.filter(({ goal }) => goal === "next-update")).toMatchObject([{ cycle: 3, state: "running" }]);
		expect(past.map(({ cycle, state: verdict }) => [cycle, verdict])).toEqual([
			[1, "met"],
			[2, "missed"],
		]);
	});

	test("is cancelled when the ticket is solved first", () => {
		const facts = [...answered, question("2026-03-02 10:00"), state("2026-03-02 11:00", "solved")];
		expect(clockOf("next-update", facts, "2026-03-02 16:00").state).toBe("cancelled");
	});

	test("a question on a solved ticket counts from the reopening", () => {
		const facts = [
			...answered,
			state("2026-03-02 10:00", "solved"),
			question("2026-03-02 12:00"),
			state("2026-03-02 12:00:02", "open"),
		];
		expect(clockOf("next-update", facts, "2026-03-02 13:00").startedAt).toBe(at("2026-03-02 12:00:02"));
		expect(evaluate(facts.slice(0, -1), policyWith(), at("2026-03-02 13:00")).clocks).toHaveLength(2);
	});
});

describe("resolution", () => {
	const start = [opened("2026-03-02 09:00"), prioritised("2026-03-02 09:00", "P2")];

	test.each(["solved", "closed"] as const)("is met when the ticket is %s", (to) => {
		expect(clockOf("resolution", [...start, state("2026-03-02 17:00", to)], "2026-03-03 09:00")).toMatchObject({
			state: "met",
			metAt: at("2026-03-02 17:00"),
		});
	});

	test("closing what is solved changes nothing", () => {
		const facts = [...start, state("2026-03-02 16:00", "solved"), state("2026-03-09 16:00", "closed")];
		expect(clockOf("resolution", facts, "2026-03-10 09:00").metAt).toBe(at("2026-03-02 16:00"));
	});

	test.each([merged("2026-03-02 10:00"), deleted("2026-03-02 10:00")])(
		"everything is cancelled when it is $kind",
		(end) => {
			const { clocks, state: now } = evaluate([...start, end], policyWith(), at("2026-03-05 10:00"));
			expect(clocks.map((clock) => clock.state)).toEqual(["cancelled", "cancelled"]);
			expect(now).toBe(end.kind);
		},
	);

	test("overlapping and closed-time pauses count once and for nothing", () => {
		const facts = [
			...start,
			state("2026-03-02 12:00", "waiting", "pending reminder"),
			state("2026-03-02 13:00", "waiting", "pending close"),
			state("2026-03-02 14:00", "open"),
			state("2026-03-02 18:00", "waiting"),
			state("2026-03-03 08:00", "open"),
		];
		const clock = clockOf("resolution", facts, "2026-03-03 09:30");
		expect(local(clock.deadline)).toBe("2026-03-03 11:00");
		expect(clock.elapsed + (clock.remaining ?? 0)).toBe(8 * hour);
	});

	test("pauses by the helpdesk's own label", () => {
		const policy = policyWith({
			pauses: [
				{
					states: [{ label: "with supplier" }],
					goals: ["resolution"],
					reason: words("Supplier"),
					owner: "supplier",
					longest: null,
				},
			],
		});
		const facts = [...start, state("2026-03-02 10:00", "open", "with supplier")];
		expect(clockOf("resolution", facts, "2026-03-02 12:00", policy).pausedBecause).toEqual({
			rule: 0,
			reason: null,
			owner: "supplier",
			since: at("2026-03-02 10:00"),
			until: null,
		});
		expect(clockOf("first-response", facts, "2026-03-02 10:30", policy).state).toBe("running");
	});

	test("a clock that is overdue and stands still is missed, and says why it stands", () => {
		const facts = [...start, state("2026-03-03 10:00", "waiting")];
		expect(clockOf("resolution", facts, "2026-03-05 10:00")).toMatchObject({
			state: "missed",
			remaining: -1 * hour,
			pausedBecause: { rule: 0 },
		});
	});

	test.each([
		["2026-03-02 10:00", "2026-03-05 17:00", "a Monday morning"],
		["2026-03-06 16:59", "2026-03-11 17:00", "a minute before the weekend"],
		["2026-03-06 17:00", "2026-03-12 17:00", "the weekend"],
		["2026-04-02 10:00", "2026-04-08 17:00", "Easter Monday"],
	])("three working days from %s end %s (%s)", (reported, due) => {
		const policy = policyWith({ services: [service({ targets: { P3: { resolution: workingDays(3) } } })] });
		expect(local(clockOf("resolution", [opened(reported)], reported, policy).deadline)).toBe(due);
	});

	test("a pause moves a deadline in working days on by the open time that it took", () => {
		const policy = policyWith({ services: [service({ targets: { P3: { resolution: workingDays(3) } } })] });
		const facts = [
			opened("2026-03-02 10:00"),
			state("2026-03-03 10:00", "waiting"),
			state("2026-03-03 12:00", "open"),
			state("2026-03-07 10:00", "waiting"),
			state("2026-03-08 12:00", "open"),
		];
		expect(local(clockOf("resolution", facts, "2026-03-04 10:00", policy).deadline)).toBe("2026-03-06 11:00");
	});
});

describe("reopening", () => {
	const solved = [
		opened("2026-03-02 09:00"),
		prioritised("2026-03-02 09:00", "P2"),
		answer("2026-03-02 09:30"),
		state("2026-03-02 12:00", "solved"),
		state("2026-03-04 12:00", "open"),
	];
	const reopening = (how: "resume" | "restart" | "new-cycle") =>
		policyWith({ onReopen: { ...policyWith().onReopen, resolution: how } });

	test("resume: the same clock goes on, the solved time does not count", () => {
		expect(clockOf("resolution", solved, "2026-03-04 13:00", reopening("resume"))).toMatchObject({
			state: "running",
			cycle: 1,
			startedAt: at("2026-03-02 09:00"),
			elapsed: 4 * hour,
			deadline: at("2026-03-04 17:00"),
			metAt: null,
		});
	});

	test("resume: a breach that was recorded stays", () => {
		const late = [
			opened("2026-03-02 09:00"),
			prioritised("2026-03-02 09:00", "P2"),
			state("2026-03-03 10:00", "solved"),
			state("2026-03-04 12:00", "open"),
		];
		expect(clockOf("resolution", late, "2026-03-04 13:00")).toMatchObject({
			state: "missed",
			breachedAt: at("2026-03-02 17:00"),
			stoppedAt: null,
			remaining: -2 * hour,
		});
	});

	test("restart: a new clock takes the place of the old one", () => {
		const { clocks, past } = evaluate(solved, reopening("restart"), at("2026-03-04 13:00"));
		expect(clocks[0]).toMatchObject({ cycle: 2, startedAt: at("2026-03-04 12:00"), deadline: at("2026-03-05 12:00") });
		expect(past).toEqual([]);
	});

	test("new-cycle: a new clock stands beside the old one, which keeps its verdict", () => {
		const { clocks, past } = evaluate(solved, reopening("new-cycle"), at("2026-03-04 13:00"));
		expect(clocks[0]).toMatchObject({ cycle: 2, startedAt: at("2026-03-04 12:00") });
		expect(past).toMatchObject([{ goal: "resolution", cycle: 1, state: "met", metAt: at("2026-03-02 12:00") }]);
	});

	test("a first response that closing cancelled is owed again", () => {
		const facts = [opened("2026-03-02 09:00"), state("2026-03-02 10:00", "closed"), state("2026-03-02 12:00", "open")];
		expect(clockOf("first-response", facts, "2026-03-02 13:00")).toMatchObject({
			state: "running",
			elapsed: 2 * hour,
			deadline: at("2026-03-02 15:00"),
		});
		const meanwhile = [...facts, answer("2026-03-02 11:00")];
		expect(clockOf("first-response", meanwhile, "2026-03-02 13:00").state).toBe("cancelled");
	});
});

describe("a change of priority or service", () => {
	/** The clocks of `sla-engines` rows: sixteen hours become four. */
	const raised = (when: string) => [
		opened("2026-06-01 09:00"),
		prioritised("2026-06-01 09:00", "P3"),
		prioritised(when, "P1"),
	];
	const changing = (how: "recompute" | "restart" | "from-change") =>
		policyWith({ onPriorityChange: { ...policyWith().onPriorityChange, resolution: how } });

	test.each([
		["recompute", "2026-06-01 13:00", "2026-06-01 09:00"],
		["restart", "2026-06-01 16:00", "2026-06-01 12:00"],
		["from-change", "2026-06-01 16:00", "2026-06-01 12:00"],
	] as const)("raised after three hours, %s: due %s, counted from %s", (how, due, from) => {
		const clock = clockOf("resolution", raised("2026-06-01 12:00"), "2026-06-01 12:30", changing(how));
		expect([local(clock.deadline), local(clock.startedAt)]).toEqual([due, from]);
		expect(clock.priority).toBe("P1");
	});

	test("recompute may breach at once: at the change, by the change", () => {
		const clock = clockOf("resolution", raised("2026-06-02 10:00"), "2026-06-02 10:00", changing("recompute"));
		expect(clock).toMatchObject({
			state: "missed",
			deadline: at("2026-06-01 13:00"),
			breachedAt: at("2026-06-02 10:00"),
			breachedBy: "re-prioritisation",
			remaining: -5 * hour,
		});
	});

	test("a change on the very deadline that it brings breaches nothing yet", () => {
		const facts = raised("2026-06-01 13:00");
		expect(clockOf("resolution", facts, "2026-06-01 13:00").state).toBe("running");
		const missed = clockOf("resolution", facts, "2026-06-01 13:00:01");
		expect(missed).toMatchObject({ state: "missed", breachedAt: at("2026-06-01 13:00") });
		expect(missed).not.toHaveProperty("breachedBy");
	});

	test("recompute keeps the breach of a clock that was overdue before", () => {
		const clock = clockOf("resolution", raised("2026-06-03 10:00"), "2026-06-03 11:00", changing("recompute"));
		expect(clock).toMatchObject({ state: "missed", breachedAt: at("2026-06-02 17:00") });
		expect(clock).not.toHaveProperty("breachedBy");
	});

	test("recompute keeps pauses", () => {
		const facts = [
			...raised("2026-06-01 12:00"),
			state("2026-06-01 10:00", "waiting"),
			state("2026-06-01 11:00", "open"),
		];
		expect(local(clockOf("resolution", facts, "2026-06-01 12:30").deadline)).toBe("2026-06-01 14:00");
	});

	test("restart wipes a breach, from-change keeps it", () => {
		const facts = raised("2026-06-03 10:00");
		expect(clockOf("resolution", facts, "2026-06-03 11:00", changing("restart"))).toMatchObject({
			state: "running",
			deadline: at("2026-06-03 14:00"),
		});
		expect(clockOf("resolution", facts, "2026-06-03 11:00", changing("from-change"))).toMatchObject({
			state: "missed",
			priority: "P3",
			breachedAt: at("2026-06-02 17:00"),
		});
	});

	test("a group of another service brings its targets", () => {
		const policy = policyWith({
			services: [
				service(),
				service({ id: "network", groups: ["Network"], targets: { P2: { resolution: businessHours(2, "always") } } }),
			],
		});
		const facts = [
			opened("2026-06-01 09:00"),
			prioritised("2026-06-01 09:00", "P2"),
			moved("2026-06-01 10:00", "Network"),
		];
		const evaluation = evaluate(facts, policy, at("2026-06-01 10:00"));
		expect(evaluation.service).toBe("network");
		expect(clockOf("resolution", facts, "2026-06-01 10:00", policy)).toMatchObject({
			deadline: at("2026-06-01 11:00"),
			calendar: "always",
		});
		expect(evaluate([...facts, moved("2026-06-01 11:00", "Elsewhere")], policy, at("2026-06-01 11:00")).service).toBe(
			"platform",
		);
	});

	test("lowered to a priority without a target, the clock is best effort", () => {
		const facts = [
			opened("2026-06-01 09:00"),
			prioritised("2026-06-01 09:00", "P2"),
			prioritised("2026-06-01 10:00", "P4"),
		];
		expect(clockOf("resolution", facts, "2026-06-09 10:00")).toMatchObject({
			state: "running",
			promise: "best-effort",
			deadline: null,
			elapsed: 49 * hour,
		});
	});
});

describe("grace", () => {
	const policy = policyWith({ grace: 5 * minute });
	const start = [opened("2026-06-01 09:00"), prioritised("2026-06-01 09:00", "P3")];

	test("a priority that is taken back in time leaves no trace", () => {
		const flap = [...start, prioritised("2026-06-02 10:00", "P1"), prioritised("2026-06-02 10:05", "P3")];
		const now = at("2026-06-02 11:00");
		expect(evaluate(flap, policy, now)).toEqual(evaluate(start, policy, now));
	});

	test("a write of ours that arrives after its choice was taken back says nothing", () => {
		const by = { kind: "us" } as const;
		const told = { kind: "priority-changed", seenAt: 0 } as const;
		const p3 = { label: "2 normal", priorities: ["P3"] };
		const choice = classified("2026-06-02 10:00", "high", "high", "P1");
		const at5 = at("2026-06-02 10:00") + 5_000;
		const back: Fact = { ...told, ...p3, id: "s-undone", at: at5, takesBack: choice.id, by: { kind: "agent" } };
		const late: Fact = { ...told, id: "late", at: at5 + 3_000, label: "3 high", priorities: ["P2", "P1"], by };
		const now = at("2026-06-02 11:00");
		const quiet = evaluate([...start, choice, back], policyWith({}), now);
		expect(evaluate([...start, choice, back, late], policyWith({}), now)).toEqual(quiet);
		const somebody: Fact = { ...late, by: { kind: "agent" } };
		expect(evaluate([...start, choice, back, somebody], policyWith({}), now).priority).toBe("P2");
		const muchLater: Fact = { ...late, at: at5 + 10 * minute };
		expect(evaluate([...start, choice, back, muchLater], policyWith({}), now).priority).toBe("P2");
	});

	test("a priority that is taken back too late has been there", () => {
		const now = at("2026-06-02 11:00");
		const changed = [...start, prioritised("2026-06-02 10:00", "P1"), prioritised("2026-06-02 10:05:01", "P3")];
		expect(evaluate(changed, policy, now)).not.toEqual(evaluate(start, policy, now));
	});

	test("a ticket that is solved by mistake goes on as if nothing had happened", () => {
		const flap = [...start, state("2026-06-01 10:00", "solved"), state("2026-06-01 10:04", "new")];
		expect(clockOf("resolution", flap, "2026-06-01 10:02", policy).state).toBe("met");
		const now = at("2026-06-01 12:00");
		expect(evaluate(flap, policy, now)).toEqual(evaluate(start, policy, now));
	});

	test("a change counts at once, though it may be taken back", () => {
		const facts = [...start, prioritised("2026-06-01 10:00", "P1")];
		expect(local(clockOf("resolution", facts, "2026-06-01 10:00", policy).deadline)).toBe("2026-06-01 13:00");
	});
});

describe("the ledger", () => {
	test("without an opening there are no clocks", () => {
		expect(evaluate([prioritised("2026-06-01 09:00", "P1")], policyWith(), at("2026-06-01 10:00"))).toMatchObject({
			clocks: [],
			owed: [],
			priority: "P1",
			wakeAt: null,
		});
		expect(evaluate([], policyWith(), 0)).toMatchObject({ state: "new", channel: "other", priority: "P3" });
	});

	test("facts whose time has not come are left out until then", () => {
		const facts = [opened("2026-06-01 09:00"), answer("2026-06-01 09:30")];
		const before = evaluate(facts, policyWith({ ladders: [] }), at("2026-06-01 09:10"));
		expect(before.clocks.every((clock) => clock.state === "running")).toBe(true);
		expect(before.wakeAt).toBe(at("2026-06-01 09:30"));
	});

	test("the same happening told twice counts once, when it was told to have been first", () => {
		const once = answer("2026-06-01 09:30:00");
		const again = { ...once, at: at("2026-06-01 09:31") };
		const facts = [opened("2026-06-01 09:00"), question("2026-06-01 09:30:30"), again, once];
		const { clocks } = evaluate(facts, policyWith(), at("2026-06-01 10:00"));
		expect(clocks.find(({ goal }) => goal === "next-update")).toMatchObject({ state: "running" });
	});

	test("a label that stands for several priorities keeps the one chosen, another one takes the usual", () => {
		const chosen = [opened("2026-06-01 09:00"), classified("2026-06-01 09:05", "high", "low", "P2")];
		const read = (...more: Fact[]) => {
			const { priority, impact, urgency } = evaluate([...chosen, ...more], policyWith(), at("2026-06-01 10:00"));
			return [priority, impact, urgency];
		};
		expect(read(prioritised("2026-06-01 09:06", "P1", "P2"))).toEqual(["P2", "high", "low"]);
		expect(read(prioritised("2026-06-01 09:06", "P3", "P4"))).toEqual(["P3", null, null]);
		expect(read(prioritised("2026-06-01 09:06"))).toEqual(["P2", "high", "low"]);
	});

	test("impact and urgency that the helpdesk says give the matrix's priority once both are set", () => {
		const read = (...facts: Fact[]) => {
			const evaluation = evaluate([opened("2026-06-01 09:00"), ...facts], policyWith(), at("2026-06-01 10:00"));
			return [evaluation.priority, evaluation.impact, evaluation.urgency];
		};
		expect(read(assessed("2026-06-01 09:05", "high", null))).toEqual(["P3", "high", null]);
		expect(read(assessed("2026-06-01 09:05", "high", null), assessed("2026-06-01 09:06", "high", "high"))).toEqual([
			"P1",
			"high",
			"high",
		]);
		expect(read(assessed("2026-06-01 09:05", "galactic", "high"))).toEqual(["P3", "galactic", "high"]);
	});

	test("the helpdesk's echo of a justified choice does not put the cap back", () => {
		const matrix = { ...policyWith().matrix, caps: [{ groups: ["Test"], atMost: "P3", unlessJustified: true }] };
		const facts = [
			opened("2026-06-01 09:00"),
			moved("2026-06-01 09:00", "Test"),
			classified("2026-06-01 09:05", "high", "high", "P1"),
			assessed("2026-06-01 09:05:01", "high", "high"),
		];
		expect(evaluate(facts, policyWith({ matrix }), at("2026-06-01 10:00")).priority).toBe("P1");
	});

	test("a calendar that never opens gives no deadline and no error", () => {
		for (const target of [businessHours(2, "never"), workingDays(2, "never")]) {
			const policy = policyWith({ services: [service({ targets: { P3: { resolution: target } } })] });
			expect(clockOf("resolution", [opened("2026-06-01 09:00")], "2026-06-05 09:00", policy)).toMatchObject({
				state: "running",
				deadline: null,
				elapsed: 0,
			});
		}
	});

	test("clocks that run come first, the nearest deadline first", () => {
		const facts = [
			opened("2026-06-01 09:00"),
			prioritised("2026-06-01 09:00", "P2"),
			answer("2026-06-01 09:30"),
			question("2026-06-01 10:00"),
		];
		expect(evaluate(facts, policyWith(), at("2026-06-01 10:30")).clocks.map(({ goal }) => goal)).toEqual([
			"next-update",
			"resolution",
			"first-response",
		]);
	});
});
