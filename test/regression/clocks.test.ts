import type { CalendarDefinition } from "@stipt/shared/calendar/calendar";
import { compileCalendar } from "@stipt/shared/calendar/compile-calendar";
import type { Policy, PolicyTimeline } from "@stipt/shared/policy/policy";
import { evaluate } from "@stipt/shared/sla/evaluate";
import type { Clock } from "@stipt/shared/sla/evaluation";
import type { Fact, Goal } from "@stipt/shared/sla/fact";
import {
	alerted,
	answer,
	at,
	local,
	opened,
	paused,
	prioritised,
	resumed,
	state,
} from "@stipt/shared/sla/testing/ledger";
import { forEveryGoal, hour, policyWith, service } from "@stipt/shared/sla/testing/policy";
import { describe, expect, test } from "vitest";
import { readCalendarFile } from "../../webhook-service/src/commands/calendar-events.ts";

/** Rows 47 to 64: clocks. See `business-time.test.ts`. */

const weekly = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["09:00-17:00"]]));
const office: CalendarDefinition = { zone: "Europe/Berlin", weekly };

/** One service with these hours to resolve; without a say, a ticket has the middle priority, P3. */
function policyFor(
	hours: { P1?: number; P3: number; response?: number },
	{ calendar = office, ...change }: Partial<Policy> & { calendar?: CalendarDefinition } = {},
): Policy {
	const target = (amount: number) => ({
		calendar: "office",
		amount: { kind: "business" as const, duration: amount * hour },
		promise: "commitment" as const,
	});
	const goals = (amount: number) => ({
		resolution: target(amount),
		...(hours.response === undefined ? {} : { "first-response": target(hours.response) }),
	});
	return policyWith({
		calendars: { office: compileCalendar(calendar, {}) },
		calendarDefinitions: { office: calendar },
		services: [
			service({
				calendar: "office",
				targets: { P3: goals(hours.P3), ...(hours.P1 === undefined ? {} : { P1: goals(hours.P1) }) },
			}),
		],
		...change,
	});
}

function clockOf(
	facts: readonly Fact[],
	policy: Policy | PolicyTimeline,
	now: string,
	goal: Goal = "resolution",
): Clock {
	const found = evaluate(facts, policy, at(now)).clocks.find((clock) => clock.goal === goal);
	if (!found) throw new Error(`Expected a clock for ${goal}, found none`);
	return found;
}

const deadline = (...args: Parameters<typeof clockOf>) => local(clockOf(...args).deadline);

