import { describe, expect, test } from "vitest";
import type { HolidaySets } from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import { formatDate } from "./civil-date.ts";
import { easterSunday, holidaysOf } from "./holidays.ts";

const legal: HolidaySets = {
	legal: [
		{ fixed: "01-01", name: "Nieuwjaar" },
		{ easter: 1, name: { nl: "Paasmaandag", fr: "Lundi de Pâques" } },
		{ fixed: "12-25" },
	],
	office: [{ include: "legal" }, { fixed: "12-25", name: "Kerstmis" }, { range: ["12-24", "12-26"], name: "Sluiting" }],
};

function dates(sets: HolidaySets, name: string, year: number): string[] {
	return holidaysOf(sets, name, year).map(({ date }) => date);
}

function faultOf(sets: HolidaySets, name = "set"): CalendarError {
	try {
		holidaysOf(sets, name, 2026);
	} catch (error) {
		if (error instanceof CalendarError) return error;
	}
	throw new Error("Expected a CalendarError, found none");
}

test.each([
	[1961, "1961-04-02"],
	[2000, "2000-04-23"],
	[2024, "2024-03-31"],
	[2025, "2025-04-20"],
	[2026, "2026-04-05"],
	[2027, "2027-03-28"],
	[2028, "2028-04-16"],
	[2038, "2038-04-25"],
	[2285, "2285-03-22"],
])("Easter of %i falls on %s", (year, expected) => {
	expect(formatDate(easterSunday(year))).toBe(expected);
});

describe("a set", () => {
	test("gives each day once, in order, with the first name that a rule gives it", () => {
		expect(holidaysOf(legal, "office", 2026)).toEqual([
			{ date: "2026-01-01", name: "Nieuwjaar" },
			{ date: "2026-04-06", name: { nl: "Paasmaandag", fr: "Lundi de Pâques" } },
			{ date: "2026-12-24", name: "Sluiting" },
			{ date: "2026-12-25", name: "Kerstmis" },
			{ date: "2026-12-26", name: "Sluiting" },
		]);
	});

	test("leaves a 29 February out of a common year instead of moving it", () => {
		const sets: HolidaySets = { set: [{ fixed: "02-29" }] };
		expect([2026, 2027, 2028, 2100].flatMap((year) => dates(sets, "set", year))).toEqual(["2028-02-29"]);
	});

	test("ends a range at the end of February in a common year", () => {
		const sets: HolidaySets = { set: [{ range: ["02-28", "02-29"] }] };
		expect(dates(sets, "set", 2027)).toEqual(["2027-02-28"]);
		expect(dates(sets, "set", 2028)).toEqual(["2028-02-28", "2028-02-29"]);
	});

	test("holds a rule in its listed years only", () => {
		const sets: HolidaySets = { set: [{ fixed: "01-02", years: [2026, 2028] }] };
		expect([2025, 2026, 2027, 2028].flatMap((year) => dates(sets, "set", year))).toEqual(["2026-01-02", "2028-01-02"]);
	});

	test("holds a dated day in its own year only", () => {
		const sets: HolidaySets = { set: [{ date: "2026-05-15" }] };
		expect([2025, 2026, 2027].flatMap((year) => dates(sets, "set", year))).toEqual(["2026-05-15"]);
	});

	test("finds an offset from Easter that lands in another year", () => {
		const sets: HolidaySets = { set: [{ easter: -100 }] };
		expect(dates(sets, "set", 2026)).toEqual(["2026-12-18"]);
		expect(dates(sets, "set", 2025)).toEqual(["2025-01-10", "2025-12-26"]);
	});

	test("may be included twice by different ways", () => {
		const sets: HolidaySets = {
			set: [{ include: "a" }, { include: "b" }],
			a: [{ include: "b" }],
			b: [{ fixed: "05-01" }],
		};
		expect(dates(sets, "set", 2026)).toEqual(["2026-05-01"]);
	});
});

describe("a fault", () => {
	test("names the unknown set and those that are known", () => {
		const fault = faultOf({ set: [{ include: "nope" }], other: [] });
		expect(fault.code).toBe("UNKNOWN_HOLIDAY_SET");
		expect(fault.message).toBe(
			'Expected a holiday set (known: other, set), found "nope" at holidaySets.set[0].include',
		);
	});

	test("shows the circle of sets that include themselves", () => {
		const fault = faultOf({ set: [{ include: "b" }], b: [{ include: "c" }], c: [{ include: "set" }] });
		expect(fault.code).toBe("UNKNOWN_HOLIDAY_SET");
		expect(fault.found).toContain("set → b → c → set");
	});

	test.each([
		[{ fixed: "02-30" }, "holidaySets.set[0].fixed"],
		[{ fixed: "1-1" }, "holidaySets.set[0].fixed"],
		[{ date: "2026-02-29" }, "holidaySets.set[0].date"],
		[{ range: ["12-27", "01-02"] as [string, string] }, "holidaySets.set[0].range"],
		[{ easter: 1.5 }, "holidaySets.set[0].easter"],
		[{ fixed: "01-01", years: "2026" as unknown as number[] }, "holidaySets.set[0].years"],
		[{} as { fixed: string }, "holidaySets.set[0]"],
	])("in %j is an INVALID_DATE with its path", (rule, path) => {
		expect(faultOf({ set: [rule] })).toMatchObject({ code: "INVALID_DATE", path });
	});
});
