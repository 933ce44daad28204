import type { HolidayRule, HolidaySets, Named } from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import {
	civilDate,
	type DayNumber,
	dayNumber,
	daysInMonth,
	formatDate,
	parseDate,
	parseMonthDay,
} from "./civil-date.ts";

/** A day off, with the name that its rule gives it (one text, or one per language). */
export type Holiday = { date: string; name: Named | null };

/** What a rule means in a year. */
type YearRule = (year: number) => DayNumber[];

type NamedRule = { daysIn: YearRule; name: Holiday["name"]; rule: HolidayRule };

type ReadSet = { rules: NamedRule[]; completeUntil: number | null };

/**
 * The holidays of a set in a year, in order. A day that several rules name is there once, with the first name given.
 * A 29 February is absent from a common year, not moved. `years` of a rule lists the only years in which it holds.
 * Throws UNKNOWN_HOLIDAY_SET (also for a set that includes itself) or INVALID_DATE.
 */
export function holidaysOf(sets: HolidaySets, name: string, year: number): Holiday[] {
	const { daysIn } = planHolidaySet(sets, name, `holidaySets.${name}`);
	return [...daysIn(year)].sort(([a], [b]) => a - b).map(([day, called]) => ({ date: formatDate(day), name: called }));
}

/** A set that was read whole. */
export type HolidayPlan = {
	/** Its days in a year, each with the name that the first rule for it gives. */
	daysIn(year: number): ReadonlyMap<DayNumber, Holiday["name"]>;
	/** The last year in which every day is decided, by the set and all that it includes; `null`: in all. */
	completeUntil: number | null;
	/** Its rules with those that it includes, which name it nothing: equal rules, equal days. */
	rules: readonly HolidayRule[];
};

/** Reads a set; throws as `holidaysOf` does. `path` says where it is named. */
export function planHolidaySet(sets: HolidaySets, name: string, path: string): HolidayPlan {
	const { rules, completeUntil } = readSet(sets, name, path);
	return {
		daysIn(year) {
			const days = new Map<DayNumber, Holiday["name"]>();
			for (const rule of rules) for (const day of rule.daysIn(year)) days.set(day, days.get(day) ?? rule.name);
			return days;
		},
		completeUntil,
		rules: rules.map(({ rule }) => rule),
	};
}

/** Easter Sunday of the Gregorian calendar, by the anonymous algorithm of Meeus, Jones and Butcher. */
export function easterSunday(year: number): DayNumber {
	const golden = year % 19;
	const century = Math.floor(year / 100);
	const yearOfCentury = year % 100;
	const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
	const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30;
	const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
	const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
	const fromMarch = epact + toSunday - 7 * late + 114;
	return dayNumber(year, Math.floor(fromMarch / 31), (fromMarch % 31) + 1);
}

function readSet(sets: HolidaySets, name: string, path: string, including: readonly string[] = []): ReadSet {
	const set: unknown = Object.hasOwn(sets, name) ? sets[name] : undefined;
	if (including.includes(name)) {
		const words = [...including, name].join(" → ");
		throw new CalendarError("UNKNOWN_HOLIDAY_SET", { path, expected: "sets that do not include themselves", words });
	}
	const { rules, completeUntil }: Partial<Record<string, unknown>> = Array.isArray(set) ? { rules: set } : (set ?? {});
	if (!Array.isArray(rules)) {
		const known = Object.keys(sets).sort().join(", ") || "none";
		throw new CalendarError("UNKNOWN_HOLIDAY_SET", { path, expected: `a holiday set (known: ${known})`, found: name });
	}
	const found: ReadSet = { rules: [], completeUntil: readYear(completeUntil, `holidaySets.${name}.completeUntil`) };
	for (const [index, rule] of (rules as HolidayRule[]).entries()) {
		const at = `holidaySets.${name}[${index}]`;
		if (typeof rule === "object" && rule !== null && "include" in rule) {
			const included = readSet(sets, rule.include, `${at}.include`, [...including, name]);
			found.rules.push(...included.rules);
			found.completeUntil = earlier(found.completeUntil, included.completeUntil);
			continue;
		}
		const daysIn = readRule(rule, at);
		const years = readYears(rule.years, `${at}.years`);
		const inItsYears: YearRule = (year) => (!years || years.has(year) ? daysIn(year) : []);
		found.rules.push({ name: rule.name ?? null, daysIn: inItsYears, rule });
	}
	return found;
}

/** The earlier of two years up to which something is known; `null` is for ever. */
export function earlier(a: number | null, b: number | null): number | null {
	return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function readRule(rule: Exclude<HolidayRule, { include: string }>, path: string): YearRule {
	if (typeof rule === "object" && rule !== null) {
		if ("fixed" in rule) return daysBetween(rule.fixed, rule.fixed, `${path}.fixed`);
		if ("range" in rule) {
			const [from, to] = Array.isArray(rule.range) ? rule.range : [];
			return daysBetween(from, to, `${path}.range`);
		}
		if ("date" in rule) {
			const day = parseDate(rule.date, `${path}.date`);
			return (year) => (civilDate(day).year === year ? [day] : []);
		}
		if ("easter" in rule) return easterOffset(rule.easter, `${path}.easter`);
	}
	const expected = "a rule with one of fixed, range, date, easter, include";
	throw new CalendarError("INVALID_DATE", { path, expected, found: rule });
}

/** The days from one `MM-DD` to another in the same year. */
function daysBetween(from: unknown, to: unknown, path: string): YearRule {
	const [firstMonth, firstDay] = parseMonthDay(from, path);
	const [lastMonth, lastDay] = parseMonthDay(to, path);
	if (firstMonth * 100 + firstDay > lastMonth * 100 + lastDay) {
		const expected = "a range within one year (write two where it passes New Year)";
		throw new CalendarError("INVALID_DATE", { path, expected, words: `${from} to ${to}` });
	}
	return (year) => {
		const first = dayNumber(year, firstMonth, firstDay);
		const last = dayNumber(year, lastMonth, Math.min(lastDay, daysInMonth(year, lastMonth)));
		return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
	};
}

function easterOffset(offset: unknown, path: string): YearRule {
	if (typeof offset !== "number" || !Number.isInteger(offset) || Math.abs(offset) > 366) {
		throw new CalendarError("INVALID_DATE", {
			path,
			expected: "a whole number of days from Easter Sunday",
			found: offset,
		});
	}
	return (year) =>
		[year - 1, year, year + 1]
			.map((easterYear) => easterSunday(easterYear) + offset)
			.filter((day) => civilDate(day).year === year);
}

function readYears(years: unknown, path: string): Set<number> | null {
	if (years === undefined) return null;
	if (Array.isArray(years) && years.every((year) => Number.isInteger(year))) return new Set(years);
	throw new CalendarError("INVALID_DATE", { path, expected: "a list of years", found: years });
}

function readYear(year: unknown, path: string): number | null {
	if (year === undefined) return null;
	if (typeof year === "number" && Number.isInteger(year)) return year;
	throw new CalendarError("INVALID_DATE", { path, expected: "a year", found: year });
}
