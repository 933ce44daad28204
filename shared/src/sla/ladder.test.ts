import { describe, expect, test } from "vitest";
import type { LadderStep, Policy } from "../policy/policy.ts";
import { evaluate } from "./evaluate.ts";
import type { OwedStep } from "./evaluation.ts";
import type { Fact } from "./fact.ts";
import { worst } from "./ladder.ts";
import {
	acknowledged,
	alerted,
	alertOf,
	answer,
	at,
	local,
	opened,
	prioritised,
	question,
	state,
} from "./testing/ledger.ts";
import { businessHours, everyStep, hour, minute, policyWith, service, words, workingDays } from "./testing/policy.ts";

/** A resolution of eight hours from Monday 09:00: half 13:00, most 15:24, breach 17:00, late Tuesday 11:00. */
const start = [opened("2026-06-01 09:00"), prioritised("2026-06-01 09:00", "P2"), answer("2026-06-01 09:10")];

function ladderOf(...steps: LadderStep[]): Partial<Policy> {
	return { ladders: [{ ...everyStep, steps }] };
}

function owed(facts: Fact[], now: string, policy = policyWith()): string[] {
	return evaluate(facts, policy, at(now)).owed.map(
		({ step, occurrence, owedAt }) => `${step}.${occurrence} ${local(owedAt)}`,
	);
}

function take(facts: Fact[], when: string, policy = policyWith()): Fact[] {
	const { owed: steps } = evaluate(facts, policy, at(when));
	const sent = worst(steps);
	return [...facts, ...steps.map((step) => alerted(when, step, step === sent ? "sent" : "superseded"))];
}

const resolution = (step: string, occurrence = 0) => ({ goal: "resolution" as const, cycle: 1, step, occurrence });

describe("steps come due in business time", () => {
	test.each([
		["2026-06-01 12:59:59", []],
		["2026-06-01 13:00", ["half.0 2026-06-01 13:00"]],
		["2026-06-01 15:24", ["half.0 2026-06-01 13:00", "most.0 2026-06-01 15:24"]],
		["2026-06-01 17:00", ["half.0 2026-06-01 13:00", "most.0 2026-06-01 15:24"]],
		["2026-06-01 17:00:01", ["half.0 2026-06-01 13:00", "most.0 2026-06-01 15:24", "breach.0 2026-06-01 17:00"]],
		[
			"2026-06-02 11:00",
			["half.0 2026-06-01 13:00", "most.0 2026-06-01 15:24", "breach.0 2026-06-01 17:00", "late.0 2026-06-02 11:00"],
		],
	])("at %s: %j", (now, expected) => {
		expect(owed(start, now)).toEqual(expected);
	});

	test("the breach is owed strictly after the deadline", () => {
		const step = evaluate(start, policyWith(), at("2026-06-01 18:00")).owed.find((each) => each.step === "breach");
		expect(step).toEqual({
			...resolution("breach"),
			owedAt: at("2026-06-01 17:00") + 1,
			cause: "due",
			roles: ["manager"],
			note: true,
			rung: { step: 3, of: 4 },
		});
	});

	test.each([
		[-2 * hour, "2026-06-01 15:00"],
		[-7 * hour - 59 * minute, "2026-06-01 09:01"],
	])("an offset of %i ms is counted back from the deadline: %s", (offset, when) => {
		const policy = policyWith(ladderOf({ id: "soon", at: { kind: "deadline", offset }, notify: [], note: false }));
		expect(owed(start, when, policy)).toEqual([`soon.0 ${when}`]);
		expect(evaluate(start, policy, at(when) - 1).owed).toEqual([]);
	});

	test("a step before the deadline falls at an opening, not at the closing before it", () => {
		const policy = policyWith(
			ladderOf({ id: "soon", at: { kind: "deadline", offset: -4 * hour }, notify: [], note: false }),
		);
		const facts = [opened("2026-06-01 13:00"), prioritised("2026-06-01 13:00", "P2"), answer("2026-06-01 13:00:01")];
		expect(owed(facts, "2026-06-01 20:00", policy)).toEqual([]);
		expect(owed(facts, "2026-06-02 09:00", policy)).toEqual(["soon.0 2026-06-02 09:00"]);
	});

	test.each([-8 * hour, -9 * hour])(
		"a step %i ms from the deadline would lie at the start or before: never",
		(offset) => {
			const policy = policyWith(ladderOf({ id: "soon", at: { kind: "deadline", offset }, notify: [], note: false }));
			expect(owed(start, "2026-06-02 12:00", policy)).toEqual([]);
			expect(evaluate(start, policy, at("2026-06-02 12:00")).wakeAt).toBeNull();
		},
	);

	test("percentages of working days are of the open time in them", () => {
		const policy = policyWith({ services: [service({ targets: { P2: { resolution: workingDays(1) } } })] });
		expect(owed(start, "2026-06-02 09:00", policy)).toEqual(["half.0 2026-06-01 17:00"]);
	});

	test("a percentage is of whole milliseconds, rounded down", () => {
		const step: LadderStep = { id: "third", at: { kind: "percent", percent: 33 }, notify: [], note: false };
		const target = { ...businessHours(1), amount: { kind: "business" as const, duration: 10_001 } };
		const policy = policyWith({ ...ladderOf(step), services: [service({ targets: { P2: { resolution: target } } })] });
		expect(evaluate(start, policy, at("2026-06-01 09:00:05")).owed[0]?.owedAt).toBe(at("2026-06-01 09:00") + 3300);
	});

	test("a service without a ladder, a goal outside it and best effort owe nothing", () => {
		const now = at("2026-06-09 09:00");
		expect(evaluate(start, policyWith({ services: [service({ ladder: null })] }), now).owed).toEqual([]);
		const other = policyWith({ ladders: [{ ...everyStep, goals: ["first-response"] }] });
		expect(evaluate(start, other, now).owed).toEqual([]);
		expect(evaluate([...start, prioritised("2026-06-01 09:20", "P4")], policyWith(), now).owed).toEqual([]);
	});
});

