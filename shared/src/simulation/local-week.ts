import type { Instant } from "../calendar/calendar.ts";
import { civilDate, DAY_MS, dayNumber, weekdayOf } from "../calendar/civil-date.ts";
import { wallClock } from "../calendar/zone.ts";

const hourMs = 3_600_000;

/** The hour of the day (0 to 23) that a zone's wall clock shows. */
export function localHour(zone: string, at: Instant): number {
	const wall = wallClock(zone, at);
	return Math.floor((wall - Math.floor(wall / DAY_MS) * DAY_MS) / hourMs);
}

/** The ISO week of an instant in a zone: `2026-W09`. A week belongs to the year in which its Thursday lies. */
export function localWeek(zone: string, at: Instant): string {
	const day = Math.floor(wallClock(zone, at) / DAY_MS);
	const thursday = day - weekdayOf(day) + 3;
	const { year } = civilDate(thursday);
	const week = Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1;
	return `${year}-W${String(week).padStart(2, "0")}`;
}
