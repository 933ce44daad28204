import { describe, expect, test } from "vitest";
import { compileCalendar } from "./compile-calendar.ts";
import { formatInstant, parseInstant } from "./instant.ts";

const officeHours = { mon: ["09:00-17:00"], tue: ["09:00-17:00"], wed: ["09:00-17:00"], thu: ["22:00-06:00"] };

describe("a count of working days that ends at midnight", () => {
	test.each([
		["Europe/Brussels", "2026-03-02T10:00:00+01:00", 1, "2026-03-03T23:00:00.000Z", "the day after"],
		["Europe/Brussels", "2026-03-04T10:00:00+01:00", 1, "2026-03-05T23:00:00.000Z", "of a date whose shift runs on"],
		["Europe/Brussels", "2026-10-21T10:00:00+02:00", 2, "2026-10-26T23:00:00.000Z", "over the end of summer time"],
	])("%s, %s and %d days: %s (%s)", (zone, from, days, end) => {
		const calendar = compileCalendar({ zone, weekly: officeHours }, {});
		expect(formatInstant(calendar.addWorkingDays(parseInstant(from, "from"), days, { end: "midnight" }))).toBe(end);
	});

	test("ends, on a date that the clock leaves out, where the next begins", () => {
		const exceptions = [{ date: "2011-12-30", hours: ["22:00-06:00"] }];
		const calendar = compileCalendar({ zone: "Pacific/Apia", weekly: {}, exceptions }, {});
		const end = calendar.addWorkingDays(parseInstant("2011-12-30T09:59:00Z", "from"), 1, {
			...{ from: "arrival", end: "midnight" },
		});
		expect(formatInstant(end)).toBe("2011-12-30T10:00:00.000Z");
	});
});
