import { CalendarError } from "./calendar-error.ts";
import { DAY_MS, utcYearStart } from "./civil-date.ts";

/** How far a question looks when it does not say: ten years. */
export const HORIZON_DAYS = 3660;

const LONGEST_HORIZON_DAYS = 146_097;
const EARLIEST = utcYearStart(1);
const LATEST = utcYearStart(10_000);

/** Throws INVALID_INSTANT unless `t` is whole milliseconds in the years 1 to 9999. */
export function checkInstant(t: number, path: string): void {
	if (Number.isInteger(t) && t >= EARLIEST && t < LATEST) return;
	const expected = "whole milliseconds since 1970-01-01T00:00:00Z, in the years 1 to 9999";
	throw new CalendarError("INVALID_INSTANT", { path, expected, found: t });
}

/** Throws INVALID_DURATION unless it is a whole number of milliseconds. */
export function checkDuration(duration: number): void {
	if (Number.isSafeInteger(duration)) return;
	throw new CalendarError("INVALID_DURATION", { path: "duration", expected: "whole milliseconds", found: duration });
}

/** Throws INVALID_DAY_COUNT unless it is a number of whole days that a calendar can look through. */
export function checkDays(days: number, path: string): void {
	if (Number.isInteger(days) && days >= 0) return;
	throw new CalendarError("INVALID_DAY_COUNT", { path, expected: "a whole number of days, 0 or more", found: days });
}

/** The length of a horizon in milliseconds. */
export function horizonOf(days: number): number {
	checkDays(days, "horizonDays");
	return Math.min(days, LONGEST_HORIZON_DAYS) * DAY_MS;
}

/** The answer would lie beyond the horizon: nothing is open before it, or too little. */
export function beyondHorizon(open: number, asked: string, horizonDays: number): CalendarError {
	if (open <= 0) {
		const expected = `open time within ${horizonDays} days`;
		return new CalendarError("NO_OPEN_TIME", { path: "calendar", expected, words: "none" });
	}
	return new CalendarError("HORIZON_EXCEEDED", {
		path: "horizonDays",
		expected: `${asked} of open time within ${horizonDays} days`,
		words: `${open} ms`,
	});
}
