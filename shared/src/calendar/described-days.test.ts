import { describe, expect, test } from "vitest";
import type { CalendarDefinition, HolidaySets } from "./calendar.ts";
import { compileCalendar } from "./compile-calendar.ts";
import { parseInstant } from "./instant.ts";

const zone = "Europe/Brussels";
const weekly = { mon: ["09:00-17:00"], thu: ["09:00-17:00"], fri: ["09:00-12:00", "13:00-17:00", "22:00-06:00"] };
const sets: HolidaySets = {
	office: {
		rules: [{ include: "legal" }, { fixed: "12-25", name: "again" }, { date: "2026-05-15", name: { nl: "Brug" } }],
		completeUntil: 2027,
	},
	legal: { rules: [{ fixed: "12-25", name: "Christmas" }, { easter: 1 }], completeUntil: 2030 },
};
const holiday = (date: string, name: unknown, set: string | null = "office") => {
	return { layer: "holiday", date, set, name };
};
const exception = (kind: string, index: number, date: string, name: unknown = null) => {
	return { layer: "exception", kind, index, from: date, to: date, name };
};

function dayOf(date: string, definition: Partial<CalendarDefinition> = {}) {
	return compileCalendar({ zone, weekly, holidays: ["@office"], ...definition }, sets).dayOf(date);
}

describe("a date says what it owns and why", () => {
	test("an ordinary one by its week, touching ranges as one, a night into the next date", () => {
		const touching = { fri: ["13:00-17:00", "09:00-13:00", "22:00-06:00"] };
		expect(dayOf("2026-03-06", { weekly: touching })).toEqual({
			date: "2026-03-06",
			ranges: [
				[540, 1020],
				[1320, 1800],
			],
			because: [{ layer: "weekly" }],
		});
	});

	test("a holiday by its name, that of the first rule that has one, and its set", () => {
		expect(dayOf("2026-12-25").because).toEqual([{ layer: "weekly" }, holiday("2026-12-25", "Christmas")]);
		expect(dayOf("2026-05-15").because.at(-1)).toEqual(holiday("2026-05-15", { nl: "Brug" }));
		expect(dayOf("2026-04-06")).toEqual({
			date: "2026-04-06",
			ranges: [],
			because: [{ layer: "weekly" }, holiday("2026-04-06", null)],
		});
	});

	test("one written without a set has neither", () => {
		expect(dayOf("2026-03-06", { holidays: ["2026-03-06"] }).because.at(-1)).toEqual(holiday("2026-03-06", null, null));
	});

	test("a holiday on the next date cuts its night shift, and is named; one that cuts nothing is not", () => {
		expect(dayOf("2026-03-06", { holidays: ["2026-03-07"] })).toEqual({
			date: "2026-03-06",
			ranges: [
				[540, 720],
				[780, 1020],
				[1320, 1440],
			],
			because: [{ layer: "weekly" }, holiday("2026-03-07", null, null)],
		});
		expect(dayOf("2026-03-05", { holidays: ["2026-03-06"] }).because).toEqual([{ layer: "weekly" }]);
	});

	test("a holiday that falls on a closed day is named all the same", () => {
		expect(dayOf("2027-12-25").because).toEqual([{ layer: "weekly" }, holiday("2027-12-25", "Christmas")]);
	});

	test("exceptions in their order, the last one deciding", () => {
		const exceptions: CalendarDefinition["exceptions"] = [
			{ date: "2026-12-25", hours: ["10:00-14:00"], name: "Stand-by" },
			{ date: "2026-12-25", remove: ["12:00-13:00", "13:00-13:30"] },
			{ date: "2026-12-25", add: ["18:00-19:00"] },
		];
		expect(dayOf("2026-12-25", { exceptions })).toEqual({
			date: "2026-12-25",
			ranges: [
				[600, 720],
				[810, 840],
				[1080, 1140],
			],
			because: [
				{ layer: "weekly" },
				holiday("2026-12-25", "Christmas"),
				exception("hours", 0, "2026-12-25", "Stand-by"),
				exception("remove", 1, "2026-12-25"),
				exception("add", 2, "2026-12-25"),
			],
		});
	});

	test("a closed span on each of its dates", () => {
		const exceptions: CalendarDefinition["exceptions"] = [{ from: "2026-03-05", to: "2026-03-07", closed: true }];
		const closed = { ...exception("closed", 0, "2026-03-05"), to: "2026-03-07" };
		for (const date of ["2026-03-05", "2026-03-06"]) {
			expect(dayOf(date, { exceptions })).toEqual({ date, ranges: [], because: [{ layer: "weekly" }, closed] });
		}
	});

	test("by the version in force at its noon", () => {
		const versions = [
			{ from: null, calendar: { zone, weekly: { mon: ["09:00-17:00"] } } },
			{ from: "2026-03-02T11:30:00+01:00", calendar: { zone, weekly: { mon: ["08:00-10:00"] } } },
			{ from: "2026-03-09T12:30:00+01:00", calendar: { zone, weekly: { mon: ["07:00-08:00"] } } },
		];
		const calendar = compileCalendar({ versions }, {});
		const opening = (date: string) => calendar.dayOf(date).ranges[0]?.[0];
		expect(["2026-02-23", "2026-03-02", "2026-03-09", "2026-03-16"].map(opening)).toEqual([540, 480, 480, 420]);
		const days = calendar.days(parseInstant("2026-02-23T00:00+01:00", ""), parseInstant("2026-03-17T00:00+01:00", ""));
		expect(days).toHaveLength(22);
		expect(days.map(({ date }) => calendar.dayOf(date))).toEqual(days);
	});
});

