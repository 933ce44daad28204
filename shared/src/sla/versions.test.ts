import { describe, expect, test } from "vitest";
import type { Calendar, CalendarDefinition } from "../calendar/calendar.ts";
import { compileCalendar } from "../calendar/compile-calendar.ts";
import type { Policy, PolicyTimeline } from "../policy/policy.ts";
import { evaluate } from "./evaluate.ts";
import { joinCalendars } from "./joined-calendar.ts";
import { clockOf } from "./testing/clock-of.ts";
import { alerted, answer, at, local, opened, prioritised, state } from "./testing/ledger.ts";
import { businessHours, calendars, hour, policyWith, service, words, workingDays } from "./testing/policy.ts";
import { inForceAt, versionsJudging, versionsOf } from "./versions.ts";

const weekly = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["09:00-17:00"]]));
const office = (zone: string, change: Partial<CalendarDefinition> = {}): Calendar =>
	compileCalendar({ zone, weekly, ...change }, {});

function policyOn(calendar: Calendar, change: Partial<Policy> = {}): Policy {
	return policyWith({ calendars: { ...calendars, flemish: calendar }, ...change });
}

const berlin = policyOn(office("Europe/Berlin"));
const london = policyOn(office("Europe/London"), { version: "v2" });
const start = [opened("2026-06-01 09:00"), prioritised("2026-06-01 09:00", "P2"), answer("2026-06-01 09:10")];

const then = (policy: Policy, from: string, applies: "from-now" | "recompute", before = berlin): PolicyTimeline => [
	{ policy: before },
	{ policy, from: at(from), applies },
];

