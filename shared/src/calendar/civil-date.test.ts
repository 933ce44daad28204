import fc from "fast-check";
import { expect, test } from "vitest";
import { civilDate, DAY_MS, dayNumber, formatDate, parseDate, utcYear, weekdayOf } from "./civil-date.ts";

const anyDay = fc.integer({ min: dayNumber(1, 1, 1), max: dayNumber(9999, 12, 31) });

test("agrees with the Date of the language on year, month, day and weekday", () => {
	fc.assert(
		fc.property(anyDay, (day) => {
			const date = new Date(day * DAY_MS);
			const { year, month, day: dayOfMonth } = civilDate(day);
			expect([year, month, dayOfMonth]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
			expect(dayNumber(year, month, dayOfMonth)).toBe(day);
			expect(weekdayOf(day)).toBe((date.getUTCDay() + 6) % 7);
			expect(utcYear(day * DAY_MS + DAY_MS - 1)).toBe(year);
			expect(parseDate(formatDate(day), "date")).toBe(day);
		}),
		{ seed: 1, numRuns: 2000 },
	);
});

test.each(["2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-1", "20260401", "", 20260401])(
	"%j is no date",
	(text) => {
		expect(() => parseDate(text, "holidays[0]")).toThrow(
			expect.objectContaining({ code: "INVALID_DATE", path: "holidays[0]" }),
		);
	},
);
