import type { Instant } from "../calendar/calendar.ts";
import type { Course } from "./course.ts";
import type { OwedStep } from "./evaluation.ts";
import { bySeverity } from "./goals.ts";
import type { Standstill } from "./standstill.ts";
import type { Story } from "./story.ts";

/** A pause that reaches its longest length, and what is owed for it. */
export type PauseNotice = {
	/** `pause-` and the place of the rule in the policy, or `pause-by-hand`. */
	step: string;
	at: Instant;
	/** `null` while its time has not come, or when it has been taken. */
	owed: OwedStep | null;
};

/**
 * The pauses of clocks that somebody has to hear of: one notice per rule, however many clocks stand still by it, in the
 * name of the most severe. It is owed from the longest length on until it is taken or the pause is over, whether or not
 * the clock goes on. Each such pause of a ticket is an occurrence of its own.
 */
export function pauseNotices(courses: readonly Course[], { alerts }: Story, now: Instant): PauseNotice[] {
	if (!courses.some(({ standstills }) => standstills.some(({ longest }) => longest !== null))) return [];
	const notices = new Map<string, PauseNotice & { course: Course }>();
	for (const course of courses) {
		if (course.clock.stoppedAt !== null) continue;
		for (const standstill of course.standstills) {
			if (!isHeardOf(standstill, now)) continue;
			const { rule, longest, limit: at } = standstill;
			const step = rule === null ? "pause-by-hand" : `pause-${rule}`;
			const earlier = notices.get(step);
			if (earlier && severity(earlier.course) <= severity(course)) continue;
			const own = alerts.filter((alert) => alert.step === step);
			const isTaken = own.some((alert) => alert.at >= at);
			const { goal, cycle } = course.clock;
			const occurrence = 1 + Math.max(-1, ...own.map((alert) => alert.occurrence));
			const owed: OwedStep = {
				...{ goal, cycle, step, occurrence, owedAt: at, cause: "pause-too-long" },
				...{ roles: [...longest.notify], note: false, rung: { step: 1, of: 1 } },
			};
			notices.set(step, { step, at, owed: at <= now && !isTaken ? owed : null, course });
		}
	}
	return [...notices.values()].map(({ step, at, owed }) => ({ step, at, owed }));
}

type HeardOf = Standstill & { longest: NonNullable<Standstill["longest"]>; limit: Instant };

/** It has a longest length of which somebody hears, has begun, and is not over before that. */
function isHeardOf(standstill: Standstill, now: Instant): standstill is HeardOf {
	const { begunAt, lastsUntil, longest, limit } = standstill;
	if (longest === null || limit === null || longest.notify.length === 0 || begunAt > now) return false;
	return lastsUntil === null || (lastsUntil > now && lastsUntil > limit);
}

function severity({ clock }: Course): number {
	return bySeverity.indexOf(clock.goal);
}
