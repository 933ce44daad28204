import type { Instant } from "../calendar/calendar.ts";
import { DAY_MS, type DayNumber, dayNumber, daysInMonth, utcYear } from "../calendar/civil-date.ts";
import { wallClock, zoneYear } from "../calendar/zone.ts";

/** What a wall clock shows: a date, and milliseconds past its midnight. */
export type LocalTime = { day: DayNumber; time: number };

/** From an instant until another: `[from, to)`. */
export type Period = { from: Instant; to: Instant };

/** What the wall clock of a zone shows at an instant. */
export function localTimeOf(zone: string, instant: Instant): LocalTime {
	const local = wallClock(zone, instant);
	const day = Math.floor(local / DAY_MS);
	return { day, time: local - day * DAY_MS };
}

/**
 * When the wall clock of a zone shows this: of a time that is shown twice the first, and for one that is skipped the
 * instant of the jump.
 */
export function instantOf(zone: string, { day, time }: LocalTime): Instant {
	const local = day * DAY_MS + time;
	const years = new Set([utcYear(local - DAY_MS), utcYear(local + DAY_MS)]);
	for (const year of years) {
		for (const { from, to, offset } of zoneYear(zone, year)) {
			if (local < to + offset) return Math.max(from, local - offset);
		}
	}
	return local;
}

/**
 * A month (`2026-03`) or a year (`2026`) of a zone, from local midnight to local midnight. Throws `RangeError` for a
 * text that is neither.
 */
export function periodOf(zone: string, text: string): Period {
	const [, yearText, monthText] = /^(\d{4})(?:-(0[1-9]|1[0-2]))?$/.exec(text) ?? [];
	if (yearText === undefined) {
		throw new RangeError(`Expected a month such as 2026-03 or a year such as 2026, found ${JSON.stringify(text)}`);
	}
	const year = Number(yearText);
	const first = dayNumber(year, Number(monthText ?? 1), 1);
	const next = monthText === undefined ? dayNumber(year + 1, 1, 1) : first + daysInMonth(year, Number(monthText));
	return { from: instantOf(zone, { day: first, time: 0 }), to: instantOf(zone, { day: next, time: 0 }) };
}