describe("the scope of a closed date", () => {
	const night = { zone, weekly: { fri: ["22:00-06:00"], sat: ["08:00-10:00"] } };
	const hours = (definition: CalendarDefinition) => {
		const calendar = compileCalendar(definition, {});
		const from = Date.UTC(2026, 5, 5);
		return calendar.between(from, from + 3 * 86_400_000) / 3_600_000;
	};
	test.each([
		["2026-06-06", "date", 2],
		["2026-06-06", "shift", 8],
		["2026-06-05", "date", 8],
		["2026-06-05", "shift", 2],
	] as const)("%s closed by %s leaves %i hours of a night and a morning", (date, holidayScope, left) => {
		expect(hours({ ...night, holidays: [date], holidayScope })).toBe(left);
		expect(hours({ ...night, exceptions: [{ date, closed: true }], holidayScope })).toBe(left);
	});

	test("is one of two words", () => {
		expect(() => compileCalendar({ ...night, holidayScope: "owner" as never }, {})).toThrow(
			"Expected date or shift, found",
		);
	});
});

describe("the dates of a time", () => {
	const calendar = compileCalendar({ zone, weekly }, {});
	const dates = (from: string, to: string) =>
		calendar.days(parseInstant(from, ""), parseInstant(to, "")).map(({ date }) => date);

	test("are the local ones that it touches", () => {
		expect(dates("2026-03-02T23:30:00Z", "2026-03-03T23:00:00Z")).toEqual(["2026-03-03"]);
		expect(dates("2026-03-02T22:30:00Z", "2026-03-03T23:00:00.001Z")).toEqual([
			"2026-03-02",
			"2026-03-03",
			"2026-03-04",
		]);
	});

	test("with the one before while its night shift goes on", () => {
		expect(dates("2026-03-07T05:59:00+01:00", "2026-03-07T12:00:00+01:00")).toEqual(["2026-03-06", "2026-03-07"]);
		expect(dates("2026-03-07T06:00:00+01:00", "2026-03-07T12:00:00+01:00")).toEqual(["2026-03-07"]);
	});

	test("are none of an empty time", () => {
		expect(dates("2026-03-07T05:59:00+01:00", "2026-03-07T05:59:00+01:00")).toEqual([]);
	});
});

describe("a calendar's content", () => {
	const base: CalendarDefinition = { zone, weekly, holidays: ["@office"] };
	const version = (definition: CalendarDefinition, holidays = sets) => compileCalendar(definition, holidays).version;

	test("has one identity, in whatever order it was written", () => {
		expect(version({ holidays: ["@office"], weekly: { ...weekly }, zone })).toBe(version(base));
		expect(version(base)).toMatch(/^[0-9a-f]{16}$/);
	});

	test.each([
		["hours", { ...base, weekly: { ...weekly, mon: ["09:00-17:01"] } }, sets],
		["zone", { ...base, zone: "Europe/Paris" }, sets],
		["an included rule", base, { ...sets, legal: [{ fixed: "12-25" }, { easter: 2 }] }],
	] satisfies [string, CalendarDefinition, HolidaySets][])("has another with other %s", (_, definition, holidays) => {
		expect(version(definition, holidays)).not.toBe(version(base));
	});

	test("does not depend on sets that it does not use", () => {
		expect(version(base, { ...sets, other: [{ fixed: "01-01" }] })).toBe(version(base));
	});

	test("is complete until the first of its sets is not, and for ever without one that ends", () => {
		expect(compileCalendar(base, sets).completeUntil).toBe(2027);
		expect(compileCalendar({ ...base, holidays: ["@legal"] }, sets).completeUntil).toBe(2030);
		expect(compileCalendar({ ...base, holidays: ["2026-12-24"] }, sets).completeUntil).toBeNull();
	});
});