describe("a pause", () => {
	test("row 47 over holidays costs its open time, not its wall time", () => {
		const policy = policyFor({ P3: 8 }, { calendar: { ...office, holidays: ["2026-04-03", "2026-04-06"] } });
		const start = opened("2026-04-02 10:00");
		const pause = [state("2026-04-02 12:00", "waiting"), state("2026-04-07 12:00", "open")];
		expect(deadline([start], policy, "2026-04-02 11:00")).toBe("2026-04-07 10:00");
		expect(deadline([start, ...pause], policy, "2026-04-07 13:00")).toBe("2026-04-08 10:00");
	});

	test("row 48 outside hours moves nothing", () => {
		const start = opened("2026-06-05 16:00");
		const pause = [state("2026-06-05 18:00", "waiting"), state("2026-06-08 08:00", "open")];
		expect(deadline([start, ...pause], policyFor({ P3: 4 }), "2026-06-08 09:00")).toBe("2026-06-08 12:00");
	});

	test("row 49 that overlaps another counts once", () => {
		const facts = [
			opened("2026-06-08 09:00"),
			state("2026-06-08 10:00", "waiting"),
			paused("2026-06-08 11:00", { because: "by-hand" }),
			state("2026-06-08 12:00", "open"),
			resumed("2026-06-08 13:00"),
		];
		expect(deadline(facts, policyFor({ P3: 4 }), "2026-06-08 14:00")).toBe("2026-06-08 16:00");
	});

	test("row 50 of thirty seconds counts thirty seconds", () => {
		const facts = [
			opened("2026-06-08 09:00"),
			state("2026-06-08 10:00:20", "waiting"),
			state("2026-06-08 10:00:50", "open"),
		];
		expect(clockOf(facts, policyFor({ P3: 2 }), "2026-06-08 10:30").deadline).toBe(at("2026-06-08 11:00:30"));
	});

	test("row 51 in the minute of another counts too", () => {
		const facts = [
			opened("2026-06-08 09:00"),
			state("2026-06-08 10:00:05", "waiting"),
			state("2026-06-08 10:00:15", "open"),
			state("2026-06-08 10:00:30", "waiting"),
			state("2026-06-08 10:00:50", "open"),
		];
		expect(clockOf(facts, policyFor({ P3: 2 }), "2026-06-08 10:30").deadline).toBe(at("2026-06-08 11:00:30"));
	});

	test("row 51 over the hour that comes twice is as long as it was", () => {
		const always = policyFor({ P3: 8 }, { calendar: { zone: "Europe/Berlin", always: true } });
		const [from, to] = [Date.parse("2026-10-25T02:50+02:00"), Date.parse("2026-10-25T02:10+01:00")];
		const facts = [opened("2026-10-24 20:00"), state(from, "waiting"), state(to, "open")];
		expect(clockOf(facts, always, "2026-10-25 04:00").deadline).toBe(Date.parse("2026-10-25T03:20+01:00"));
	});

	test("row 52 that has not ended leaves no deadline, a remainder that stands and nothing to warn of", () => {
		const facts = [opened("2026-06-08 09:00"), state("2026-06-08 11:00", "waiting")];
		const policy = policyFor({ P3: 4 });
		for (const now of ["2026-06-08 12:00", "2026-06-12 12:00"]) {
			expect(clockOf(facts, policy, now)).toMatchObject({
				state: "paused",
				deadline: null,
				remaining: 2 * hour,
				elapsed: 2 * hour,
				pausedBecause: { owner: "customer", since: at("2026-06-08 11:00"), until: null },
			});
			const owed = evaluate(facts, policy, at(now)).owed.filter(({ owedAt }) => owedAt > at("2026-06-08 11:00"));
			expect(owed).toEqual([]);
		}
	});
});

describe("another priority", () => {
	const hours = { P3: 16, P1: 4 };
	const start = opened("2026-06-08 09:00");

	test.each([
		["recompute", "2026-06-08 13:00"],
		["restart", "2026-06-08 16:00"],
		["from-change", "2026-06-08 16:00"],
	] as const)("row 53 raised at noon, by %s", (how, expected) => {
		const policy = policyFor(hours, { onPriorityChange: forEveryGoal(how) });
		expect(deadline([start], policy, "2026-06-08 12:00")).toBe("2026-06-09 17:00");
		const raised = [start, prioritised("2026-06-08 12:00", "P1")];
		expect(deadline(raised, policy, "2026-06-08 12:00")).toBe(expected);
	});

	test("row 54 raised when it is too late calls one step, and says why", () => {
		const policy = policyFor(hours);
		const before = [
			start,
			...evaluate([start], policy, at("2026-06-09 09:59")).owed.map((step) => alerted(step.owedAt, step)),
		];
		const { owed, clocks } = evaluate(
			[...before, prioritised("2026-06-09 10:00", "P1")],
			policy,
			at("2026-06-09 10:00"),
		);
		expect(clocks[0]).toMatchObject({
			state: "missed",
			breachedBy: "re-prioritisation",
			deadline: at("2026-06-08 13:00"),
		});
		expect(owed.map(({ cause }) => cause)).toEqual(["re-prioritised"]);
	});

	test("row 55 that is taken back within the grace leaves no trace", () => {
		const policy = policyFor(hours, { grace: hour / 12 });
		const flap = [start, prioritised("2026-06-09 10:00", "P1"), prioritised("2026-06-09 10:04", "P3")];
		for (const now of ["2026-06-09 10:05", "2026-06-10 12:00"]) {
			expect(evaluate(flap, policy, at(now))).toEqual(evaluate([start], policy, at(now)));
		}
		expect(evaluate(flap.slice(0, 2), policy, at("2026-06-09 10:03")).owed.map(({ cause }) => cause)).not.toContain(
			"re-prioritised",
		);
	});

	test("row 56 lowered after a miss: what was sent stays, and the ladder stops", () => {
		const policy = policyFor(hours);
		const facts = [start, prioritised("2026-06-08 09:00", "P1")];
		const sent = evaluate(facts, policy, at("2026-06-08 13:30")).owed.map((step) => alerted("2026-06-08 13:30", step));
		const lowered = [...facts, ...sent, prioritised("2026-06-08 14:00", "P3")];
		expect(clockOf(lowered, policy, "2026-06-08 16:00")).toMatchObject({
			state: "running",
			deadline: at("2026-06-09 17:00"),
		});
		const { owed } = evaluate(lowered, policy, at("2026-06-08 16:59"));
		expect(owed).toEqual([]);
		expect(lowered.filter(({ kind }) => kind === "alerted").length).toBeGreaterThan(0);
	});
});

