import type { CalendarDefinition } from "@stipt/shared/calendar/calendar";
import { compileCalendar } from "@stipt/shared/calendar/compile-calendar";
import type { Ladder, Policy, PolicyTimeline, Target } from "@stipt/shared/policy/policy";
import { evaluate } from "@stipt/shared/sla/evaluate";
import type { Fact, Goal } from "@stipt/shared/sla/fact";
import { proofsOf } from "@stipt/shared/sla/proof/proofs-of";
import {
	alerted,
	answer,
	at,
	deleted,
	handedOver,
	local,
	opened,
	prioritised,
	question,
	state,
} from "@stipt/shared/sla/testing/ledger";
import { everyStep, hour, minute, policyWith, service, words } from "@stipt/shared/sla/testing/policy";
import { afterEach, describe, expect, test } from "vitest";

/**
 * What users of other products complain about most, as tests, by number. B29 (a button that a redesign of the helpdesk
 * removes or doubles) is about the overlay: `test/extension` and `test/contract/hosts.test.ts` hold it.
 */

const weekly = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["09:00-17:00"]]));
const office: CalendarDefinition = { zone: "Europe/Brussels", weekly };
const business = (hours: number, calendar = "office"): Target => {
	return { calendar, amount: { kind: "business", duration: hours * hour }, promise: "commitment" };
};
const days = (count: number): Target => {
	return { calendar: "office", amount: { kind: "workingDays", days: count }, promise: "commitment" };
};

type Goals = Partial<Record<Goal, Target>>;

function policyFor(
	targets: Goals | Record<"P1" | "P3", Goals>,
	{ calendar = office, ...change }: Partial<Policy> & { calendar?: CalendarDefinition } = {},
): Policy {
	const always = compileCalendar({ zone: "Europe/Brussels", always: true }, {});
	return policyWith({
		calendars: { office: compileCalendar(calendar, {}), always },
		calendarDefinitions: { office: calendar, always: { zone: "Europe/Brussels", always: true } },
		services: [service({ calendar: "office", targets: "P1" in targets ? targets : { P3: targets } })],
		...change,
	});
}

function clockOf(facts: readonly Fact[], policy: Policy | PolicyTimeline, now: string, goal: Goal = "resolution") {
	return evaluate(facts, policy, at(now)).clocks.find((clock) => clock.goal === goal);
}

const step = (id: string, offset: number): Ladder["steps"][number] => {
	return { id, at: { kind: "deadline", offset }, notify: ["manager"], note: false };
};
const ladderOf = (...steps: Ladder["steps"]): Partial<Policy> => ({ ladders: [{ ...everyStep, steps }] });

/** Every step as it is called when each wake takes what is owed, until an instant. */
function calls(facts: readonly Fact[], policy: Policy, until: string): { step: string; at: string | null }[] {
	const ledger = [...facts];
	const found: { step: string; at: string | null }[] = [];
	for (let now: number | null = facts[0]?.at ?? null; now !== null && now <= at(until); ) {
		const { owed, wakeAt } = evaluate(ledger, policy, now);
		for (const one of owed) {
			found.push({ step: one.step, at: local(one.owedAt) });
			ledger.push(alerted(now, one));
		}
		now = owed.length > 0 ? evaluate(ledger, policy, now).wakeAt : wakeAt;
	}
	return found;
}

