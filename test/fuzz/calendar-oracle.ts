import type {
	CalendarDefinition,
	CalendarException,
	HolidaySets,
	Season,
	Weekday,
	Weekly,
} from "@stipt/shared/calendar/calendar";
import fc from "fast-check";

/**
 * The meaning of a calendar, asked of one minute at a time: is the wall clock within a range, on a date that is not
 * closed? It shares no code with the engine, and reads the wall clock from the platform instead of from zone data.
 */

/** A wall clock reading: whole days since 1970-01-01 and minutes after midnight. */
export type WallMinute = { day: number; minute: number };

export const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const QUARTER_MS = 15 * MINUTE_MS;
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

/** The wall clock at every minute of a span, read every quarter of an hour, and at each minute where it is moved. */
export function wallMinutes(zone: string, from: number, minutes: number): WallMinute[] {
	return Array.from({ length: minutes }, (_, index): WallMinute => {
		const instant = from + index * MINUTE_MS;
		const quarter = instant - (instant % QUARTER_MS);
		const { day, minute } = readQuarter(zone, quarter);
		const next = readQuarter(zone, quarter + QUARTER_MS);
		const isSteady = (next.day - day) * DAY_MINUTES + next.minute - minute === 15;
		return isSteady ? { day, minute: minute + (instant - quarter) / MINUTE_MS } : wallMinute(zone, instant);
	});
}

/** Whether the date `owner` has this minute open as its own. */
export function isOpenFor(
	definition: CalendarDefinition,
	owner: number,
	{ day, minute }: WallMinute,
	sets: HolidaySets = {},
): boolean {
	const now = day * DAY_MINUTES + minute;
	const within = (texts: readonly string[], start: number): boolean =>
		texts.some((text) => {
			const [from, to] = minutesOf(text);
			return now >= start * DAY_MINUTES + from && now < start * DAY_MINUTES + to;
		});
	// What a closed date closes: the minutes that the wall clock shows on it, or those of the shifts that start on it.
	const closing = definition.holidayScope === "shift" ? owner : day;
	const own = dateFacts(definition, sets, owner);
	const closed = dateFacts(definition, sets, closing);
	let open = !own.hasOwnHours && within(own.hours, owner);
	if (closed.isHoliday && !closed.hasOwnHours) open = false;
	for (const exception of definition.exceptions ?? []) {
		if ("from" in exception) open &&= !(dayOf(exception.from) <= closing && closing <= dayOf(exception.to));
		else if ("closed" in exception) open &&= dayOf(exception.date) !== closing;
		else open = applied(exception, open, owner, within);
	}
	return open;
}

type DateFacts = { hours: readonly string[]; hasOwnHours: boolean; isHoliday: boolean };

const known = new WeakMap<CalendarDefinition, Map<number, DateFacts>>();

/** What is asked of a date again every minute. */
function dateFacts(definition: CalendarDefinition, sets: HolidaySets, date: number): DateFacts {
	let dates = known.get(definition);
	if (!dates) {
		dates = new Map();
		known.set(definition, dates);
	}
	let facts = dates.get(date);
	if (!facts) {
		const exceptions = definition.exceptions ?? [];
		facts = {
			hours: weekHours(definition, date),
			hasOwnHours: exceptions.some((exception) => "hours" in exception && dayOf(exception.date) === date),
			isHoliday: (definition.holidays ?? []).some((entry) => isDayOff(entry, sets, dateText(date))),
		};
		dates.set(date, facts);
	}
	return facts;
}

function weekHours(definition: CalendarDefinition, owner: number): readonly string[] {
	const season = (definition.seasons ?? []).filter((it) => isInSeason(it, owner)).at(-1);
	if (season) return season.weekly[weekdayOf(owner)] ?? [];
	if (definition.always) return ["00:00-24:00"];
	const { rota } = definition;
	const week: Weekly = rota ? turnOf(rota.weeks, dayOf(rota.anchor), owner) : (definition.weekly ?? {});
	return week[weekdayOf(owner)] ?? [];
}

