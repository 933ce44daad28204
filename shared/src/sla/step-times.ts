import type { Instant } from "../calendar/calendar.ts";
import type { LadderStep } from "../policy/policy.ts";
import type { Course } from "./course.ts";
import { dueIfEver, nextOpening } from "./total-time.ts";

/**
 * When a step comes due on a clock by its own time, `null`: never, or not while an open-ended pause lasts.
 * - `percent`: when that share of the target is used, rounded down to the millisecond; never at the start nor after the
 *   deadline.
 * - `deadline` + offset: strictly after the deadline for 0 and more. Before it (a negative offset) in open time counted
 *   back, at an opening rather than at the closing before; one that would lie at the start or before it never comes.
 */
export function ownTime({ at }: LadderStep, course: Course): Instant | null {
	const { calendar, clock, total, pauses, countedFrom } = course;
	if (calendar === null || total === null) return null;
	if (at.kind === "percent") {
		const share = Math.floor((total * at.percent) / 100);
		return dueIfEver(calendar, countedFrom, Math.min(total, Math.max(1, share)), pauses);
	}
	if (at.offset < 0) {
		const used = total + at.offset;
		const due = used > 0 ? dueIfEver(calendar, countedFrom, used, pauses) : null;
		return due === null ? null : nextOpening(calendar, due);
	}
	if (clock.deadline === null) return null;
	return at.offset === 0 ? clock.deadline + 1 : dueIfEver(calendar, clock.deadline, at.offset, pauses);
}

/**
 * When an alert that comes due may go out: not while the clock stands still, and not within the grace of a change of
 * its course, for that change may yet be taken back. `null` while an open-ended pause lasts.
 */
export function notBefore(due: Instant, course: Course, grace: number): Instant | null {
	let at = due;
	for (;;) {
		const pause = course.standstills.find(({ start, end }) => start <= at && (end === null || at < end));
		if (pause) {
			if (pause.end === null) return null;
			at = pause.end;
			continue;
		}
		const held = lastTurn(course, at);
		if (held === null || at >= held + grace) return at;
		at = held + grace;
	}
}

/** When a course last changed, at or before an instant. */
function lastTurn({ turns }: Course, at: Instant): Instant | null {
	for (let index = turns.length - 1; index >= 0; index--) {
		const turn = turns[index];
		if (turn !== undefined && turn <= at) return turn;
	}
	return null;
}