describe("what is taken is not owed", () => {
	test.each(["sent", "failed", "superseded"] as const)("a step that was %s", (outcome) => {
		const facts = [...start, alerted("2026-06-01 13:01", resolution("half"), outcome)];
		expect(owed(facts, "2026-06-01 14:00")).toEqual([]);
		expect(owed(facts, "2026-06-01 16:00")).toEqual(["most.0 2026-06-01 15:24"]);
	});

	test("a step below one that was taken, though nobody noted that it was skipped", () => {
		const facts = [...start, alerted("2026-06-01 16:00", resolution("most"))];
		expect(owed(facts, "2026-06-01 16:30")).toEqual([]);
	});

	test("a step that was taken for an earlier deadline is owed again for the later one", () => {
		const facts = take([...start, prioritised("2026-06-01 09:20", "P1")], "2026-06-01 13:00:01");
		expect(owed(facts, "2026-06-01 14:00")).toEqual([]);
		const lowered = [...facts, prioritised("2026-06-01 14:00", "P3")];
		expect(owed(lowered, "2026-06-02 08:00")).toEqual(["half.1 2026-06-01 17:00"]);
	});

	test("nothing is owed for a clock that has stopped", () => {
		expect(owed([...start, state("2026-06-01 16:00", "solved")], "2026-06-05 09:00")).toEqual([]);
	});

	test("nothing new is owed while a clock stands still", () => {
		const facts = [...start, state("2026-06-01 15:00", "waiting")];
		expect(owed(facts, "2026-06-05 09:00")).toEqual(["half.0 2026-06-01 13:00"]);
		expect(evaluate(facts, policyWith(), at("2026-06-05 09:00")).wakeAt).toBeNull();
		expect(owed([...facts, state("2026-06-03 09:00", "open")], "2026-06-03 09:30")).toEqual([
			"half.0 2026-06-01 13:00",
			"most.0 2026-06-03 09:24",
		]);
	});
});