describe("a version that comes into force", () => {
	test.each([
		["from-now", "2026-06-01 17:00"],
		["recompute", "2026-06-01 18:00"],
	] as const)("D3-57 hours of another zone from 12:00 on, %s: due %s", (applies, due) => {
		const timeline = then(london, "2026-06-01 12:00", applies);
		const clock = clockOf("resolution", start, "2026-06-01 13:00", timeline);
		expect(local(clock.deadline)).toBe(due);
		expect(clock.policyVersion).toBe("v2");
		expect(clockOf("resolution", start, "2026-06-01 11:59", timeline)).toMatchObject({
			policyVersion: "v1",
			deadline: at("2026-06-01 17:00"),
		});
	});

	test("is waited for", () => {
		const timeline = then(london, "2026-06-01 12:00", "from-now", { ...berlin, ladders: [] });
		expect(evaluate(start, timeline, at("2026-06-01 11:00")).wakeAt).toBe(at("2026-06-01 12:00"));
	});

	test.each([
		["from-now", workingDays(2), "2026-06-03 17:00"],
		["recompute", workingDays(2), "2026-06-04 17:00"],
		["from-now", businessHours(24), "2026-06-03 17:00"],
		["recompute", businessHours(24), "2026-06-04 17:00"],
	] as const)("D3-58 a holiday that is added for yesterday, %s, a target of %j: due %s", (applies, resolution, due) => {
		const services = [service({ targets: { P3: { resolution } } })];
		const without = policyOn(office("Europe/Berlin"), { services });
		const closed = office("Europe/Berlin", { exceptions: [{ date: "2026-06-02", closed: true }] });
		const timeline = then(policyOn(closed, { services, version: "v2" }), "2026-06-03 09:30", applies, without);
		const facts = [opened("2026-06-01 09:00"), prioritised("2026-06-01 09:00", "P3")];
		expect(local(clockOf("resolution", facts, "2026-06-03 10:00", timeline).deadline)).toBe(due);
	});

	test("D3-58 a clock that had stopped keeps its result to the letter, whatever is recomputed", () => {
		const facts = [...start, state("2026-06-01 16:00", "solved")];
		const harsh = policyWith({
			version: "v2",
			services: [service({ targets: { P2: { resolution: businessHours(1), "first-response": businessHours(0.1) } } })],
		});
		for (const applies of ["from-now", "recompute"] as const) {
			const after = evaluate(facts, then(harsh, "2026-06-01 16:30", applies), at("2026-06-03 10:00"));
			expect(after.clocks).toEqual(evaluate(facts, berlin, at("2026-06-03 10:00")).clocks);
			const running = evaluate(facts, then(harsh, "2026-06-01 15:00", applies), at("2026-06-03 10:00"));
			expect(running.clocks).toMatchObject([
				{ goal: "resolution", state: "missed", policyVersion: "v2" },
				{ goal: "first-response", state: "met", policyVersion: "v1" },
			]);
		}
	});

	test("with new targets: they hold for running clocks, what they make overdue is breached then and told once", () => {
		const shorter = policyWith({
			version: "v2",
			services: [service({ targets: { P2: { resolution: businessHours(2) } } })],
		});
		const timeline = then(shorter, "2026-06-01 14:00", "from-now", policyWith());
		const { clocks, owed } = evaluate(start, timeline, at("2026-06-01 14:30"));
		expect(clocks[0]).toMatchObject({
			goal: "resolution",
			state: "missed",
			deadline: at("2026-06-01 11:00"),
			breachedAt: at("2026-06-01 14:00"),
			elapsed: 5.5 * hour,
		});
		expect(clocks[0]).not.toHaveProperty("breachedBy");
		expect(owed.map(({ step, owedAt, cause }) => [step, local(owedAt), cause])).toEqual([
			["late", "2026-06-01 14:00", "due"],
		]);
		const step = owed[0];
		if (step)
			expect(evaluate([...start, alerted("2026-06-01 14:31", step)], timeline, at("2026-06-02 16:00")).owed).toEqual(
				[],
			);
	});

	test("D3-64 hours that leave less time make no deadline earlier and count nothing twice", () => {
		const short = policyOn(office("Europe/Berlin", { weekly: { mon: ["09:00-10:00"] } }), { version: "v2" });
		const clock = clockOf("resolution", start, "2026-06-01 13:00", then(short, "2026-06-01 12:00", "from-now"));
		expect(clock).toMatchObject({ state: "running", elapsed: 3 * hour, remaining: 5 * hour, outsideHours: true });
		expect(local(clock.deadline)).toBe("2026-07-06 10:00");
	});

	test("with other pauses: what had counted stays counted", () => {
		const unpaused = policyWith({ version: "v2", pauses: [] });
		const facts = [...start, state("2026-06-01 10:00", "waiting")];
		const now = clockOf("resolution", facts, "2026-06-01 13:00", then(unpaused, "2026-06-01 12:00", "from-now"));
		expect(now).toMatchObject({ state: "running", elapsed: 2 * hour });
		const again = clockOf("resolution", facts, "2026-06-01 13:00", then(unpaused, "2026-06-01 12:00", "recompute"));
		expect(again.elapsed).toBe(4 * hour);
	});

	test("with another ladder and other pauses is heard in its own words", () => {
		const renamed = policyWith({
			version: "v2",
			pauses: [
				{ states: [{ label: "x" }], goals: ["resolution"], reason: words("X"), owner: "planned", longest: null },
				...policyWith().pauses,
			],
		});
		const facts = [...start, state("2026-06-01 10:00", "waiting")];
		const timeline = then(renamed, "2026-06-01 12:00", "from-now", policyWith());
		expect(clockOf("resolution", facts, "2026-06-01 11:00", timeline).pausedBecause?.rule).toBe(0);
		expect(clockOf("resolution", facts, "2026-06-01 13:00", timeline).pausedBecause).toMatchObject({
			rule: 1,
			since: at("2026-06-01 10:00"),
		});
	});

	test("a ticket that is opened later knows only that one", () => {
		const facts = [opened("2026-06-02 10:00"), prioritised("2026-06-02 10:00", "P2")];
		const now = at("2026-06-02 11:00");
		expect(evaluate(facts, then(london, "2026-06-01 12:00", "from-now"), now)).toEqual(evaluate(facts, london, now));
	});

	test("that says the same leaves no trace but its name", () => {
		const same = { ...policyWith(), version: "v2" };
		for (const applies of ["from-now", "recompute"] as const) {
			const timeline = then(same, "2026-06-01 12:00", applies, policyWith());
			const { clocks, ...rest } = evaluate(start, timeline, at("2026-06-01 16:00"));
			const before = evaluate(start, policyWith(), at("2026-06-01 16:00"));
			expect({ ...rest, clocks: clocks.map((clock) => ({ ...clock, policyVersion: "v1" })) }).toEqual(before);
		}
	});
});

