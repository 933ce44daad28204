import { describe, expect, test } from "vitest";
import type { CalendarDefinition, Weekly } from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import { parseDate } from "./civil-date.ts";
import { planWeeks } from "./week-plan.ts";

const nine: Weekly = { mon: ["09:00-17:00"], tue: ["09:00-17:00"], sun: ["09:00-17:00"] };
const eight: Weekly = { mon: ["08:00-14:00"], tue: ["08:00-14:00"], sun: ["08:00-14:00"] };

function plan(definition: Omit<CalendarDefinition, "zone">) {
	return planWeeks({ zone: "UTC", ...definition }, (key) => key);
}

/** When each date opens, `null` when it does not. */
function openings(definition: Omit<CalendarDefinition, "zone">, ...dates: string[]): (number | null)[] {
	const { hoursOn } = plan(definition);
	return dates.map((date) => {
		const start = hoursOn(parseDate(date, "date")).ranges[0]?.[0];
		return start === undefined ? null : start / 60;
	});
}

function faultOf(definition: Omit<CalendarDefinition, "zone">): CalendarError {
	try {
		plan(definition);
	} catch (error) {
		if (error instanceof CalendarError) return error;
	}
	throw new Error("Expected a CalendarError, found none");
}

describe("a season", () => {
	const summer: Omit<CalendarDefinition, "zone"> = {
		weekly: nine,
		seasons: [{ from: "07-01", to: "08-31", weekly: eight, name: "Summer" }],
	};

	test("has its own week from its first date to its last, every year", () => {
		const dates = ["2026-06-30", "2026-07-06", "2026-08-31", "2026-09-01", "2027-08-31"];
		expect(openings(summer, ...dates)).toEqual([9, 8, 8, 9, 8]);
	});

	test("is named where it decides", () => {
		const { hoursOn } = plan(summer);
		expect(hoursOn(parseDate("2026-07-06", "date")).layer).toEqual({
			layer: "season",
			from: "07-01",
			to: "08-31",
			name: "Summer",
		});
		expect(hoursOn(parseDate("2026-06-29", "date")).layer).toEqual({ layer: "weekly" });
	});

	test("may pass New Year", () => {
		const winter = { weekly: nine, seasons: [{ from: "12-15", to: "01-15", weekly: eight }] };
		expect(openings(winter, "2026-12-14", "2026-12-15", "2027-01-04", "2027-01-12", "2027-01-18")).toEqual([
			9, 8, 8, 8, 9,
		]);
	});

	test("with years holds once", () => {
		const once = { weekly: nine, seasons: [{ from: "2026-07-01", to: "2026-08-31", weekly: eight }] };
		expect(openings(once, "2026-07-06", "2027-07-05")).toEqual([8, 9]);
	});

	test("closes the weekdays that it does not name", () => {
		const closed = { weekly: nine, seasons: [{ from: "07-01", to: "08-31", weekly: {} }] };
		expect(openings(closed, "2026-07-06")).toEqual([null]);
	});

	test("wins over those before it in the list", () => {
		const seasons = [
			{ from: "07-01", to: "08-31", weekly: eight },
			{ from: "2026-07-13", to: "2026-07-19", weekly: { mon: ["10:00-12:00"] } },
		];
		expect(openings({ weekly: nine, seasons }, "2026-07-06", "2026-07-13", "2026-07-20")).toEqual([8, 10, 8]);
	});

	test("to 29 February ends with February in a common year, and from it begins with March", () => {
		const seasons = [{ from: "02-01", to: "02-29", weekly: eight }];
		expect(openings({ weekly: nine, seasons }, "2028-02-29", "2027-02-28", "2027-03-01")).toEqual([8, 8, 9]);
		const later = [{ from: "02-29", to: "03-31", weekly: eight }];
		expect(openings({ weekly: nine, seasons: later }, "2028-02-29", "2027-02-28", "2027-03-01")).toEqual([8, 9, 8]);
	});

	test.each([
		[{ from: "07-01", to: "2026-08-31", weekly: {} }, "INVALID_DATE", "seasons[0]", "two dates of one form"],
		[{ from: "2026-08-31", to: "2026-07-01", weekly: {} }, "INVALID_DATE", "seasons[0]", "ends on or after"],
		[{ from: "06-31", to: "08-31", weekly: {} }, "INVALID_DATE", "seasons[0].from", "MM-DD"],
		[{ from: "July", to: "August", weekly: {} }, "INVALID_DATE", "seasons[0].from", "YYYY-MM-DD"],
		[{ from: "07-01", to: "08-31", weekly: { mon: ["9-17"] } }, "INVALID_RANGE", "seasons[0].weekly.mon[0]", "HH:MM"],
		[{ from: "07-01", to: "08-31" } as never, "INVALID_RANGE", "seasons[0].weekly", "ranges by weekday"],
	])("%j is refused with %s", (season, code, path, expected) => {
		const fault = faultOf({ weekly: nine, seasons: [season] });
		expect(fault).toMatchObject({ code, path });
		expect(fault.expected).toContain(expected);
	});
});