describe("repeats", () => {
	const every = { every: 30 * minute, times: 3 };
	const policy = policyWith(
		ladderOf(
			{ id: "half", at: { kind: "percent", percent: 50 }, notify: ["lead"], note: false, repeat: every },
			{ id: "breach", at: { kind: "deadline", offset: 0 }, notify: ["manager"], note: false },
		),
	);

	test("a step is called so many times more, in business time", () => {
		expect(owed(start, "2026-06-01 13:29", policy)).toEqual(["half.0 2026-06-01 13:00"]);
		expect(owed(start, "2026-06-01 16:00", policy)).toEqual([
			"half.0 2026-06-01 13:00",
			"half.1 2026-06-01 13:30",
			"half.2 2026-06-01 14:00",
			"half.3 2026-06-01 14:30",
		]);
	});

	test("taking the latest takes those before it", () => {
		const facts = [...start, alerted("2026-06-01 14:05", resolution("half", 2))];
		expect(owed(facts, "2026-06-01 14:20", policy)).toEqual([]);
		expect(owed(facts, "2026-06-01 14:30", policy)).toEqual(["half.3 2026-06-01 14:30"]);
	});

	test("an acknowledgement ends them", () => {
		const facts = [
			...start,
			alerted("2026-06-01 13:00", resolution("half")),
			acknowledged("2026-06-01 13:10", alertOf(resolution("half")), "2026-06-01 16:30"),
			answer("2026-06-01 13:40"),
		];
		expect(owed(facts, "2026-06-01 16:59", policy)).toEqual([]);
	});

	test("a higher step ends them", () => {
		const late = policyWith(
			ladderOf(
				{
					id: "most",
					at: { kind: "percent", percent: 95 },
					notify: [],
					note: false,
					repeat: { every: 20 * minute, times: 9 },
				},
				{ id: "breach", at: { kind: "deadline", offset: 0 }, notify: [], note: false },
			),
		);
		expect(owed(start, "2026-06-02 12:00", late)).toEqual([
			"most.0 2026-06-01 16:36",
			"most.1 2026-06-01 16:56",
			"breach.0 2026-06-01 17:00",
		]);
	});
});

describe("acknowledgement", () => {
	const warned = [...start, alerted("2026-06-01 13:00", resolution("half"))];
	const promising = (until: string) => [
		...warned,
		acknowledged("2026-06-01 13:10", alertOf(resolution("half")), until),
	];

	test("suspends the whole ladder of the ticket until the promise", () => {
		const facts = [...promising("2026-06-02 10:00"), question("2026-06-01 13:20")];
		expect(owed(facts, "2026-06-02 10:00")).toEqual([]);
		expect(evaluate(facts, policyWith(), at("2026-06-02 10:00"))).toMatchObject({
			wakeAt: at("2026-06-02 10:00") + 1,
			escalation: {
				goal: "resolution",
				step: 1,
				of: 4,
				alert: "resolution.1.half.0",
				acknowledgedBy: "manager",
				acknowledgedAt: at("2026-06-01 13:10"),
				nextPromise: at("2026-06-02 10:00"),
			},
		});
	});

	test("what came due meanwhile is owed when the promise passes, and the ladder climbs", () => {
		const facts = [...promising("2026-06-01 16:00"), question("2026-06-01 13:20")];
		const { owed: steps } = evaluate(facts, policyWith(), at("2026-06-01 16:00") + 1);
		expect(steps.map(({ goal, step, occurrence, cause }) => [goal, step, occurrence, cause])).toEqual([
			["next-update", "half", 0, "due"],
			["resolution", "most", 0, "due"],
			["resolution", "breach", 0, "promise-expired"],
		]);
		expect(steps.every(({ owedAt }) => owedAt === at("2026-06-01 16:00") + 1)).toBe(true);
	});

	test("the highest step so far is called once more with the next one", () => {
		expect(owed(promising("2026-06-01 14:00"), "2026-06-01 14:01")).toEqual([
			"half.1 2026-06-01 14:00",
			"most.0 2026-06-01 14:00",
		]);
	});

	test("a breach is announced though its step was climbed before", () => {
		const facts = take(promising("2026-06-01 16:00"), "2026-06-01 16:00:01");
		expect(facts.filter(({ kind }) => kind === "alerted")).toHaveLength(3);
		expect(owed(facts, "2026-06-01 17:00")).toEqual([]);
		expect(owed(facts, "2026-06-01 17:01")).toEqual(["breach.1 2026-06-01 17:00"]);
	});

	test("each promise that is broken climbs one step", () => {
		let facts = take(promising("2026-06-01 14:00"), "2026-06-01 14:00:01");
		facts = [...facts, acknowledged("2026-06-01 14:05", alertOf(resolution("most")), "2026-06-01 14:30")];
		expect(owed(facts, "2026-06-01 14:30:01")).toEqual(["most.1 2026-06-01 14:30", "breach.0 2026-06-01 14:30"]);
	});

	test("an agent's message keeps the promise: what came due meanwhile is not owed, what comes later is", () => {
		const facts = [...promising("2026-06-01 16:00"), answer("2026-06-01 15:30")];
		expect(owed(facts, "2026-06-01 17:00")).toEqual([]);
		expect(evaluate(facts, policyWith(), at("2026-06-01 16:30")).escalation).toMatchObject({
			acknowledgedBy: "manager",
			nextPromise: null,
		});
		expect(owed(facts, "2026-06-01 17:01")).toEqual(["breach.0 2026-06-01 17:00"]);
	});

	test("a message on the dot keeps the promise", () => {
		expect(owed([...promising("2026-06-01 16:00"), answer("2026-06-01 16:00")], "2026-06-01 16:59")).toEqual([]);
	});

	test("another acknowledgement takes the place of the first", () => {
		const facts = [
			...promising("2026-06-01 14:00"),
			acknowledged("2026-06-01 13:50", alertOf(resolution("half")), "2026-06-01 16:00"),
		];
		expect(owed(facts, "2026-06-01 15:59")).toEqual([]);
		expect(owed(facts, "2026-06-01 16:01")).toEqual(["most.0 2026-06-01 16:00", "breach.0 2026-06-01 16:00"]);
	});

	test("of an alert that this ticket never had changes nothing", () => {
		const facts = [...warned, acknowledged("2026-06-01 13:10", "another", "2026-06-05 09:00")];
		expect(owed(facts, "2026-06-01 15:30")).toEqual(["most.0 2026-06-01 15:24"]);
	});

	test("does not outlive the ticket: reopened, its ladder is free", () => {
		const facts = [
			...promising("2026-06-05 17:00"),
			state("2026-06-01 14:00", "solved"),
			state("2026-06-02 09:00", "open"),
		];
		expect(owed(facts, "2026-06-02 10:30")).toEqual(["most.0 2026-06-02 10:24"]);
	});

	test("an expired promise of a clock that stands still waits with it", () => {
		const facts = [...promising("2026-06-01 16:00"), state("2026-06-01 14:00", "waiting")];
		expect(owed(facts, "2026-06-03 09:00")).toEqual([]);
		expect(owed([...facts, state("2026-06-03 09:00", "open")], "2026-06-03 09:00")).toEqual([
			"half.1 2026-06-03 09:00",
			"most.0 2026-06-03 09:00",
		]);
	});
});

