import type { Calendar, Duration, Instant } from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import { beyondHorizon, checkDuration, checkInstant, HORIZON_DAYS, horizonOf } from "./questions.ts";

/** A time that does not count: `[from, to)`, or from `from` until further notice (`null`). */
export type Pause = readonly [from: Instant, to: Instant | null];

/**
 * The earliest instant at which `duration` of open, unpaused time has passed since `start`; `start` itself for 0.
 * `null` while an open-ended pause comes first. Pauses may overlap, begin before `start` and come in any order.
 * Throws INVALID_DURATION for a negative duration, NO_OPEN_TIME and HORIZON_EXCEEDED as `Calendar.add` does.
 */
export function due(
	calendar: Calendar,
	start: Instant,
	duration: Duration,
	pauses: readonly Pause[],
	horizonDays: number = HORIZON_DAYS,
): Instant | null {
	checkInstant(start, "start");
	checkDuration(duration);
	if (duration < 0) {
		throw new CalendarError("INVALID_DURATION", {
			path: "duration",
			expected: "a duration of 0 or more",
			found: duration,
		});
	}
	const limit = start + horizonOf(horizonDays);
	if (duration === 0) return start;
	let from = start;
	let left = duration;
	for (const [pausedFrom, pausedTo] of mergePauses(pauses)) {
		if (pausedTo <= from) continue;
		if (pausedFrom > limit) break;
		if (pausedFrom > from) {
			const open = calendar.between(from, pausedFrom);
			if (open >= left) break;
			left -= open;
		}
		if (pausedTo === Infinity) return null;
		from = pausedTo;
	}
	const found = from <= limit ? addOrNull(calendar, from, left, horizonDays) : null;
	if (found !== null && found <= limit) return found;
	const open = duration - left + (from < limit ? calendar.between(from, limit) : 0);
	throw beyondHorizon(open, `${duration} ms`, horizonDays);
}

/** Open time in `[start, end)` that is not paused; 0 when `end` is not after `start`. */
export function elapsed(calendar: Calendar, start: Instant, end: Instant, pauses: readonly Pause[]): Duration {
	checkInstant(start, "start");
	checkInstant(end, "end");
	if (end <= start) return 0;
	let counted = calendar.between(start, end);
	for (const [pausedFrom, pausedTo] of mergePauses(pauses)) {
		const from = Math.max(start, pausedFrom);
		const to = Math.min(end, pausedTo);
		if (from < to) counted -= calendar.between(from, to);
	}
	return counted;
}

/** Times in order, without overlap and without empty ones; an open end becomes `Infinity`. */
export function mergePauses(pauses: readonly Pause[]): readonly (readonly [from: Instant, to: Instant])[] {
	if (areMerged(pauses)) return pauses;
	const merged: [Instant, Instant][] = [];
	for (const [from, to] of [...pauses].sort(([a], [b]) => a - b)) {
		const end = to ?? Infinity;
		const last = merged.at(-1);
		if (end <= from) continue;
		if (last && from <= last[1]) last[1] = Math.max(last[1], end);
		else merged.push([from, end]);
	}
	return merged;
}

/** Nothing to do for them: the usual case, and asked often. */
function areMerged(pauses: readonly Pause[]): pauses is readonly (readonly [Instant, Instant])[] {
	let last = Number.NEGATIVE_INFINITY;
	for (const [from, to] of pauses) {
		if (to === null || from <= last || to <= from) return false;
		last = to;
	}
	return true;
}

function addOrNull(calendar: Calendar, from: Instant, duration: Duration, horizonDays: number): Instant | null {
	try {
		return calendar.add(from, duration, horizonDays);
	} catch (error) {
		if (error instanceof CalendarError && (error.code === "NO_OPEN_TIME" || error.code === "HORIZON_EXCEEDED"))
			return null;
		throw error;
	}
}