describe("a rota", () => {
	const weeks = [nine, eight];

	test("takes turns from the anchor's week on, and before it", () => {
		const dates = ["2026-01-05", "2026-01-11", "2026-01-12", "2026-01-19", "2025-12-29", "2025-12-22"];
		expect(openings({ rota: { anchor: "2026-01-05", weeks } }, ...dates)).toEqual([9, 9, 8, 9, 8, 9]);
	});

	test("goes on over a year of 53 weeks, where both neighbours have an odd number", () => {
		expect(openings({ rota: { anchor: "2026-01-05", weeks } }, "2026-12-21", "2026-12-28", "2027-01-04")).toEqual([
			9, 8, 9,
		]);
	});

	test("may have any number of weeks, and names the one that decides", () => {
		const { hoursOn } = plan({ rota: { anchor: "2026-01-05", weeks: [nine, eight, {}] } });
		const weekOf = (date: string) => hoursOn(parseDate(date, "date")).layer;
		expect(weekOf("2026-01-20")).toEqual({ layer: "rota", week: 3, of: 3 });
		expect(weekOf("2026-01-26")).toEqual({ layer: "rota", week: 1, of: 3 });
	});

	test("gives way to a season", () => {
		const seasons = [{ from: "07-01", to: "08-31", weekly: { mon: ["10:00-12:00"] } }];
		expect(openings({ rota: { anchor: "2026-01-05", weeks }, seasons }, "2026-07-06", "2026-07-13")).toEqual([10, 10]);
	});

	test.each([
		[{ rota: { anchor: "2026-01-07", weeks } }, "INVALID_ROTA", "rota.anchor", "a Monday, such as 2026-01-05"],
		[{ rota: { anchor: "2026-13-01", weeks } }, "INVALID_DATE", "rota.anchor", "YYYY-MM-DD"],
		[{ rota: { anchor: "2026-01-05", weeks: [nine] } }, "INVALID_ROTA", "rota.weeks", "two or more weeks"],
		[{ rota: { anchor: "2026-01-05", weeks: [nine, { monday: [] }] } }, "INVALID_RANGE", "rota.weeks[1].monday", "mon"],
		[{ rota: { anchor: "2026-01-05", weeks }, weekly: nine }, "ROTA_WITH_WEEKLY", "weekly", "no weekly hours"],
		[{ rota: { anchor: "2026-01-05", weeks }, always: true }, "ALWAYS_WITH_WEEKLY", "rota", "no rota"],
		[{ rota: null }, "INVALID_DATE", "rota.anchor", "YYYY-MM-DD"],
	])("%j is refused with %s", (definition, code, path, expected) => {
		const fault = faultOf(definition as never);
		expect(fault).toMatchObject({ code, path });
		expect(fault.expected).toContain(expected);
	});
});

test.each([
	[{}, true],
	[{ weekly: { mon: [] } }, true],
	[{ always: true }, false],
	[{ seasons: [{ from: "07-01", to: "08-31", weekly: eight }] }, false],
	[{ seasons: [{ from: "07-01", to: "08-31", weekly: {} }] }, true],
	[{ rota: { anchor: "2026-01-05", weeks: [{}, eight] } }, false],
	[{ rota: { anchor: "2026-01-05", weeks: [{}, {}] } }, true],
])("%j never opens: %s", (definition, expected) => {
	expect(plan(definition).neverOpens).toBe(expected);
});