describe("a change of priority", () => {
	const raised = (when: string) => [
		...start.slice(0, 1),
		prioritised("2026-06-01 09:00", "P3"),
		answer("2026-06-01 09:10"),
		prioritised(when, "P1"),
	];

	test("that breaches at once owes one alert, not every step", () => {
		expect(owed(raised("2026-06-01 14:00"), "2026-06-01 14:00")).toEqual(["breach.0 2026-06-01 14:00"]);
		expect(evaluate(raised("2026-06-01 14:00"), policyWith(), at("2026-06-01 14:00")).owed[0]?.cause).toBe(
			"re-prioritised",
		);
	});

	test("that passes a warning owes that warning", () => {
		expect(owed(raised("2026-06-01 12:30"), "2026-06-01 12:30")).toEqual(["most.0 2026-06-01 12:30"]);
	});

	test("announces no breach that was announced before", () => {
		const facts = take(raised("2026-06-03 10:00").slice(0, 3), "2026-06-02 17:01");
		const after = [...facts, prioritised("2026-06-03 08:00", "P1")];
		expect(owed(after, "2026-06-03 09:30")).toEqual(["late.0 2026-06-03 08:00"]);
		expect(owed(take(after, "2026-06-03 09:30"), "2026-06-05 09:00")).toEqual([]);
	});

	test("after a breach, to a later deadline, ends the escalation", () => {
		const facts = take([...start, prioritised("2026-06-01 09:20", "P1")], "2026-06-01 13:01");
		const lowered = [...facts, prioritised("2026-06-01 13:30", "P3")];
		expect(evaluate(facts, policyWith(), at("2026-06-01 13:30")).escalation).toMatchObject({ step: 3 });
		expect(evaluate(lowered, policyWith(), at("2026-06-01 13:30"))).toMatchObject({ owed: [], escalation: null });
	});

	test("to a later deadline owes no warning below a breach that was announced", () => {
		const raisedFirst = [...start, prioritised("2026-06-01 09:20", "P1")];
		const announced = [...raisedFirst, alerted("2026-06-01 13:01", resolution("breach"))];
		expect(owed([...announced, prioritised("2026-06-01 13:30", "P2")], "2026-06-01 14:00")).toEqual([]);
		expect(owed([...raisedFirst, prioritised("2026-06-01 13:30", "P2")], "2026-06-01 14:00")).toEqual([
			"half.0 2026-06-01 13:30",
		]);
	});

	test("alerts nobody until it has outlived the grace", () => {
		const policy = policyWith({ grace: 5 * minute });
		const facts = raised("2026-06-01 14:00");
		expect(evaluate(facts, policy, at("2026-06-01 14:04"))).toMatchObject({
			owed: [],
			wakeAt: at("2026-06-01 14:05"),
		});
		expect(owed(facts, "2026-06-01 14:05", policy)).toEqual(["breach.0 2026-06-01 14:05"]);
		const flap = [...facts, prioritised("2026-06-01 14:04", "P3")];
		expect(owed(flap, "2026-06-01 16:00", policy)).toEqual([]);
	});
});

