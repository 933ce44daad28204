import { CalendarError } from "./calendar-error.ts";

/** A date without a time: whole days since 1970-01-01. */
export type DayNumber = number;

export const DAY_MS = 86_400_000;

const DAYS_PER_ERA = 146_097;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_DAY = /^(\d{2})-(\d{2})$/;

/** The day of a date of the Gregorian calendar. Counts in years that begin on 1 March, so a leap day comes last. */
export function dayNumber(year: number, month: number, day: number): DayNumber {
	const marchYear = month > 2 ? year : year - 1;
	const era = Math.floor(marchYear / 400);
	const yearOfEra = marchYear - era * 400;
	const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
	const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
	return era * DAYS_PER_ERA + dayOfEra - 719_468;
}

/** Year, month (1-12) and day of the month of a day. */
export function civilDate(day: DayNumber): { year: number; month: number; day: number } {
	const shifted = day + 719_468;
	const era = Math.floor(shifted / DAYS_PER_ERA);
	const dayOfEra = shifted - era * DAYS_PER_ERA;
	const yearOfEra = Math.floor(
		(dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
	);
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
	const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
	return {
		year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
		month,
		day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
	};
}

/** Monday 0 to Sunday 6. */
export function weekdayOf(day: DayNumber): number {
	return (((day + 3) % 7) + 7) % 7;
}

/** The UTC year in which an instant falls. */
export function utcYear(instant: number): number {
	return civilDate(Math.floor(instant / DAY_MS)).year;
}

/** The instant at which a UTC year begins. */
export function utcYearStart(year: number): number {
	return dayNumber(year, 1, 1) * DAY_MS;
}

export function daysInMonth(year: number, month: number): number {
	return dayNumber(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - dayNumber(year, month, 1);
}

/** The day of a date written `YYYY-MM-DD`; throws INVALID_DATE when there is no such date. */
export function parseDate(text: unknown, path: string): DayNumber {
	const parts = typeof text === "string" ? DATE.exec(text) : null;
	if (parts) {
		const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
		if (month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)) return dayNumber(year, month, day);
	}
	throw new CalendarError("INVALID_DATE", { path, expected: "an existing date YYYY-MM-DD", found: text });
}

/** A day of the year written `MM-DD` as month and day; throws INVALID_DATE when no year has it. */
export function parseMonthDay(text: unknown, path: string): [month: number, day: number] {
	const parts = typeof text === "string" ? MONTH_DAY.exec(text) : null;
	const [month, day] = [Number(parts?.[1]), Number(parts?.[2])];
	if (month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(2000, month)) return [month, day];
	throw new CalendarError("INVALID_DATE", { path, expected: "a day of the year MM-DD", found: text });
}

/** `YYYY-MM-DD`. */
export function formatDate(day: DayNumber): string {
	const { year, month, day: dayOfMonth } = civilDate(day);
	return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
}
