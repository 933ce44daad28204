import type { Calendar, Duration, Instant, Stretch } from "../calendar/calendar.ts";
import { CalendarError } from "../calendar/calendar-error.ts";
import { due, elapsed, type Pause } from "../calendar/pauses.ts";
import type { WorkingDayRule } from "../policy/policy.ts";

/**
 * The questions that clocks ask of business time, for any ledger: where a calendar has no answer (it never opens
 * again, or only beyond the horizon) there is none here either, `null` or 0, and nothing is thrown.
 */
export function dueIfEver(
	calendar: Calendar,
	start: Instant,
	duration: Duration,
	pauses: readonly Pause[],
): Instant | null {
	try {
		return pauses.length === 0 && duration > 0 ? calendar.add(start, duration) : due(calendar, start, duration, pauses);
	} catch (error) {
		return unanswerable(error, null);
	}
}

/** Open, unpaused time in `[start, end)`. */
export function openTime(calendar: Calendar, start: Instant, end: Instant, pauses: readonly Pause[]): Duration {
	if (pauses.length === 0) return end > start ? openBetween(calendar, start, end) : 0;
	return unlessUnanswerable(() => elapsed(calendar, start, end, pauses), 0);
}

/** When so many working days are over, pauses left aside. */
export function lastDayOf(calendar: Calendar, start: Instant, days: number, rule: WorkingDayRule): Instant | null {
	return unlessUnanswerable(() => calendar.addWorkingDays(start, days, rule), null);
}

/** Open time from one instant to another, negative when that is the earlier one; 0 when it cannot be told. */
export function openBetween(calendar: Calendar, start: Instant, end: Instant): Duration {
	return unlessUnanswerable(() => calendar.between(start, end), 0);
}

export function isOpenAt(calendar: Calendar, at: Instant): boolean {
	return unlessUnanswerable(() => calendar.isOpen(at), false);
}

export function nextOpening(calendar: Calendar, at: Instant): Instant | null {
	return unlessUnanswerable(() => calendar.nextOpen(at), null);
}

/** The open stretches of `[start, end)`; none when `end` is not after `start`. */
export function openStretches(calendar: Calendar, start: Instant, end: Instant): Stretch[] {
	return end > start ? unlessUnanswerable(() => calendar.stretches(start, end), []) : [];
}

function unlessUnanswerable<T>(ask: () => T, otherwise: T): T {
	try {
		return ask();
	} catch (error) {
		return unanswerable(error, otherwise);
	}
}

function unanswerable<T>(error: unknown, otherwise: T): T {
	if (error instanceof CalendarError) return otherwise;
	throw error;
}
