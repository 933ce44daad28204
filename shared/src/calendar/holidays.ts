import type { HolidayRule, HolidaySets } from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import { civilDate, type DayNumber, dayNumber, daysInMonth, formatDate, parseDate } from "./civil-date.ts";

/** A day off, with the name that its rule gives it (one text, or one per language). */
export type Holiday = { date: string; name: string | Record<string, string> | null };

/** What a rule means in a year. */
type YearRule = (year: number) => DayNumber[];

type NamedRule = { daysIn: YearRule; name: Holiday["name"] };

/**
 * The holidays of a set in a year, in order. A day that several rules name is there once, with the first name given.
 * A 29 February is absent from a common year, not moved. `years` of a rule lists the only years in which it holds.
 * Throws UNKNOWN_HOLIDAY_SET (also for a set that includes itself) or INVALID_DATE.
 */
export function holidaysOf(sets: HolidaySets, name: string, year: number): Holiday[] {
	const found = new Map<DayNumber, Holiday["name"]>();
	for (const rule of readSet(sets, name, `holidaySets.${name}`)) {
		for (const day of rule.daysIn(year)) found.set(day, found.get(day) ?? rule.name);
	}
	return [...found].sort(([a], [b]) => a - b).map(([day, called]) => ({ date: formatDate(day), name: called }));
}

/** The days of a set by year, as a function that checked the whole set beforehand. Throws as `holidaysOf` does. */
export function holidayDays(sets: HolidaySets, name: string, path: string): YearRule {
	const rules = readSet(sets, name, path);
	return (year) => rules.flatMap(({ daysIn }) => daysIn(year));
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

function readSet(sets: HolidaySets, name: string, path: string, including: readonly string[] = []): NamedRule[] {
	const rules: unknown = Object.hasOwn(sets, name) ? sets[name] : undefined;
	if (including.includes(name)) {
		const words = [...including, name].join(" → ");
		throw new CalendarError("UNKNOWN_HOLIDAY_SET", { path, expected: "sets that do not include themselves", words });
	}
	if (!Array.isArray(rules)) {
		const known = Object.keys(sets).sort().join(", ") || "none";
		throw new CalendarError("UNKNOWN_HOLIDAY_SET", { path, expected: `a holiday set (known: ${known})`, found: name });
	}
	return rules.flatMap((rule: HolidayRule, index): NamedRule[] => {
		const at = `holidaySets.${name}[${index}]`;
		if (typeof rule === "object" && rule !== null && "include" in rule) {
			return readSet(sets, rule.include, `${at}.include`, [...including, name]);
		}
		const daysIn = readRule(rule, at);
		const years = readYears(rule.years, `${at}.years`);
		return [{ name: rule.name ?? null, daysIn: (year) => (!years || years.has(year) ? daysIn(year) : []) }];
	});
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
	const [firstMonth, firstDay] = readMonthDay(from, path);
	const [lastMonth, lastDay] = readMonthDay(to, path);
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

function readMonthDay(text: unknown, path: string): [month: number, day: number] {
	const parts = typeof text === "string" ? /^(\d{2})-(\d{2})$/.exec(text) : null;
	const [month, day] = [Number(parts?.[1]), Number(parts?.[2])];
	if (month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(2000, month)) return [month, day];
	throw new CalendarError("INVALID_DATE", { path, expected: "a day of the year MM-DD", found: text });
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
