import type { CalendarDefinition, HolidaySets, Weekday } from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import { civilDate, type DayNumber, parseDate } from "./civil-date.ts";
import { holidayDays } from "./holidays.ts";
import { DAY_MINUTES, type MinuteRange, parseRanges } from "./local-ranges.ts";
import { isZone } from "./zone.ts";

/** An exception, read. */
export type Layer =
	| { kind: "closed"; from: DayNumber; to: DayNumber }
	| { kind: "hours" | "add" | "remove"; from: DayNumber; to: DayNumber; ranges: readonly MinuteRange[] };

/** A definition that was read and found sound. */
export type CalendarPlan = {
	zone: string;
	/** Ranges that start on a weekday, Monday first. */
	weekly: readonly (readonly MinuteRange[])[];
	isHoliday(day: DayNumber): boolean;
	/** In the order given. */
	layers: readonly Layer[];
	/** Days with hours of their own: weekly ranges and holidays do not count there. */
	ownHours: ReadonlySet<DayNumber>;
	/** Nothing in it can ever be open. */
	neverOpens: boolean;
};

const weekdays: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Reads a definition; throws the `CalendarError` of its first fault. `path` says where the definition stands. */
export function planCalendar(definition: CalendarDefinition, sets: HolidaySets, path = ""): CalendarPlan {
	const at = (key: string) => (path === "" ? key : `${path}.${key}`);
	if (typeof definition !== "object" || definition === null || !isZone(definition.zone)) {
		const found = definition?.zone;
		throw new CalendarError("INVALID_ZONE", {
			path: at("zone"),
			expected: "an IANA zone such as Europe/Brussels",
			found,
		});
	}
	const weekly = planWeek(definition, at);
	const layers = planLayers(definition.exceptions, at("exceptions"));
	const opens = layers.some((layer) => (layer.kind === "hours" || layer.kind === "add") && layer.ranges.length > 0);
	return {
		zone: definition.zone,
		weekly,
		isHoliday: planHolidays(definition.holidays, sets, at("holidays")),
		layers,
		ownHours: new Set(layers.filter(({ kind }) => kind === "hours").map(({ from }) => from)),
		neverOpens: !opens && weekly.every((ranges) => ranges.length === 0),
	};
}

function planWeek(definition: CalendarDefinition, at: (key: string) => string): MinuteRange[][] {
	const given: Partial<Record<string, unknown>> = definition.weekly ?? {};
	for (const key of Object.keys(given)) {
		if (!weekdays.some((weekday) => weekday === key)) {
			const expected = `one of ${weekdays.join(", ")}`;
			throw new CalendarError("INVALID_RANGE", { path: at(`weekly.${key}`), expected, found: key });
		}
	}
	const weekly = weekdays.map((weekday) => parseRanges(given[weekday] ?? [], at(`weekly.${weekday}`)));
	if (!definition.always) return weekly;
	if (weekly.some((ranges) => ranges.length > 0)) {
		const expected = "no weekly hours beside always: true";
		throw new CalendarError("ALWAYS_WITH_WEEKLY", { path: at("weekly"), expected, found: definition.weekly });
	}
	return weekdays.map(() => [[0, DAY_MINUTES]]);
}

function planHolidays(given: unknown, sets: HolidaySets, path: string): CalendarPlan["isHoliday"] {
	if (given !== undefined && !Array.isArray(given)) {
		throw new CalendarError("INVALID_DATE", { path, expected: "a list of dates and @sets", found: given });
	}
	const dates = new Set<DayNumber>();
	const rules: ((year: number) => DayNumber[])[] = [];
	for (const [index, entry] of (given ?? []).entries()) {
		const at = `${path}[${index}]`;
		if (typeof entry === "string" && entry.startsWith("@")) rules.push(holidayDays(sets, entry.slice(1), at));
		else dates.add(parseDate(entry, at));
	}
	if (rules.length === 0) return (day) => dates.has(day);
	const byYear = new Map<number, Set<DayNumber>>();
	return (day) => {
		const { year } = civilDate(day);
		let days = byYear.get(year);
		if (!days) {
			days = new Set(rules.flatMap((daysIn) => daysIn(year)));
			byYear.set(year, days);
		}
		return days.has(day) || dates.has(day);
	};
}

function planLayers(given: unknown, path: string): Layer[] {
	if (given === undefined) return [];
	if (!Array.isArray(given)) {
		throw new CalendarError("INVALID_DATE", { path, expected: "a list of exceptions", found: given });
	}
	return given.map((entry: unknown, index) => planLayer(entry, `${path}[${index}]`));
}

function planLayer(entry: unknown, path: string): Layer {
	const exception: Partial<Record<string, unknown>> = typeof entry === "object" && entry !== null ? entry : {};
	const isSpan = "from" in exception || "to" in exception;
	const from = parseDate(isSpan ? exception.from : exception.date, `${path}.${isSpan ? "from" : "date"}`);
	const to = isSpan ? parseDate(exception.to, `${path}.to`) : from;
	if (to < from) {
		const words = `${exception.from} to ${exception.to}`;
		throw new CalendarError("INVALID_DATE", { path, expected: "a span that ends on or after its first date", words });
	}
	if (exception.closed === true) return { kind: "closed", from, to };
	for (const kind of ["hours", "add", "remove"] as const) {
		if (kind in exception && !isSpan) {
			return { kind, from, to, ranges: parseRanges(exception[kind], `${path}.${kind}`) };
		}
	}
	const expected = isSpan ? "closed: true for a span of dates" : "one of closed: true, hours, add, remove";
	throw new CalendarError("INVALID_RANGE", { path, expected, found: entry });
}