describe("deadlines", () => {
	test("B1 a raised priority keeps the pauses that the ticket had", () => {
		const policy = policyFor({ P1: { resolution: business(4) }, P3: { resolution: business(16) } });
		const facts = [
			opened("2026-06-08 09:00"),
			state("2026-06-08 10:00", "waiting"),
			state("2026-06-08 12:00", "open"),
			prioritised("2026-06-08 13:00", "P1"),
		];
		expect(local(clockOf(facts, policy, "2026-06-08 13:00")?.deadline)).toBe("2026-06-08 15:00");
	});

	test("B2 a pause over a weekend gives a target in working days no weekend", () => {
		const facts = [opened("2026-06-04 09:00"), state("2026-06-05 17:00", "waiting"), state("2026-06-08 09:00", "open")];
		const policy = policyFor({ resolution: days(2) });
		expect(local(clockOf(facts.slice(0, 1), policy, "2026-06-04 10:00")?.deadline)).toBe("2026-06-08 17:00");
		expect(local(clockOf(facts, policy, "2026-06-08 10:00")?.deadline)).toBe("2026-06-08 17:00");
	});

	test("B11 a clock for updates leaves a longer first response alone, and an answer ends both", () => {
		const policy = policyFor({ "first-response": business(8), "next-update": business(1) });
		const facts = [opened("2026-06-08 09:00"), question("2026-06-08 10:00")];
		const deadline = (now: string, ledger = facts) => local(clockOf(ledger, policy, now, "first-response")?.deadline);
		expect(deadline("2026-06-08 11:30")).toBe("2026-06-08 17:00");
		const { clocks, owed } = evaluate([...facts, answer("2026-06-08 10:30")], policy, at("2026-06-09 12:00"));
		expect(clocks.map(({ state: standing }) => standing)).not.toContain("missed");
		expect(owed.filter(({ owedAt }) => owedAt > at("2026-06-08 10:30"))).toEqual([]);
	});

	test("B12 a ticket that waits and is reopened does not run out at once", () => {
		const policy = policyFor({ resolution: business(4) });
		const facts = [
			opened("2026-06-01 09:00"),
			state("2026-06-01 10:00", "waiting"),
			state("2026-06-02 10:00", "solved"),
			state("2026-06-08 10:00", "open"),
		];
		expect(clockOf(facts, policy, "2026-06-08 10:00")).toMatchObject({
			state: "running",
			elapsed: hour,
			deadline: at("2026-06-08 13:00"),
		});
	});

	test("B19 a lunch break is two ranges of a day, and moves the deadline by itself", () => {
		const lunch = { ...office, weekly: { tue: ["09:00-12:00", "13:00-17:00"] } };
		const policy = policyFor({ resolution: business(4) }, { calendar: lunch });
		expect(local(clockOf([opened("2026-06-09 09:00")], policy, "2026-06-09 09:00")?.deadline)).toBe("2026-06-09 14:00");
	});

	test("B26 a day is a working day or so many hours, never twenty-four of the schedule", () => {
		const start = opened("2026-06-08 10:00");
		const deadline = (target: Target) =>
			local(clockOf([start], policyFor({ resolution: target }), "2026-06-08 10:00")?.deadline);
		expect(deadline(days(1))).toBe("2026-06-09 17:00");
		expect(deadline(business(8))).toBe("2026-06-09 10:00");
	});

	test("B27 hours of one promise do not leak into another's", () => {
		const policy = policyFor({ P1: { resolution: business(4, "always") }, P3: { resolution: business(4) } });
		const saturday = opened("2026-06-06 10:00");
		expect(local(clockOf([saturday], policy, "2026-06-06 10:00")?.deadline)).toBe("2026-06-08 13:00");
		const urgent = [saturday, prioritised("2026-06-06 10:00", "P1")];
		expect(local(clockOf(urgent, policy, "2026-06-06 10:00")?.deadline)).toBe("2026-06-06 14:00");
	});

	test("B28 what is paused stands still, however long, and holidays are not counted into it", () => {
		const policy = policyFor({ resolution: business(8) }, { calendar: { ...office, holidays: ["2026-06-09"] } });
		const facts = [opened("2026-06-08 09:00"), state("2026-06-08 11:00", "waiting")];
		expect(clockOf(facts, policy, "2026-06-08 16:00")?.elapsed).toBe(2 * hour);
		expect(clockOf(facts, policy, "2026-06-11 16:00")?.elapsed).toBe(2 * hour);
		const resumed = [...facts, state("2026-06-10 09:00", "open")];
		expect(local(clockOf(resumed, policy, "2026-06-10 09:00")?.deadline)).toBe("2026-06-10 15:00");
	});

	test("B31 the same office hours are as long in winter as in summer, whenever one looks", () => {
		const calendar = compileCalendar(office, {});
		for (const day of ["2026-01-12", "2026-07-13", "2026-03-30", "2026-10-26"]) {
			expect(calendar.between(at(`${day} 08:00`), at(`${day} 12:00`))).toBe(3 * hour);
		}
	});

	test("B38 a calendar without hours gives no deadline and breaks nothing", () => {
		const policy = policyFor({ resolution: business(4) }, { calendar: { zone: "Europe/Brussels", weekly: {} } });
		const { clocks, wakeAt } = evaluate([opened("2026-06-08 09:00")], policy, at("2026-06-08 10:00"));
		expect(clocks[0]).toMatchObject({ state: "running", elapsed: 0 });
		expect(clocks[0]?.deadline).toBeNull();
		expect(wakeAt === null || wakeAt > at("2026-06-08 10:00")).toBe(true);
	});
});

