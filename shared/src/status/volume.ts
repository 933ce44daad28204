import type { Calendar } from "../calendar/calendar.ts";
import { type DayNumber, formatDate } from "../calendar/civil-date.ts";
import { instantOf, localTimeOf, type Period } from "./local-time.ts";

/** Whether a date's work reached the aim per working day; a date that is none is not measured. */
export function volumeVerdict(
	calendar: Calendar,
	perWorkingDay: number,
	{ date, processed }: { date: string; processed: number },
): "met" | "below" | "not-measured" {
	if (!calendar.isWorkingDay(date)) return "not-measured";
	return processed >= perWorkingDay ? "met" : "below";
}

/** What the aim per working day comes to in a period, by the dates that begin in it. */
export function volumeAim(calendar: Calendar, perWorkingDay: number, { from, to }: Period): number {
	return perWorkingDay * datesIn(calendar.zone, { from, to }).filter((date) => calendar.isWorkingDay(date)).length;
}

function datesIn(zone: string, { from, to }: Period): string[] {
	const first: DayNumber = localTimeOf(zone, from).day;
	const begin = instantOf(zone, { day: first, time: 0 }) < from ? first + 1 : first;
	const last = localTimeOf(zone, to - 1).day;
	return Array.from({ length: Math.max(0, last - begin + 1) }, (_, index) => formatDate(begin + index));
}
