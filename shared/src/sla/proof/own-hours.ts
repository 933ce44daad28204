import type { ProofCalendar, SpecialDay } from "./proof.ts";

/** Whether a special day is open at other times than its week would be: a holiday on a Sunday changes nothing. */
export function hasOwnHours(day: SpecialDay, { weeks }: Pick<ProofCalendar, "weeks">): boolean {
	const span = weeks.find(({ from, to }) => from <= day.date && day.date <= to);
	const usual = span?.week[day.weekday]?.hours;
	return usual === undefined || usual.join() !== day.hours.join();
}