describe("where the reader is", () => {
	const before = process.env.TZ;
	afterEach(() => {
		process.env.TZ = before;
	});

	test.each(["UTC", "America/New_York", "Pacific/Auckland"])("B30, B38 makes no difference: %s", (zone) => {
		process.env.TZ = zone;
		const calendar = { ...office, exceptions: [{ date: "2026-06-08", hours: ["10:00-12:00"] }] };
		const policy = policyFor({ resolution: business(4) }, { calendar });
		expect(clockOf([opened("2026-06-08 09:00")], policy, "2026-06-08 09:00:05")).toMatchObject({
			state: "running",
			deadline: at("2026-06-09 11:00"),
		});
	});
});

describe("lines", () => {
	const lines = ["first", "second"].map((id) => {
		return { id, name: words(id), groups: [id], minimum: 2 * hour, designated: false };
	});
	const policy = policyFor(
		{ resolution: business(8) },
		{
			pauses: [
				{
					states: ["waiting"],
					goals: ["resolution", "handover"],
					reason: words("W"),
					owner: "customer",
					longest: null,
				},
			],
		},
	);
	const withLines = { ...policy, services: policy.services.map((one) => ({ ...one, lines })) };

	test("B5 a hand-over is not missed while the ticket waits", () => {
		const facts = [opened("2026-06-08 09:00"), state("2026-06-08 10:00", "waiting")];
		expect(clockOf(facts, withLines, "2026-06-12 10:00", "handover")).toMatchObject({
			state: "paused",
			breachedAt: null,
		});
	});

	test("B7 a line that receives a ticket late is told what was left, and who used the rest", () => {
		const facts = [opened("2026-06-08 09:00"), handedOver("2026-06-08 16:30", "second", "first")];
		const evaluation = evaluate(facts, withLines, at("2026-06-08 17:00"));
		expect(evaluation.lines.map(({ line, used, leftAtReceipt }) => ({ line, used, leftAtReceipt }))).toEqual([
			{ line: "first", used: 7.5 * hour, leftAtReceipt: 8 * hour },
			{ line: "second", used: 0.5 * hour, leftAtReceipt: 0.5 * hour },
		]);
	});
});

