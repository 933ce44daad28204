import type { Calendar, CalendarDefinition } from "@stipt/shared/calendar/calendar";
import { CalendarError } from "@stipt/shared/calendar/calendar-error";
import { compileCalendar } from "@stipt/shared/calendar/compile-calendar";
import { holidaysOf } from "@stipt/shared/calendar/holidays";
import { parseInstant } from "@stipt/shared/calendar/instant";
import { due } from "@stipt/shared/calendar/pauses";
import { describe, expect, test } from "vitest";

/**
 * What engines of others got wrong about business time, a row each. Rows 1 to 46 are calendars, here; 47 to 64 are clocks,
 * in `clocks.test.ts`. Where two readings exist, an instant is open when the wall clock shows an open time.
 */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const zone = "Europe/Berlin";
const everyDay = (...hours: string[]) =>
	Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, hours]));
const weekdays = (...hours: string[]) => ({ ...everyDay(...hours), sat: [], sun: [] });
const office: CalendarDefinition = { zone, weekly: weekdays("09:00-17:00") };
const around: CalendarDefinition = { zone, always: true };
const sundays = (hours: string): CalendarDefinition => ({ zone, weekly: { sun: [hours] } });
const split: CalendarDefinition = { zone, weekly: weekdays("09:00-12:00", "13:00-17:00") };

const at = (text: string) => parseInstant(text, "test");
const calendarOf = (definition: CalendarDefinition): Calendar => compileCalendar(definition, {});

function codeOf(ask: () => unknown): string {
	try {
		ask();
	} catch (error) {
		if (error instanceof CalendarError) return error.code;
		throw error;
	}
	throw new Error("Expected a CalendarError, found an answer");
}

const easter: CalendarDefinition = { ...office, holidays: ["2026-04-03", "2026-04-06"] };
const christmas: CalendarDefinition = {
	...office,
	holidays: ["2026-12-25", "2026-12-26"],
	exceptions: [{ date: "2026-12-24", hours: ["09:00-13:00"] }],
};
const summer: CalendarDefinition = {
	...office,
	seasons: [{ from: "07-01", to: "08-31", weekly: weekdays("08:00-14:00") }],
};