describe("another version of the policy", () => {
	const start = opened("2026-06-08 09:00");
	const published = (
		first: Policy,
		second: Policy,
		from: string,
		applies: "from-now" | "recompute",
	): PolicyTimeline => [{ policy: first }, { policy: { ...second, version: "v2" }, from: at(from), applies }];

	test.each([
		["from-now", "2026-06-08 17:00"],
		["recompute", "2026-06-08 18:00"],
	] as const)("row 57 with another zone while a clock runs, %s", (applies, expected) => {
		const london = policyFor({ P3: 8 }, { calendar: { ...office, zone: "Europe/London" } });
		const timeline = published(policyFor({ P3: 8 }), london, "2026-06-08 12:00", applies);
		expect(deadline([start], timeline, "2026-06-08 13:00")).toBe(expected);
	});

	test.each([
		["from-now", "2026-06-10 17:00"],
		["recompute", "2026-06-11 17:00"],
	] as const)("row 58 with a holiday for yesterday, %s; what has stopped stays as it was", (applies, expected) => {
		const later = policyFor({ P3: 24 }, { calendar: { ...office, holidays: ["2026-06-09"] } });
		const timeline = published(policyFor({ P3: 24 }), later, "2026-06-10 10:00", applies);
		expect(deadline([start], timeline, "2026-06-10 11:00")).toBe(expected);
		const done = [start, state("2026-06-09 12:00", "solved")];
		expect(evaluate(done, timeline, at("2026-06-10 11:00")).clocks).toEqual(
			evaluate(done, policyFor({ P3: 24 }), at("2026-06-10 11:00")).clocks,
		);
	});

	test("row 64 with less time than was used leaves an overrun in open time, and one step", () => {
		const timeline = published(policyFor({ P3: 16 }), policyFor({ P3: 4 }), "2026-06-09 10:00", "recompute");
		const sent = evaluate([start], policyFor({ P3: 16 }), at("2026-06-09 09:59")).owed.map((step) =>
			alerted(step.owedAt, step),
		);
		const { clocks, owed } = evaluate([start, ...sent], timeline, at("2026-06-09 10:00"));
		expect(clocks[0]).toMatchObject({ state: "missed", elapsed: 9 * hour, remaining: -5 * hour, policyVersion: "v2" });
		expect(owed).toHaveLength(1);
	});
});

test.each([
	["resume", { cycle: 1, deadline: "2026-06-08 15:00", past: 0 }],
	["restart", { cycle: 2, deadline: "2026-06-08 17:00", past: 0 }],
	["new-cycle", { cycle: 2, deadline: "2026-06-08 17:00", past: 1 }],
] as const)("row 59 reopened, by %s", (how, expected) => {
	const policy = policyFor({ P3: 4 }, { onReopen: forEveryGoal(how) });
	const facts = [opened("2026-06-08 09:00"), state("2026-06-08 11:00", "solved"), state("2026-06-08 13:00", "open")];
	const { clocks, past } = evaluate(facts, policy, at("2026-06-08 13:00"));
	const clock = clocks.find(({ goal }) => goal === "resolution");
	expect({
		cycle: clock?.cycle,
		deadline: local(clock?.deadline),
		past: past.filter(({ goal }) => goal === "resolution").length,
	}).toEqual(expected);
});