describe("the escalation of a ticket", () => {
	test("stands at the alert that went out last", () => {
		const facts = take(start, "2026-06-01 16:00");
		expect(evaluate(facts, policyWith(), at("2026-06-01 16:30")).escalation).toEqual({
			goal: "resolution",
			step: 2,
			of: 4,
			owedAt: at("2026-06-01 15:24"),
			alert: "resolution.1.most.0",
			acknowledgedBy: null,
			acknowledgedAt: null,
			nextPromise: null,
		});
	});

	test("stands at what is owed while that has not gone out", () => {
		expect(evaluate(take(start, "2026-06-01 16:00"), policyWith(), at("2026-06-01 18:00")).escalation).toMatchObject({
			step: 3,
			alert: null,
		});
	});

	test("ends with its clock", () => {
		const facts = [...take(start, "2026-06-01 16:00"), state("2026-06-01 16:30", "solved")];
		expect(evaluate(facts, policyWith(), at("2026-06-01 17:30")).escalation).toBeNull();
		expect(evaluate(start, policyWith(), at("2026-06-01 12:00")).escalation).toBeNull();
	});
});

describe("the worst of what is owed", () => {
	const step = (change: Partial<OwedStep>): OwedStep => ({
		...resolution("half"),
		owedAt: 0,
		cause: "due",
		roles: [],
		note: false,
		rung: { step: 1, of: 4 },
		...change,
	});

	test.each([
		[
			"the higher rung, whatever its goal",
			{ rung: { step: 3, of: 4 }, goal: "next-update" },
			{ rung: { step: 2, of: 4 } },
		],
		["the more severe goal", { goal: "resolution" }, { goal: "first-response", owedAt: 9 }],
		["the latest", { owedAt: 9 }, { owedAt: 3 }],
		["the later occurrence", { occurrence: 1 }, { occurrence: 0 }],
	] satisfies [string, Partial<OwedStep>, Partial<OwedStep>][])("is %s", (_what, more, less) => {
		const [high, low] = [step(more), step(less)];
		expect(worst([low, high])).toBe(high);
		expect(worst([high, low])).toBe(high);
	});

	test("is none when nothing is owed", () => {
		expect(worst([])).toBeNull();
	});

	test("of a ticket with a broken and a warned promise is the broken one", () => {
		const facts = [opened("2026-06-01 09:00"), prioritised("2026-06-01 09:00", "P2")];
		const { owed: steps } = evaluate(facts, policyWith(), at("2026-06-01 13:30"));
		expect(worst(steps)).toMatchObject({ goal: "first-response", step: "late" });
	});

	test("pauses of one goal leave the ladder of another alone", () => {
		const policy = policyWith({
			pauses: [
				{ states: ["waiting"], goals: ["first-response"], reason: words("Waiting"), owner: "customer", longest: null },
			],
		});
		const facts = [
			opened("2026-06-01 09:00"),
			prioritised("2026-06-01 09:00", "P2"),
			state("2026-06-01 09:30", "waiting"),
		];
		expect(evaluate(facts, policy, at("2026-06-01 15:30")).owed.map(({ goal }) => goal)).toEqual([
			"resolution",
			"resolution",
		]);
	});
});