describe("steps", () => {
	test("B3 an hour before the deadline is an hour of the office, not midnight", () => {
		const policy = policyFor({ resolution: business(4) }, ladderOf(step("soon", -hour)));
		expect(calls([opened("2026-06-08 13:30")], policy, "2026-06-12 12:00")).toEqual([
			{ step: "soon", at: "2026-06-08 16:30" },
		]);
	});

	test("B4 a step before the deadline comes neither with the ticket nor with the deadline", () => {
		const policy = policyFor({ resolution: business(0.5) }, ladderOf(step("soon", -hour), step("breach", 0)));
		const facts = [opened("2026-06-08 10:00")];
		expect(evaluate(facts, policy, at("2026-06-08 10:00")).owed).toEqual([]);
		expect(calls(facts, policy, "2026-06-12 12:00")).toEqual([{ step: "breach", at: "2026-06-08 10:30" }]);
	});

	test("B8 nothing is called at night or on a weekend for an office's promise", () => {
		const policy = policyFor({ resolution: business(4) }, ladderOf(step("breach", 0), step("late", 2 * hour)));
		expect(calls([opened("2026-06-05 12:30")], policy, "2026-06-12 12:00")).toEqual([
			{ step: "breach", at: "2026-06-05 16:30" },
			{ step: "late", at: "2026-06-08 10:30" },
		]);
	});

	test("B9 a second reminder of one day is another occurrence, not a repeat that is dropped", () => {
		const repeat = { every: 45 * minute, times: 2 };
		const policy = policyFor({ resolution: business(2) }, ladderOf({ ...step("breach", 0), repeat }));
		expect(calls([opened("2026-06-08 09:00")], policy, "2026-06-12 12:00")).toEqual([
			{ step: "breach", at: "2026-06-08 11:00" },
			{ step: "breach", at: "2026-06-08 11:45" },
			{ step: "breach", at: "2026-06-08 12:30" },
		]);
	});

	test("B6, B21 what is overdue as soon as it is known calls one step, not each of the ladder", () => {
		const policy = policyFor({ P1: { resolution: business(1) }, P3: { resolution: business(16) } });
		const facts = [opened("2026-06-08 09:00"), prioritised("2026-06-08 16:00", "P1")];
		const { owed } = evaluate(facts, policy, at("2026-06-08 16:00"));
		expect(owed).toHaveLength(1);
		expect(owed[0]?.cause).toBe("re-prioritised");
	});

	test("B22 half and three quarters of the time are called, and steps go on after the deadline", () => {
		const at50 = { id: "half", at: { kind: "percent" as const, percent: 50 }, notify: [], note: false };
		const at75 = { ...at50, id: "most", at: { kind: "percent" as const, percent: 75 } };
		const policy = policyFor({ resolution: business(4) }, ladderOf(at50, at75, step("breach", 0), step("late", hour)));
		expect(calls([opened("2026-06-08 09:00")], policy, "2026-06-12 12:00").map((call) => call.at)).toEqual([
			"2026-06-08 11:00",
			"2026-06-08 12:00",
			"2026-06-08 13:00",
			"2026-06-08 14:00",
		]);
	});

	test.each([
		["closed", state("2026-06-08 10:00", "closed")],
		["solved", state("2026-06-08 10:00", "solved")],
		["deleted", deleted("2026-06-08 10:00")],
	])("B23 a ticket that was %s calls nobody, whoever looks or does not", (_, end) => {
		const policy = policyFor({ resolution: business(4) });
		expect(calls([opened("2026-06-08 09:00"), end], policy, "2026-07-12 12:00")).toEqual([]);
	});

	test("B34 five times the one on call, then five times the manager", () => {
		const repeat = { every: 10 * minute, times: 4 };
		const policy = policyFor(
			{ resolution: business(2) },
			ladderOf(
				{ ...step("on-call", 0), notify: ["on-call"], repeat },
				{ ...step("manager", hour), notify: ["manager"], repeat },
			),
		);
		const found = calls([opened("2026-06-08 09:00")], policy, "2026-06-12 12:00");
		expect(found.map((call) => call.step)).toEqual([
			...Array.from({ length: 5 }, () => "on-call"),
			...Array.from({ length: 5 }, () => "manager"),
		]);
		expect(found[4]?.at).toBe("2026-06-08 11:40");
	});
});