test.each<[row: string, CalendarDefinition, from: string, milliseconds: number, to: string]>([
	["1 around the clock over the hour that is skipped", around, "2026-03-28T20:00+01:00", 8 * HOUR, "2026-03-29T03:00Z"],
	[
		"2 around the clock over the hour that comes twice",
		around,
		"2026-10-24T20:00+02:00",
		8 * HOUR,
		"2026-10-25T02:00Z",
	],
	[
		"15 an offset of three quarters",
		{ zone: "Asia/Kathmandu", weekly: everyDay("10:00-18:00") },
		"2026-03-16T12:00Z",
		HOUR,
		"2026-03-17T05:00Z",
	],
	[
		"16 seconds over a weekend, five days around the clock",
		{ zone, weekly: weekdays("00:00-24:00") },
		"2026-06-05T23:59:30+02:00",
		60 * SECOND,
		"2026-06-08T00:00:30+02:00",
	],
	[
		"17 days that end at 24:00 lose nothing",
		{ zone, weekly: weekdays("00:00-24:00") },
		"2026-06-08T00:00+02:00",
		120 * HOUR,
		"2026-06-13T00:00+02:00",
	],
	[
		"17 days that end at 23:59 lose a minute each",
		{ zone, weekly: weekdays("00:00-23:59") },
		"2026-06-08T00:00+02:00",
		120 * HOUR,
		"2026-06-15T00:05+02:00",
	],
	[
		"18 a night shift",
		{ zone, weekly: { fri: ["22:00-06:00"] } },
		"2026-06-05T21:00+02:00",
		8 * HOUR,
		"2026-06-06T06:00+02:00",
	],
	[
		"23 windows that touch, to the seam",
		{ zone, weekly: weekdays("09:00-12:00", "12:00-17:00") },
		"2026-06-08T09:00+02:00",
		3 * HOUR,
		"2026-06-08T12:00+02:00",
	],
	[
		"23 windows that touch, beyond the seam",
		{ zone, weekly: weekdays("09:00-12:00", "12:00-17:00") },
		"2026-06-08T09:00+02:00",
		3 * HOUR + SECOND,
		"2026-06-08T12:00:01+02:00",
	],
	["24 to the lunch break", split, "2026-06-08T09:00+02:00", 3 * HOUR, "2026-06-08T12:00+02:00"],
	["24 over the lunch break", split, "2026-06-08T09:00+02:00", 3 * HOUR + MINUTE, "2026-06-08T13:01+02:00"],
	["25 from within the lunch break", split, "2026-06-08T12:30+02:00", 30 * MINUTE, "2026-06-08T13:30+02:00"],
	["26 to the very closing time", office, "2026-06-08T09:00+02:00", 8 * HOUR, "2026-06-08T17:00+02:00"],
	["27 from the very closing time", office, "2026-06-05T17:00+02:00", 8 * HOUR, "2026-06-08T17:00+02:00"],
	["28 the last second of a day", office, "2026-06-05T16:59:59+02:00", SECOND, "2026-06-05T17:00+02:00"],
	["28 and one more", office, "2026-06-05T16:59:59+02:00", 2 * SECOND, "2026-06-08T09:00:01+02:00"],
	["29 nothing at all", office, "2026-06-05T17:00+02:00", 0, "2026-06-05T17:00+02:00"],
	["31 over a chain of holidays", easter, "2026-04-02T16:00+02:00", 2 * HOUR, "2026-04-07T10:00+02:00"],
	["32 back over it, not to midnight", easter, "2026-04-07T10:00+02:00", -2 * HOUR, "2026-04-02T16:00+02:00"],
	[
		"33 a holiday on a Saturday",
		{ ...office, holidays: ["2026-06-06"] },
		"2026-06-05T16:00+02:00",
		2 * HOUR,
		"2026-06-08T10:00+02:00",
	],
	[
		"33 a holiday that is told twice",
		{ ...office, holidays: ["2026-06-08", "2026-06-08"] },
		"2026-06-05T16:00+02:00",
		2 * HOUR,
		"2026-06-09T10:00+02:00",
	],
	["34 to the end of half a day", christmas, "2026-12-23T15:00+01:00", 6 * HOUR, "2026-12-24T13:00+01:00"],
	["34 beyond half a day", christmas, "2026-12-23T15:00+01:00", 6 * HOUR + MINUTE, "2026-12-28T09:01+01:00"],
	[
		"35 a special Saturday",
		{ ...office, exceptions: [{ date: "2026-12-19", add: ["10:00-14:00"] }] },
		"2026-12-18T16:00+01:00",
		3 * HOUR,
		"2026-12-19T12:00+01:00",
	],
	["37 a leap day", office, "2028-02-25T16:00+01:00", 10 * HOUR, "2028-02-29T10:00+01:00"],
	["40 into a season", summer, "2026-06-30T16:00+02:00", 8 * HOUR, "2026-07-02T09:00+02:00"],
	["40 out of a season", summer, "2026-08-31T13:00+02:00", 2 * HOUR, "2026-09-01T10:00+02:00"],
	["43 two thousand hours", office, "2026-01-05T09:00+01:00", 2000 * HOUR, "2026-12-18T17:00+01:00"],
	["44 eight hours, from an evening", office, "2026-06-05T18:00+02:00", 8 * HOUR, "2026-06-08T17:00+02:00"],
	["44 twenty-four hours are three days", office, "2026-06-05T18:00+02:00", 24 * HOUR, "2026-06-10T17:00+02:00"],
	[
		"46 in the zone of who asks",
		{ ...office, zone: "America/New_York" },
		"2026-03-16T16:30-04:00",
		HOUR,
		"2026-03-17T13:30Z",
	],
])("row %s", (_, definition, from, milliseconds, to) => {
	expect(new Date(calendarOf(definition).add(at(from), milliseconds))).toEqual(new Date(at(to)));
});