test("row 60 a clock at 99.951 % is not missed, nor at its last millisecond, and its miss is called after that", () => {
	const start = at("2026-06-08 09:00");
	for (const used of [Math.floor(4 * hour * 0.99951), 4 * hour - 1, 4 * hour, 4 * hour + 1]) {
		const { clocks, owed } = evaluate([opened("2026-06-08 09:00")], policyFor({ P3: 4 }), start + used);
		const isOver = used > 4 * hour;
		expect(clocks[0]?.state).toBe(isOver ? "missed" : "running");
		expect(owed.some(({ step }) => step === "breach")).toBe(isOver);
	}
});

test.each([
	[0, "met"],
	[1, "missed"],
])("row 61 an answer %i ms after the deadline is %s", (late, verdict) => {
	const facts = [opened("2026-06-08 09:00"), answer(at("2026-06-08 11:00") + late)];
	expect(clockOf(facts, policyFor({ P3: 8, response: 2 }), "2026-06-08 12:00", "first-response").state).toBe(verdict);
});

test("row 62 late, repeated and early tellings of the same facts end in the same state", () => {
	const policy = policyFor({ P3: 8, response: 2 });
	const facts = [
		opened("2026-06-08 09:00"),
		state("2026-06-08 10:00", "waiting"),
		state("2026-06-08 12:00", "open"),
		answer("2026-06-08 13:00"),
	];
	const future = state("2026-06-09 09:00", "solved");
	const now = at("2026-06-08 16:00");
	const expected = evaluate(facts, policy, now);
	expect(evaluate([...facts].reverse(), policy, now)).toEqual(expected);
	expect(evaluate([...facts, ...facts.map((fact) => ({ ...fact, seenAt: now }))], policy, now)).toEqual(expected);
	expect(evaluate([future, ...facts], policy, now)).toEqual({ ...expected, wakeAt: future.at });
});

test("row 63 a calendar file's events end on the right dates, or say why they do not", () => {
	const event = (name: string, ...lines: string[]) =>
		["BEGIN:VEVENT", `UID:${name}`, `SUMMARY:${name}`, ...lines, "END:VEVENT"].join("\r\n");
	const file = [
		"BEGIN:VCALENDAR",
		event("one day", "DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261226"),
		event("three days", "DTSTART;VALUE=DATE:20261228", "DTEND;VALUE=DATE:20261231"),
		event("again", "DTSTART;VALUE=DATE:20250501", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270501"),
		event("cancelled", "DTSTART;VALUE=DATE:20260601", "STATUS:CANCELLED"),
		event("free", "DTSTART;VALUE=DATE:20260602", "TRANSP:TRANSPARENT"),
		event("half", "DTSTART;TZID=America/New_York:20261224T070000", "DTEND;TZID=America/New_York:20261224T180000"),
		event("floating", "DTSTART:20260603T130000", "DTEND:20260603T170000"),
		"END:VCALENDAR",
	].join("\r\n");
	const { events } = readCalendarFile(file, { zone: "Europe/Berlin", years: [2026, 2027], countsFree: false });
	expect(
		events.map(({ name, dates, hours, ignored }) => [name, ...dates, ...hours.map(({ range }) => range), ignored]),
	).toEqual([
		["one day", "2026-12-25", null],
		["three days", "2026-12-28", "2026-12-29", "2026-12-30", null],
		["again", "2026-05-01", null],
		["cancelled", "cancelled"],
		["free", expect.stringContaining("free")],
		["half", "13:00-24:00", null],
		["floating", "13:00-17:00", null],
	]);
	expect(() => readCalendarFile("<html>", { zone: null, years: [2026, 2026], countsFree: false })).toThrow(
		"BEGIN:VCALENDAR",
	);
});