describe("versions", () => {
	const [one, two, three] = ["v1", "v2", "v3"].map((version) => policyWith({ version }));
	const versions = versionsOf([
		{ policy: one ?? berlin },
		{ policy: three ?? berlin, from: 30, applies: "recompute" },
		{ policy: two ?? berlin, from: 20, applies: "from-now" },
	]);

	test("are in force from their instant on, in whatever order they are given", () => {
		expect([0, 19, 20, 29, 30].map((instant) => inForceAt(versions, instant).version)).toEqual([
			"v1",
			"v1",
			"v2",
			"v2",
			"v3",
		]);
	});

	test.each([
		[10, 15, ["v1"]],
		[10, 25, ["v1", "v2"]],
		[10, 35, ["v3"]],
		[22, 25, ["v2"]],
		[30, 30, ["v3"]],
	])("a clock that started at %i is judged at %i by %j", (startedAt, instant, expected) => {
		const judging = versionsJudging(startedAt, instant, versions);
		expect(judging.map(({ policy }) => policy.version)).toEqual(expected);
		expect(judging[0].from).toBe(Number.NEGATIVE_INFINITY);
	});
});

describe("two calendars in turn", () => {
	const early = office("Europe/Brussels", {
		weekly: { mon: ["08:00-12:00"], tue: ["08:00-12:00"], wed: ["08:00-12:00"] },
	});
	const late = office("Europe/Brussels", {
		weekly: { mon: ["13:00-18:00"], tue: ["11:00-18:00"], thu: ["13:00-18:00"] },
	});
	/** 1 June is a Monday. */
	const joined = joinCalendars(early, at("2026-06-02 11:30"), late);
	const shown = (instant: number | null) => local(instant);

	test("are each open in their own time", () => {
		const open = joined.stretches(at("2026-06-01 00:00"), at("2026-06-04 00:00"));
		expect(open.map(({ start: from, end }) => [shown(from), shown(end)])).toEqual([
			["2026-06-01 08:00", "2026-06-01 12:00"],
			["2026-06-02 08:00", "2026-06-02 18:00"],
		]);
		expect(joined.between(at("2026-06-01 00:00"), at("2026-06-04 00:00"))).toBe(14 * hour);
		expect(joined.between(at("2026-06-04 00:00"), at("2026-06-01 00:00"))).toBe(-14 * hour);
	});

	test("answer every question across the change", () => {
		expect(shown(joined.add(at("2026-06-01 11:00"), 6 * hour))).toBe("2026-06-02 13:00");
		expect(shown(joined.subtract(at("2026-06-02 13:00"), 6 * hour))).toBe("2026-06-01 11:00");
		expect(shown(joined.nextOpen(at("2026-06-02 18:00")))).toBe("2026-06-04 13:00");
		expect(shown(joined.nextOpen(at("2026-06-01 12:00")))).toBe("2026-06-02 08:00");
		expect(shown(joined.nextClose(at("2026-06-02 09:00")))).toBe("2026-06-02 18:00");
		expect(joined.isOpen(at("2026-06-01 09:00")) && !joined.isOpen(at("2026-06-03 09:00"))).toBe(true);
		expect(shown(joined.addWorkingDays(at("2026-06-01 09:00"), 1))).toBe("2026-06-02 18:00");
		expect(shown(joined.addWorkingDays(at("2026-06-01 09:00"), 2))).toBe("2026-06-04 18:00");
		expect(joined.workingDaysBetween(at("2026-06-01 09:00"), at("2026-06-04 15:00"))).toBe(2);
		expect(joined.days(at("2026-06-01 00:00"), at("2026-06-04 00:00")).map(({ date }) => date)).toEqual([
			"2026-06-01",
			"2026-06-02",
			"2026-06-03",
		]);
		expect(["2026-06-01", "2026-06-03", "2026-06-04"].map(joined.isWorkingDay)).toEqual([true, false, true]);
	});

	test("of one content are that calendar", () => {
		expect(joinCalendars(early, 5, early)).toBe(early);
	});
});