describe("a clock change", () => {
	const day = (definition: CalendarDefinition, from: string, to: string) => {
		const calendar = calendarOf(definition);
		return { hours: calendar.between(at(from), at(to)) / HOUR, pieces: calendar.stretches(at(from), at(to)).length };
	};
	const spring = ["2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00"] as const;
	const autumn = ["2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"] as const;
	const weekend = ["2026-03-28T00:00+01:00", "2026-03-30T00:00+02:00"] as const;
	const night: CalendarDefinition = { zone, weekly: { sat: ["22:00-06:00"] } };

	test.each([
		["3 a shift with an hour less", sundays("01:00-05:00"), spring, 3, 1],
		["3 a shift with an hour more", sundays("01:00-05:00"), autumn, 5, 1],
		["4 an opening that is skipped", sundays("02:30-06:00"), spring, 3, 1],
		["5 a closing that is skipped", sundays("00:00-02:30"), spring, 2, 1],
		["6 a window that is skipped whole", sundays("02:10-02:50"), spring, 0, 0],
		["7 an opening that comes twice", sundays("02:30-06:00"), autumn, 4, 2],
		["8 a closing that comes twice", sundays("00:00-02:30"), autumn, 3, 2],
		["9 a window that comes twice", sundays("02:10-02:50"), autumn, 80 / 60, 2],
		["21 a night with an hour less", night, weekend, 7, 1],
		["21 a night with an hour more", night, ["2026-10-24T00:00+02:00", "2026-10-26T00:00+01:00"], 9, 1],
		[
			"11 half an hour more",
			{ zone: "Australia/Lord_Howe", weekly: { sun: ["00:00-24:00"] } },
			["2026-04-04T00:00+11:00", "2026-04-07T00:00+10:30"],
			24.5,
			1,
		],
		[
			"11 half an hour less",
			{ zone: "Australia/Lord_Howe", weekly: { sun: ["00:00-24:00"] } },
			["2026-10-03T00:00+10:30", "2026-10-06T00:00+11:00"],
			23.5,
			1,
		],
		[
			"12 a date without its midnight",
			{ zone: "Africa/Cairo", weekly: { fri: ["00:00-24:00"] } },
			["2026-04-23T00:00+02:00", "2026-04-26T00:00+03:00"],
			23,
			1,
		],
		[
			"12 a date with an hour more at its end",
			{ zone: "Africa/Cairo", weekly: { thu: ["00:00-24:00"] } },
			["2026-10-28T00:00+03:00", "2026-10-31T00:00+02:00"],
			25,
			1,
		],
		[
			"13 a date that is left out",
			{ ...office, zone: "Pacific/Apia" },
			["2011-12-26T00:00-10:00", "2012-01-02T00:00+14:00"],
			32,
			4,
		],
		[
			"14 a zone that changes its rules",
			{ zone: "Asia/Almaty", weekly: { thu: ["00:00-24:00"], fri: ["00:00-24:00"] } },
			["2024-02-28T00:00+06:00", "2024-03-04T00:00+05:00"],
			49,
			1,
		],
	] satisfies [string, CalendarDefinition, readonly [string, string], number, number][])(
		"row %s",
		(_, definition, [from, to], hours, pieces) => {
			expect(day(definition, from, to)).toEqual({ hours, pieces });
		},
	);

	test("row 6 a window that is skipped whole opens the week after", () => {
		const calendar = calendarOf(sundays("02:10-02:50"));
		expect(calendar.nextOpen(at("2026-03-29T00:00+01:00"))).toBe(at("2026-04-05T02:10+02:00"));
	});

	test("row 10 a time that comes twice is two instants, and says which", () => {
		expect(at("2026-10-25T02:15+01:00") - at("2026-10-25T02:15+02:00")).toBe(60 * MINUTE);
		expect(codeOf(() => at("2026-10-25T02:15:00"))).toBe("INVALID_INSTANT");
	});

	test("row 12 a day closes at the midnight that is not there", () => {
		const calendar = calendarOf({ zone: "Africa/Cairo", weekly: { thu: ["00:00-24:00"] } });
		expect(calendar.nextClose(at("2026-04-23T12:00+02:00"))).toBe(at("2026-04-23T22:00Z"));
	});
});

describe("a night shift beside a holiday", () => {
	test.each([
		["19", "2026-06-06", "date", 2],
		["19", "2026-06-06", "shift", 8],
		["20", "2026-06-05", "date", 6],
		["20", "2026-06-05", "shift", 0],
	] as const)("row %s on %s closed by %s", (_, holiday, holidayScope, hours) => {
		const calendar = calendarOf({ zone, weekly: { fri: ["22:00-06:00"] }, holidays: [holiday], holidayScope });
		expect(calendar.between(at("2026-06-05T00:00+02:00"), at("2026-06-08T00:00+02:00"))).toBe(hours * HOUR);
	});
});

test("row 22 windows that overlap are refused in a week, and counted once where an exception adds one", () => {
	expect(codeOf(() => calendarOf({ zone, weekly: { mon: ["09:00-13:00", "12:00-17:00"] } }))).toBe(
		"OVERLAPPING_RANGES",
	);
	const added = calendarOf({
		zone,
		weekly: { mon: ["09:00-13:00"] },
		exceptions: [{ date: "2026-06-08", add: ["12:00-17:00"] }],
	});
	const monday = [at("2026-06-08T00:00+02:00"), at("2026-06-09T00:00+02:00")] as const;
	expect(added.between(...monday)).toBe(8 * HOUR);
	expect(added.stretches(...monday)).toHaveLength(1);
});

test("row 23 windows that touch are one stretch", () => {
	const calendar = calendarOf({ zone, weekly: weekdays("09:00-12:00", "12:00-17:00") });
	expect(calendar.stretches(at("2026-06-08T00:00+02:00"), at("2026-06-09T00:00+02:00"))).toHaveLength(1);
});

test("row 29 when it is open next is a question of its own", () => {
	expect(calendarOf(office).nextOpen(at("2026-06-05T17:00+02:00"))).toBe(at("2026-06-08T09:00+02:00"));
	expect(calendarOf(office).nextOpen(at("2026-06-09T10:00+02:00"))).toBe(at("2026-06-09T10:00+02:00"));
});

test("row 30 a target below zero is refused", () => {
	expect(codeOf(() => due(calendarOf(office), at("2026-06-09T10:00+02:00"), -SECOND, []))).toBe("INVALID_DURATION");
});

