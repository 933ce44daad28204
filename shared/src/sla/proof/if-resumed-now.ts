import type { Instant } from "../../calendar/calendar.ts";
import type { Pause } from "../../calendar/pauses.ts";
import type { Course } from "../course.ts";
import { dueIfEver } from "../total-time.ts";

/** The deadline of a clock that stands still, if whatever keeps it standing ended now; `null` for every other clock. */
export function ifResumedNow({ clock, calendar, pauses }: Course, now: Instant): Instant | null {
	const isStanding = clock.stoppedAt === null && clock.deadline === null && pauses.some(([, end]) => end === null);
	if (!isStanding || calendar === null || clock.remaining === null || clock.remaining < 0) return null;
	const ended = pauses.map(([from, to]): Pause => [from, to ?? Math.max(from, now)]);
	return dueIfEver(calendar, now, clock.remaining, ended);
}