describe("what agents see", () => {
	test("B10 a day off says its name, so that one that nobody takes off is found", () => {
		const sets = { feed: [{ date: "2026-11-11", name: "St Martin's Day" }] };
		const calendar = compileCalendar({ ...office, holidays: ["@feed"] }, sets);
		expect(calendar.dayOf("2026-11-11").because.at(-1)).toMatchObject({ layer: "holiday", name: "St Martin's Day" });
	});

	test("B13 after a miss, the overrun is counted in the hours of the promise", () => {
		const policy = policyFor({ resolution: business(4) });
		const clock = clockOf([opened("2026-06-05 12:30")], policy, "2026-06-08 10:00");
		expect(clock).toMatchObject({ state: "missed", remaining: -1.5 * hour });
	});

	test("B16 paused and outside hours are two things, each alone and both together", () => {
		const policy = policyFor({ resolution: business(16) });
		const facts = [opened("2026-06-08 09:00"), state("2026-06-09 10:00", "waiting")];
		const seen = ["2026-06-08 12:00", "2026-06-08 20:00", "2026-06-09 12:00", "2026-06-09 20:00"].map((now) => {
			const clock = clockOf(facts, policy, now);
			return [clock?.state, clock?.outsideHours];
		});
		expect(seen).toEqual([
			["running", false],
			["running", true],
			["paused", false],
			["paused", true],
		]);
	});

	test("B18 a deadline can be reckoned from its proof: what is counted adds up to the target", () => {
		const policy = policyFor({ resolution: business(16) });
		const facts = [opened("2026-06-05 15:00"), state("2026-06-05 16:00", "waiting"), state("2026-06-08 10:00", "open")];
		const now = at("2026-06-08 12:00");
		const [proof] = proofsOf(facts, policy, now, { tzData: "test" });
		expect(proof?.counted.reduce((sum, line) => sum + line.ms, 0)).toBe(16 * hour);
		expect(proof?.pauses).toHaveLength(1);
	});
});

describe("another policy", () => {
	const facts = [opened("2026-06-08 09:00")];
	const [long, short] = [16, 4].map((hours) => policyFor({ resolution: business(hours) }));

	test.each([
		["from-now", "2026-06-08 13:00"],
		["recompute", "2026-06-08 13:00"],
	] as const)("B14 reaches a running ticket when it is published, without a touch: %s", (applies, expected) => {
		if (!long || !short) throw new Error("Expected two policies, found fewer");
		const timeline: PolicyTimeline = [
			{ policy: long },
			{ policy: { ...short, version: "v2" }, from: at("2026-06-08 12:00"), applies },
		];
		expect(local(clockOf(facts, timeline, "2026-06-08 11:59")?.deadline)).toBe("2026-06-09 17:00");
		expect(clockOf(facts, timeline, "2026-06-08 12:00")).toMatchObject({ deadline: at(expected), policyVersion: "v2" });
	});

	test("B17 facts that were missed are taken in where they belong, and what was closed keeps its verdict", () => {
		if (!long || !short) throw new Error("Expected two policies, found fewer");
		const closed = [...facts, state("2026-06-08 15:00", "closed")];
		const late = [
			{ ...state("2026-06-08 10:00", "waiting"), seenAt: at("2026-06-08 16:00") },
			{ ...state("2026-06-08 11:00", "open"), seenAt: at("2026-06-08 16:00") },
		];
		const now = at("2026-06-10 12:00");
		const inTime = late.map((fact) => ({ ...fact, seenAt: fact.at }));
		expect(evaluate([...closed, ...late], short, now).clocks).toEqual(
			evaluate([...inTime, ...closed], short, now).clocks,
		);
		const timeline: PolicyTimeline = [
			{ policy: long },
			{ policy: { ...short, version: "v2" }, from: at("2026-06-09 12:00"), applies: "recompute" },
		];
		expect(evaluate(closed, timeline, now).clocks).toEqual(evaluate(closed, long, now).clocks);
	});

	test("B25 99.951 % is not a miss", () => {
		if (!short) throw new Error("Expected a policy, found none");
		const now = at("2026-06-08 09:00") + Math.floor(4 * hour * 0.99951);
		expect(evaluate(facts, short, now).clocks[0]).toMatchObject({ state: "running", breachedAt: null });
	});
});
