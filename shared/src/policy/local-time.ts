import type { Instant } from "../calendar/calendar.ts";
import { CalendarError } from "../calendar/calendar-error.ts";
import { civilDate, DAY_MS, parseDate, weekdayOf } from "../calendar/civil-date.ts";
import { instantsOf } from "../calendar/open-year.ts";
import { wallClock } from "../calendar/zone.ts";
import { UnreadableTime } from "./duration-text.ts";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const form = "a local time with its weekday, such as Mon 2026-03-02 09:00";
const LOCAL =
	/^([A-Z][a-z]{2}) (\d{4}-\d{2}-\d{2}) ([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?: ([+-])(\d{2}):(\d{2}))?$/;

/** The first instant of a date `YYYY-MM-DD` in a zone: its midnight, or the end of the gap that took midnight away. */
export function startOfDate(date: string, zone: string): Instant {
	const day = parseDate(date, "");
	return Math.min(...shownBetween(day * DAY_MS, (day + 1) * DAY_MS, zone).map(([start]) => start));
}

/**
 * The instant at which a zone's clock shows a time such as `Mon 2026-03-02 09:00`; seconds may follow, and so does an
 * offset, `Sun 2026-10-25 02:30 +01:00`, where the clock shows it twice. Throws `UnreadableTime`: for another form, a
 * weekday that the date does not have, a time that the clock skips, one that it shows twice, another offset.
 */
export function readLocalTime(text: string, zone: string): Instant {
	const parts = LOCAL.exec(text);
	const date = parts?.[2];
	if (parts === null || date === undefined) throw new UnreadableTime(form, text);
	const day = dayOf(date, text);
	const weekday = weekdays[weekdayOf(day)];
	if (parts[1] !== weekday)
		throw new UnreadableTime(`${weekday} ${date}`, text, text.replace(/^[A-Z][a-z]{2}/, `${weekday}`));
	const local = day * DAY_MS + Number(parts[3]) * 3_600_000 + Number(parts[4]) * 60_000 + Number(parts[5] ?? 0) * 1000;
	const shown = shownBetween(local, local + 1000, zone).map(([start]) => start);
	if (shown.length === 0)
		throw new UnreadableTime(`a time that the clocks of ${zone} show: they skip it that day`, text);
	if (parts[6] !== undefined) {
		const offset = (Number(parts[7]) * 60 + Number(parts[8])) * 60_000 * (parts[6] === "-" ? -1 : 1);
		const meant = shown.find((instant) => instant === local - offset);
		if (meant !== undefined) return meant;
		throw new UnreadableTime(`the offset of ${zone} at that time: ${offsets(shown, local)}`, text);
	}
	const [only] = shown;
	if (only !== undefined && shown.length === 1) return only;
	throw new UnreadableTime(
		`an offset after a time that the clocks of ${zone} show twice: ${offsets(shown, local)}`,
		text,
	);
}

/** An instant as `readLocalTime` reads it, to the second where it has any, with its offset where the time is shown twice. */
export function formatLocalTime(instant: Instant, zone: string): string {
	const local = wallClock(zone, instant);
	const iso = new Date(local).toISOString();
	const time = iso.slice(11, local % 1000 !== 0 ? 23 : local % 60_000 === 0 ? 16 : 19);
	const text = `${weekdays[weekdayOf(Math.floor(local / DAY_MS))]} ${iso.slice(0, 10)} ${time}`;
	const isTwofold = shownBetween(local, local + 1, zone).length > 1;
	return isTwofold ? `${text} ${offsetText(local - instant)}` : text;
}

/** A date as people in a zone see it: `YYYY-MM-DD`. */
export function localDate(instant: Instant, zone: string): string {
	return new Date(wallClock(zone, instant)).toISOString().slice(0, 10);
}

/** When a zone's clock shows a time of `[from, to)`, in the years around it, in order. */
function shownBetween(from: number, to: number, zone: string): [start: Instant, end: Instant][] {
	const { year } = civilDate(Math.floor(from / DAY_MS));
	return [year - 1, year, year + 1].flatMap((around) => instantsOf([from, to], zone, around));
}

function dayOf(date: string, text: string): number {
	try {
		return parseDate(date, "");
	} catch (error) {
		if (error instanceof CalendarError) throw new UnreadableTime("an existing date", text);
		throw error;
	}
}

function offsets(shown: readonly Instant[], local: number): string {
	return shown.map((instant) => offsetText(local - instant)).join(" or ");
}

function offsetText(offset: number): string {
	const minutes = Math.abs(offset) / 60_000;
	const two = (value: number) => String(value).padStart(2, "0");
	return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(Math.floor(minutes % 60))}`;
}