test("row 36 hours of a date win over its holiday, and the date says which rule decided", () => {
	const set = { off: [{ date: "2026-06-08", name: "Inventory" }] };
	const closed = compileCalendar({ ...office, holidays: ["@off"] }, set);
	const exceptions = [{ date: "2026-06-08", hours: ["10:00-12:00"], name: "Stand-by" }];
	const opened = compileCalendar({ ...office, holidays: ["@off"], exceptions }, set);
	expect(closed.dayOf("2026-06-08")).toMatchObject({ ranges: [] });
	expect(closed.dayOf("2026-06-08").because.at(-1)).toMatchObject({ layer: "holiday", name: "Inventory" });
	expect(opened.dayOf("2026-06-08")).toMatchObject({ ranges: [[600, 720]] });
	expect(opened.dayOf("2026-06-08").because.at(-1)).toMatchObject({ layer: "exception", name: "Stand-by" });
});

test("row 37 a holiday on 29 February is not moved in other years", () => {
	const sets = { leap: [{ fixed: "02-29" }] };
	expect([2027, 2028, 2029].map((year) => holidaysOf(sets, "leap", year).map(({ date }) => date))).toEqual([
		[],
		["2028-02-29"],
		[],
	]);
});

test("row 38 holidays over New Year are two ranges; one that runs backwards is refused, with what to write", () => {
	const sets = { closure: [{ range: ["12-24", "12-31"] as [string, string] }, { fixed: "01-01" }] };
	const calendar = compileCalendar({ ...office, holidays: ["@closure"] }, sets);
	expect(calendar.add(at("2026-12-23T16:00+01:00"), 2 * HOUR)).toBe(at("2027-01-04T10:00+01:00"));
	const backwards = { closure: [{ range: ["12-24", "01-01"] as [string, string] }] };
	expect(() => compileCalendar({ ...office, holidays: ["@closure"] }, backwards)).toThrow("write two");
});

test("row 39 a rota of two weeks goes on over a year of 53", () => {
	const calendar = calendarOf({
		zone,
		rota: { anchor: "2026-01-05", weeks: [weekdays("06:00-14:00"), weekdays("14:00-22:00")] },
	});
	const opens = (date: string) => (calendar.dayOf(date).ranges[0]?.[0] ?? 0) / 60;
	expect(["2026-12-21", "2026-12-28", "2027-01-04", "2027-01-11"].map(opens)).toEqual([6, 14, 6, 14]);
});

test.each<[string, CalendarDefinition]>([
	["without hours", { zone, weekly: {} }],
	[
		"whose only day is a holiday",
		{ zone, seasons: [{ from: "12-25", to: "12-25", weekly: everyDay("09:00-17:00") }], holidays: ["@christmas"] },
	],
])("row 41 a calendar %s never opens, and says so", (_, definition) => {
	const calendar = compileCalendar(definition, { christmas: [{ fixed: "12-25" }] });
	expect(codeOf(() => calendar.add(at("2026-06-08T09:00+02:00"), HOUR))).toBe("NO_OPEN_TIME");
	expect(calendar.nextClose(at("2026-06-08T09:00+02:00"))).toBeNull();
});

test("row 42 an hour a year is not eleven hours within ten years", () => {
	const calendar = calendarOf({ zone, seasons: [{ from: "12-24", to: "12-24", weekly: everyDay("09:00-10:00") }] });
	expect(calendar.add(at("2026-06-08T09:00+02:00"), 10 * HOUR)).toBe(at("2035-12-24T10:00+01:00"));
	expect(codeOf(() => calendar.add(at("2026-06-08T09:00+02:00"), 11 * HOUR))).toBe("HORIZON_EXCEEDED");
});

test("row 44 the end of the next working day depends on which day counts as the first, and that is asked", () => {
	const friday = at("2026-06-05T18:00+02:00");
	expect(calendarOf(office).addWorkingDays(friday, 1, { from: "arrival" })).toBe(at("2026-06-08T17:00+02:00"));
	expect(calendarOf(office).addWorkingDays(friday, 1, { from: "open" })).toBe(at("2026-06-09T17:00+02:00"));
});

test.each([
	["2026-03-16", 3],
	["2026-04-13", 2],
])("row 45 Berlin and New York are open together on %s", (date, hours) => {
	const [berlin, newYork] = [office, { ...office, zone: "America/New_York" }].map((definition) =>
		calendarOf(definition).stretches(at(`${date}T00:00Z`), at(`${date}T23:59Z`)),
	);
	const [a, b] = [berlin?.[0], newYork?.[0]];
	expect((Math.min(a?.end ?? 0, b?.end ?? 0) - Math.max(a?.start ?? 0, b?.start ?? 0)) / HOUR).toBe(hours);
});
