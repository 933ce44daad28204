import type { Duration, Instant } from "../calendar/calendar.ts";
import type { Ladder } from "../policy/policy.ts";
import type { Course } from "./course.ts";
import type { OwedStep } from "./evaluation.ts";
import { sorted } from "./sorted.ts";
import { notBefore, ownTime } from "./step-times.ts";
import type { Alerted } from "./story.ts";
import type { Suspension } from "./suspensions.ts";
import { dueIfEver } from "./total-time.ts";

/** A time at which a step, by its place in the ladder (0 is the lowest), has to be taken. */
export type CallTime = { rung: number; at: Instant; cause: OwedStep["cause"] };

export type LadderContext = {
	/** Those of this clock's goal and cycle. */
	alerts: readonly Alerted[];
	suspensions: readonly Suspension[];
	grace: Duration;
	now: Instant;
};

/** The place of an alert's step in a ladder, -1 when the ladder no longer has it. */
export function rungOf({ step }: Alerted, { steps }: Ladder): number {
	return steps.findIndex(({ id }) => id === step);
}

/**
 * When the steps of a ladder are called on one clock, in order of time: all that have been, and of those to come the
 * ones that are known already.
 */
export function callTimes(course: Course, ladder: Ladder, context: LadderContext): CallTime[] {
	const called = stepsComingDue(course, ladder, context);
	if (context.suspensions.length > 0) called.push(...climbs(called, course, ladder, context));
	if (ladder.steps.some(({ repeat }) => repeat !== undefined)) called.push(...repeats(called, course, ladder, context));
	return sorted(called, (a, b) => a.at - b.at || a.rung - b.rung);
}

/**
 * A step is called at its own time, or as soon after it as it may be. A change of target that was counted back to the
 * start calls one step at the change: the highest that it made due, unless that one or a higher one was taken before.
 */
function stepsComingDue(course: Course, ladder: Ladder, context: LadderContext): CallTime[] {
	const { recomputedAt, recomputedBy } = course;
	const coming: CallTime[] = [];
	let madeDue: number | null = null;
	for (let rung = 0; rung < ladder.steps.length; rung++) {
		const step = ladder.steps[rung];
		const due = step ? ownTime(step, course) : null;
		if (due === null) continue;
		if (recomputedAt !== null && due < recomputedAt) {
			madeDue = rung;
			continue;
		}
		const at = firstChance(due, course, context);
		if (at !== null) coming.push({ rung, at, cause: "due" });
	}
	if (madeDue === null || recomputedAt === null) return coming;
	const rung = madeDue;
	const earlier = context.alerts.filter((alert) => alert.at < recomputedAt && rungOf(alert, ladder) >= rung);
	const same = earlier.find((alert) => rungOf(alert, ladder) === rung);
	const at = same?.at ?? (earlier.length === 0 ? firstChance(recomputedAt, course, context) : null);
	if (at !== null) coming.push({ rung, at, cause: recomputedBy === "terms" ? "re-prioritised" : "due" });
	return coming;
}

/**
 * A promise that expires calls the highest step so far once more, and the next one with it, before its own time. That
 * one is called at its own time all the same: a breach is announced though its step has been climbed.
 */
function climbs(called: readonly CallTime[], course: Course, ladder: Ladder, context: LadderContext): CallTime[] {
	const { goal, cycle } = course.clock;
	const climbed: CallTime[] = [];
	for (const { alert, outcome, until } of context.suspensions) {
		if (outcome !== "expired" || alert.goal !== goal || alert.cycle !== cycle) continue;
		const at = firstChance(until, course, context);
		if (at === null) continue;
		const before = [...called, ...climbed].filter((call) => call.at <= at);
		const reached = Math.max(rungOf(alert, ladder), ...before.map(({ rung }) => rung));
		for (const rung of [reached, reached + 1]) {
			const isNew = !before.some((call) => call.rung === rung && call.at === at);
			if (rung in ladder.steps && isNew) climbed.push({ rung, at, cause: "promise-expired" });
		}
	}
	return climbed;
}

/** Calls repeat until somebody acknowledges, or the same or a higher step of the clock is called. */
function repeats(called: readonly CallTime[], course: Course, ladder: Ladder, context: LadderContext): CallTime[] {
	const { calendar, pauses } = course;
	const repeated: CallTime[] = [];
	for (const { rung, at: since } of called) {
		const repeat = ladder.steps[rung]?.repeat;
		if (!repeat || since > context.now || !calendar) continue;
		const end = Math.min(
			...called.filter((call) => call.rung >= rung && call.at > since).map(({ at }) => at),
			...context.suspensions.filter(({ from }) => from > since).map(({ from }) => from),
		);
		for (let count = 1; count <= repeat.times; count++) {
			const at = dueIfEver(calendar, since, count * repeat.every, pauses);
			if (at === null || at >= end) break;
			repeated.push({ rung, at, cause: "repeated" });
			if (at > context.now) break;
		}
	}
	return repeated;
}

/**
 * The first instant from `due` on at which an alert may go out: the clock does not stand still, no change of its course
 * is younger than the grace, and nobody has acknowledged. What comes due while a promise stands waits for its expiry,
 * and is dropped when the promise is kept. `null`: not before something happens.
 */
function firstChance(due: Instant, course: Course, { suspensions, grace }: LadderContext): Instant | null {
	let at = due;
	for (;;) {
		const free = notBefore(at, course, grace);
		if (free === null) return null;
		if (suspensions.length === 0) return free;
		const suspension = suspensions.find(({ from, until }) => from <= free && free < until);
		if (!suspension) return free;
		if (suspension.outcome === "kept") return null;
		at = suspension.until;
	}
}