/** By text alone: dates and days of the year sort as they are written. */
function isInSeason({ from, to }: Season, owner: number): boolean {
	const date = dateText(owner).slice(from.length === 5 ? 5 : 0);
	return from <= to ? from <= date && date <= to : from <= date || date <= to;
}

function turnOf(weeks: readonly Weekly[], anchor: number, owner: number): Weekly {
	let turn = 0;
	for (let day = anchor + 7; day <= owner; day += 7) turn++;
	for (let day = anchor; day > owner; day -= 7) turn--;
	return weeks.at(turn % weeks.length) ?? {};
}

/** Sets of fixed days, ranges within a year, dates and other sets. */
function isDayOff(entry: string, sets: HolidaySets, date: string): boolean {
	if (!entry.startsWith("@")) return entry === date;
	const set = sets[entry.slice(1)] ?? [];
	return (Array.isArray(set) ? set : set.rules).some((rule) => {
		if (rule.years && !rule.years.includes(Number(date.slice(0, 4)))) return false;
		if ("fixed" in rule) return rule.fixed === date.slice(5);
		if ("range" in rule) return rule.range[0] <= date.slice(5) && date.slice(5) <= rule.range[1];
		if ("date" in rule) return rule.date === date;
		return "include" in rule && isDayOff(`@${rule.include}`, sets, date);
	});
}

/** The date that owns an open minute: of two, the one whose shift runs on from the day before. */
export function ownerOf(definition: CalendarDefinition, wall: WallMinute, sets: HolidaySets = {}): number | null {
	return [wall.day - 1, wall.day].find((owner) => isOpenFor(definition, owner, wall, sets)) ?? null;
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

/** Definitions whose hours, holidays and exceptions crowd around some dates; boundaries fall on any minute. */
export function definitions(zone: string, aroundDay: number): fc.Arbitrary<CalendarDefinition> {
	const near = fc.integer({ min: aroundDay - 3, max: aroundDay + 3 });
	const date = near.map(dateText);
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
	const week: fc.Arbitrary<Weekly> = fc.dictionary(fc.constantFrom<Weekday>(...weekdays), ranges, { maxKeys: 7 });
	const season: fc.Arbitrary<Season> = fc
		.record({ from: near, length: fc.integer({ min: 0, max: 9 }), yearly: fc.boolean(), weekly: week })
		.map(({ from, length, yearly, weekly }) => {
			const [first, last] = [from - 4, from - 4 + length].map((day) => dateText(day).slice(yearly ? 5 : 0));
			return { from: first ?? "", to: last ?? "", weekly };
		});
	const base: fc.Arbitrary<Pick<CalendarDefinition, "weekly" | "rota" | "always">> = fc.oneof(
		{ weight: 6, arbitrary: week.map((weekly) => ({ weekly })) },
		{ weight: 2, arbitrary: fc.record({ anchor: mondays(aroundDay), weeks: weeksOf(week) }).map((rota) => ({ rota })) },
		{ weight: 1, arbitrary: fc.constant({ always: true }) },
	);
	const layers = fc.record({
		holidays: fc.array(date, { maxLength: 2 }),
		exceptions: fc.array(exception, { maxLength: 4 }),
		seasons: fc.oneof({ weight: 3, arbitrary: fc.constant<Season[]>([]) }, fc.array(season, { maxLength: 2 })),
		holidayScope: fc.constantFrom<("date" | "shift")[]>("date", "date", "date", "shift"),
	});
	return fc.tuple(base, layers).map(([hours, rest]): CalendarDefinition => ({ zone, ...hours, ...rest }));
}

const weeksOf = (week: fc.Arbitrary<Weekly>) => fc.array(week, { minLength: 2, maxLength: 3 });

/** A Monday within some years of a day. */
function mondays(aroundDay: number): fc.Arbitrary<string> {
	const monday = aroundDay - ((aroundDay + 3) % 7);
	return fc.integer({ min: -60, max: 60 }).map((weeks) => dateText(monday + 7 * weeks));
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
	exception: Extract<CalendarException, { hours: string[] } | { add: string[] } | { remove: string[] }>,
	open: boolean,
	owner: number,
	within: (texts: readonly string[], start: number) => boolean,
): boolean {
	const date = dayOf(exception.date);
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
