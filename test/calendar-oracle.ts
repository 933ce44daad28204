import type { CalendarDefinition, CalendarException, Weekday } from "@stipt/shared/calendar/calendar";
import fc from "fast-check";

/**
 * The meaning of a calendar, asked of one minute at a time: is the wall clock within a range, on a date that is not
 * closed? It shares no code with the engine, and reads the wall clock from the platform instead of from zone data.
 */

/** A wall clock reading: whole days since 1970-01-01 and minutes after midnight. */
export type WallMinute = { day: number; minute: number };

export const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const weekdays: readonly Weekday[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the wall clock of a zone shows. */
export function wallMinute(zone: string, instant: number): WallMinute {
	let format = formats.get(zone);
	if (!format) {
		const parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
		format = new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: zone, hourCycle: "h23", calendar: "iso8601" });
		formats.set(zone, format);
	}
	const shown = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
	const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = shown;
	return { day: Date.UTC(year, month - 1, day) / (DAY_MINUTES * MINUTE_MS), minute: hour * 60 + minute };
}

/** The wall clock at every minute of a span: offsets are whole minutes and change at whole quarters of an hour. */
export function wallMinutes(zone: string, from: number, minutes: number): WallMinute[] {
	return Array.from({ length: minutes }, (_, index): WallMinute => {
		const instant = from + index * MINUTE_MS;
		const quarter = instant - (instant % (15 * MINUTE_MS));
		const { day, minute } = readQuarter(zone, quarter);
		return { day, minute: minute + (instant - quarter) / MINUTE_MS };
	});
}

/** Whether the date `owner` has this minute open as its own. */
export function isOpenFor(definition: CalendarDefinition, owner: number, { day, minute }: WallMinute): boolean {
	const now = day * DAY_MINUTES + minute;
	const within = (texts: readonly string[], start: number): boolean =>
		texts.some((text) => {
			const [from, to] = minutesOf(text);
			return now >= start * DAY_MINUTES + from && now < start * DAY_MINUTES + to;
		});
	const exceptions = definition.exceptions ?? [];
	const hasOwnHours = (date: number): boolean =>
		exceptions.some((exception) => "hours" in exception && dayOf(exception.date) === date);
	const weekly = definition.always ? ["00:00-24:00"] : (definition.weekly?.[weekdayOf(owner)] ?? []);
	let open = !hasOwnHours(owner) && within(weekly, owner);
	if ((definition.holidays ?? []).some((date) => dayOf(date) === day) && !hasOwnHours(day)) open = false;
	for (const exception of exceptions) open = applied(exception, open, owner, day, within);
	return open;
}

/** The date that owns an open minute: of two, the one whose shift runs on from the day before. */
export function ownerOf(definition: CalendarDefinition, wall: WallMinute): number | null {
	return [wall.day - 1, wall.day].find((owner) => isOpenFor(definition, owner, wall)) ?? null;
}

export function dateText(day: number): string {
	return new Date(day * DAY_MINUTES * MINUTE_MS).toISOString().slice(0, 10);
}

/** The instants of a period at which a zone's clock is moved, to the quarter of an hour. */
export function clockChanges(zone: string, from: number, to: number): number[] {
	const offsetAt = (instant: number): number => {
		const { day, minute } = wallMinute(zone, instant);
		return day * DAY_MINUTES + minute - instant / MINUTE_MS;
	};
	const changes: number[] = [];
	for (let hour = from; hour < to; hour += 24 * 60 * MINUTE_MS) {
		const next = hour + 24 * 60 * MINUTE_MS;
		if (offsetAt(hour) === offsetAt(next)) continue;
		let quarter = hour;
		while (offsetAt(quarter) === offsetAt(hour)) quarter += 15 * MINUTE_MS;
		changes.push(quarter);
	}
	return changes;
}

/** Definitions whose hours and exceptions crowd around some dates; boundaries fall on any minute. */
export function definitions(zone: string, aroundDay: number): fc.Arbitrary<CalendarDefinition> {
	const date = fc.integer({ min: aroundDay - 3, max: aroundDay + 3 }).map(dateText);
	const exception: fc.Arbitrary<CalendarException> = fc.oneof(
		fc.record({ date, hours: ranges }),
		fc.record({ date, add: ranges }),
		fc.record({ date, remove: ranges }),
		fc.record({ date, closed: fc.constant<true>(true) }),
		fc
			.tuple(date, date)
			.map(
				([a, b]): CalendarException => (a < b ? { from: a, to: b, closed: true } : { from: b, to: a, closed: true }),
			),
	);
	const weekly = fc.dictionary(fc.constantFrom<Weekday>(...weekdays), ranges, { maxKeys: 7 });
	return fc.record({
		zone: fc.constant(zone),
		weekly,
		holidays: fc.array(date, { maxLength: 2 }),
		exceptions: fc.array(exception, { maxLength: 4 }),
	});
}

const clockTime = fc.oneof(
	{ weight: 3, arbitrary: fc.integer({ min: 0, max: 5 * 60 }) },
	{ weight: 2, arbitrary: fc.integer({ min: 0, max: DAY_MINUTES - 1 }) },
);

/** Zero to three ranges of a date that do not overlap; the last may run over midnight or end at 24:00. */
const ranges: fc.Arbitrary<string[]> = fc
	.tuple(fc.uniqueArray(clockTime, { maxLength: 6 }), fc.constantFrom("within", "24:00", "overnight"))
	.map(([times, ending]) => {
		const sorted = [...times].sort((a, b) => a - b);
		const found: string[] = [];
		for (let index = 0; index < sorted.length; index += 2) {
			const [start = 0, end] = sorted.slice(index, index + 2);
			if (end !== undefined) found.push(`${timeText(start)}-${timeText(end)}`);
			else if (ending === "24:00") found.push(`${timeText(start)}-24:00`);
			else if (ending === "overnight" && start > 0) found.push(`${timeText(start)}-${timeText(start - 1)}`);
		}
		return found;
	});

function applied(
	exception: CalendarException,
	open: boolean,
	owner: number,
	day: number,
	within: (texts: readonly string[], start: number) => boolean,
): boolean {
	if ("from" in exception) return open && !(dayOf(exception.from) <= day && day <= dayOf(exception.to));
	const date = dayOf(exception.date);
	if ("closed" in exception) return open && day !== date;
	if ("remove" in exception) return open && !within(exception.remove, date);
	return open || (date === owner && within("hours" in exception ? exception.hours : exception.add, date));
}

const quarters = new Map<string, WallMinute>();

function readQuarter(zone: string, quarter: number): WallMinute {
	const key = `${zone} ${quarter}`;
	const wall = quarters.get(key) ?? wallMinute(zone, quarter);
	quarters.set(key, wall);
	return wall;
}

const days = new Map<string, number>();

function dayOf(date: string): number {
	const day = days.get(date) ?? Date.parse(`${date}T00:00:00Z`) / (DAY_MINUTES * MINUTE_MS);
	days.set(date, day);
	return day;
}

const readRanges = new Map<string, readonly [from: number, to: number]>();

function minutesOf(text: string): readonly [from: number, to: number] {
	const read = readRanges.get(text);
	if (read) return read;
	const [from = 0, to = 0] = text.split("-").map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
	const range = [from, to <= from ? to + DAY_MINUTES : to] as const;
	readRanges.set(text, range);
	return range;
}

function weekdayOf(day: number): Weekday {
	return weekdays[new Date(day * DAY_MINUTES * MINUTE_MS).getUTCDay()] ?? "mon";
}

function timeText(minutes: number): string {
	return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
