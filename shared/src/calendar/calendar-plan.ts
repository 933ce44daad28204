import type { CalendarDefinition, DayLayer, HolidaySets, Named } from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import { civilDate, type DayNumber, formatDate, parseDate } from "./civil-date.ts";
import { contentIdentity } from "./content-identity.ts";
import { earlier, type HolidayPlan, planHolidaySet } from "./holidays.ts";
import { type MinuteRange, parseRanges } from "./local-ranges.ts";
import { planWeeks, type WeekPlan } from "./week-plan.ts";
import { isZone } from "./zone.ts";

type ExceptionLayer = Extract<DayLayer, { layer: "exception" }>;

/** An exception, read, and the layer that it is. */
export type ExceptionPlan = { from: DayNumber; to: DayNumber; layer: ExceptionLayer } & (
	| { kind: "closed" }
	| { kind: "hours" | "add" | "remove"; ranges: readonly MinuteRange[] }
);

/** A definition that was read and found sound. */
export type CalendarPlan = {
	zone: string;
	/** What each date has before holidays and exceptions. */
	hoursOn: WeekPlan["hoursOn"];
	/** The holiday of a date, if it has one. */
	holidayOn(day: DayNumber): Extract<DayLayer, { layer: "holiday" }> | null;
	/** In the order given. */
	exceptions: readonly ExceptionPlan[];
	/** Days with hours of their own: neither the week's nor a holiday counts there. */
	ownHours: ReadonlySet<DayNumber>;
	/** A closed date closes the shifts that start on it, instead of midnight to midnight. */
	closesShifts: boolean;
	/** Nothing in it can ever be open. */
	neverOpens: boolean;
	/** See `Calendar.version`. */
	version: string;
	/** See `Calendar.completeUntil`. */
	completeUntil: number | null;
};

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
	const { hoursOn, neverOpens } = planWeeks(definition, at);
	const holidays = planHolidays(definition.holidays, sets, at("holidays"));
	const exceptions = planExceptions(definition.exceptions, at("exceptions"));
	const opens = exceptions.some((it) => (it.kind === "hours" || it.kind === "add") && it.ranges.length > 0);
	return {
		zone: definition.zone,
		hoursOn,
		holidayOn: holidays.on,
		exceptions,
		ownHours: new Set(exceptions.filter(({ kind }) => kind === "hours").map(({ from }) => from)),
		closesShifts: planScope(definition.holidayScope, at("holidayScope")),
		neverOpens: neverOpens && !opens,
		version: contentIdentity([definition, holidays.sets.map(({ rules }) => rules)]),
		completeUntil: holidays.sets.map(({ completeUntil }) => completeUntil).reduce(earlier, null),
	};
}

type Holidays = { on: CalendarPlan["holidayOn"]; sets: HolidayPlan[] };

function planHolidays(given: unknown, sets: HolidaySets, path: string): Holidays {
	if (given !== undefined && !Array.isArray(given)) {
		throw new CalendarError("INVALID_DATE", { path, expected: "a list of dates and @sets", found: given });
	}
	const dates = new Set<DayNumber>();
	const plans = new Map<string, HolidayPlan>();
	for (const [index, entry] of (given ?? []).entries()) {
		const at = `${path}[${index}]`;
		if (typeof entry !== "string" || !entry.startsWith("@")) dates.add(parseDate(entry, at));
		else plans.set(entry.slice(1), planHolidaySet(sets, entry.slice(1), at));
	}
	const byYear = new Map<number, Map<DayNumber, { set: string; name: Named | null }>>();
	const inYear = (year: number) => {
		const known = byYear.get(year);
		if (known) return known;
		const days = new Map<DayNumber, { set: string; name: Named | null }>();
		for (const [set, { daysIn }] of plans) {
			for (const [day, name] of daysIn(year)) if (!days.get(day)?.name) days.set(day, { set, name });
		}
		byYear.set(year, days);
		return days;
	};
	const on = (day: DayNumber) => {
		const found = plans.size > 0 ? inYear(civilDate(day).year).get(day) : undefined;
		if (!found && !dates.has(day)) return null;
		return { layer: "holiday", date: formatDate(day), set: found?.set ?? null, name: found?.name ?? null } as const;
	};
	return { on, sets: [...plans.values()] };
}

function planScope(scope: unknown, path: string): boolean {
	if (scope === undefined || scope === "date" || scope === "shift") return scope === "shift";
	throw new CalendarError("INVALID_RANGE", { path, expected: "date or shift", found: scope });
}

function planExceptions(given: unknown, path: string): ExceptionPlan[] {
	if (given === undefined) return [];
	if (!Array.isArray(given)) {
		throw new CalendarError("INVALID_DATE", { path, expected: "a list of exceptions", found: given });
	}
	return given.map((entry: unknown, index) => planException(entry, index, `${path}[${index}]`));
}

function planException(entry: unknown, index: number, path: string): ExceptionPlan {
	const exception: Partial<Record<string, unknown>> = typeof entry === "object" && entry !== null ? entry : {};
	const isSpan = "from" in exception || "to" in exception;
	const from = parseDate(isSpan ? exception.from : exception.date, `${path}.${isSpan ? "from" : "date"}`);
	const to = isSpan ? parseDate(exception.to, `${path}.to`) : from;
	if (to < from) {
		const words = `${exception.from} to ${exception.to}`;
		throw new CalendarError("INVALID_DATE", { path, expected: "a span that ends on or after its first date", words });
	}
	const name = (exception.name as Named | undefined) ?? null;
	const layerOf = (kind: ExceptionLayer["kind"]): ExceptionLayer => {
		return { layer: "exception", kind, index, from: formatDate(from), to: formatDate(to), name };
	};
	if (exception.closed === true) return { kind: "closed", from, to, layer: layerOf("closed") };
	for (const kind of ["hours", "add", "remove"] as const) {
		if (kind in exception && !isSpan) {
			const ranges = parseRanges(exception[kind], `${path}.${kind}`);
			return { kind, from, to, ranges, layer: layerOf(kind) };
		}
	}
	const expected = isSpan ? "closed: true for a span of dates" : "one of closed: true, hours, add, remove";
	throw new CalendarError("INVALID_RANGE", { path, expected, found: entry });
}
