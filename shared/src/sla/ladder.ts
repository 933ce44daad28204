import type { Duration, Instant } from "../calendar/calendar.ts";
import type { Ladder, LadderStep, Policy } from "../policy/policy.ts";
import type { Course } from "./course.ts";
import type { OwedStep } from "./evaluation.ts";
import type { Goal } from "./fact.ts";
import { supportedGoals } from "./goals.ts";
import { notBefore, ownTime } from "./step-times.ts";
import type { Alerted, Story } from "./story.ts";
import type { Suspension } from "./suspensions.ts";
import { dueIfEver } from "./total-time.ts";

/** One time at which a step has to be taken. */
export type Call = {
	course: Course;
	step: LadderStep;
	rung: { step: number; of: number };
	at: Instant;
	occurrence: number;
	/** The alert with which it was taken. */
	alert: Alerted | null;
	isOwed: boolean;
};

export type Calls = {
	/** Whose time has come, in order. */
	called: Call[];
	/** Whose time will come by itself, as far as it is known, in order. */
	ahead: { course: Course; step: LadderStep; at: Instant }[];
};

type Base = { rung: number; at: Instant };

/** The ladder that a clock climbs: that of its service, while the clock has a target and has not stopped. */
export function ladderOf(
	{ clock, total }: Course,
	{ terms }: Story,
	{ ladders }: Pick<Policy, "ladders">,
): Ladder | null {
	if (clock.stoppedAt !== null || total === null) return null;
	const ladder = ladders.find(({ id }) => id === terms.service?.ladder);
	return ladder?.goals.includes(clock.goal) ? ladder : null;
}

/**
 * Every call of a ladder on one clock.
 * - A step is called at its own time, or as soon after it as the clock does not stand still, no change of its course is
 *   younger than the grace, and nobody has acknowledged. What comes due while a promise stands is called when the
 *   promise expires, and not at all when it is kept.
 * - A change of target that was counted back to the start calls one step at the change: the highest that it made due,
 *   unless that one or a higher one was taken before.
 * - A promise that expires calls the highest step so far once more, and the next one with it, before its own time.
 *   That one is called at its own time all the same: a breach is announced though its step has been climbed.
 * - Calls repeat until somebody acknowledges, or the same or a higher step of the clock is called.
 * A call is taken by an alert of its occurrence or a later one, and by an alert of a higher step after it. An alert that
 * is older than the time at which its step is now due (the deadline has moved on) takes nothing: occurrences count on.
 */
export function callsOf(
	course: Course,
	ladder: Ladder,
	{
		story,
		suspensions,
		grace,
		now,
	}: {
		story: Story;
		suspensions: readonly Suspension[];
		grace: Duration;
		now: Instant;
	},
): Calls {
	const { goal, cycle } = course.clock;
	const alerts = story.alerts.filter((alert) => alert.goal === goal && alert.cycle === cycle);
	const rungOf = ({ step }: Alerted) => ladder.steps.findIndex(({ id }) => id === step);

	/** The first instant from `due` on at which an alert may go out, `null`: not before something happens. */
	function free(due: Instant): Instant | null {
		let at: Instant | null = due;
		for (;;) {
			at = notBefore(at, course, grace);
			if (at === null) return null;
			const instant: Instant = at;
			const suspension = suspensions.find(({ from, until }) => from <= instant && instant < until);
			if (!suspension) return at;
			if (suspension.outcome === "kept") return null;
			at = suspension.until;
		}
	}

	const bases: Base[] = [];
	function call(rung: number, due: Instant): void {
		const at = free(due);
		if (at !== null && !bases.some((base) => base.rung === rung && base.at === at)) bases.push({ rung, at });
	}

	const { recomputedAt } = course;
	let madeDue: number | null = null;
	for (const [rung, step] of ladder.steps.entries()) {
		const due = ownTime(step, course);
		if (due === null) continue;
		if (recomputedAt !== null && due < recomputedAt) madeDue = rung;
		else call(rung, due);
	}
	if (madeDue !== null && recomputedAt !== null) {
		const rung = madeDue;
		const earlier = alerts.filter((alert) => alert.at < recomputedAt && rungOf(alert) >= rung);
		const same = earlier.find((alert) => rungOf(alert) === rung);
		if (same) bases.push({ rung, at: same.at });
		else if (earlier.length === 0) call(rung, recomputedAt);
	}

	for (const { alert, outcome, until } of suspensions) {
		if (outcome !== "expired" || alert.goal !== goal || alert.cycle !== cycle) continue;
		const at = free(until);
		if (at === null) continue;
		const reached = Math.max(rungOf(alert), ...bases.filter((base) => base.at <= at).map(({ rung }) => rung));
		for (const rung of [reached, reached + 1]) if (rung >= 0 && rung < ladder.steps.length) call(rung, at);
	}

	const times: Base[] = [];
	for (const base of bases) {
		times.push(base);
		const repeat = ladder.steps[base.rung]?.repeat;
		if (!repeat || base.at > now || !course.calendar) continue;
		const end = Math.min(
			...bases.filter(({ rung, at }) => rung >= base.rung && at > base.at).map(({ at }) => at),
			...suspensions.filter(({ from }) => from > base.at).map(({ from }) => from),
		);
		for (let count = 1; count <= repeat.times; count++) {
			const at = dueIfEver(course.calendar, base.at, count * repeat.every, course.pauses);
			if (at === null || at >= end) break;
			times.push({ rung: base.rung, at });
			if (at > now) break;
		}
	}
	times.sort((a, b) => a.at - b.at || a.rung - b.rung);

	const called: Call[] = [];
	const ahead: Calls["ahead"] = [];
	const occurrences = new Map<number, number>();
	for (const { rung, at } of times) {
		const step = ladder.steps[rung];
		if (!step) continue;
		if (at > now) {
			ahead.push({ course, step, at });
			continue;
		}
		const own = alerts.filter((alert) => alert.step === step.id);
		const outdated = own.filter((alert) => alert.at < at).map((alert) => alert.occurrence);
		const occurrence = Math.max(occurrences.get(rung) ?? 0, 1 + Math.max(-1, ...outdated));
		occurrences.set(rung, occurrence + 1);
		const alert = own.find((taken) => taken.occurrence === occurrence) ?? null;
		const isTaken =
			own.some((taken) => taken.occurrence >= occurrence) ||
			alerts.some((taken) => taken.at >= at && rungOf(taken) > rung);
		called.push({
			course,
			step,
			rung: { step: rung + 1, of: ladder.steps.length },
			at,
			occurrence,
			alert,
			isOwed: !isTaken,
		});
	}
	return { called, ahead };
}

/** What a call owes: everything that is needed to take it. */
export function owedStepOf({ course, step, rung, at, occurrence }: Call): OwedStep {
	const { goal, cycle } = course.clock;
	return { goal, cycle, step: step.id, occurrence, owedAt: at, roles: [...step.notify], note: step.note, rung };
}

/**
 * The one step to take of all that are owed; it supersedes the others. The highest rung, then the most severe goal
 * (resolution before first response before next update), then the latest.
 */
export function worst<Step extends OwedStep>(owed: readonly Step[]): Step | null {
	return owed.reduce<Step | null>((worse, step) => (worse === null || severer(step, worse) ? step : worse), null);
}

function severer(a: OwedStep, b: OwedStep): boolean {
	const byRung = a.rung.step - b.rung.step;
	const byGoal = severity(b) - severity(a);
	return (byRung || byGoal || a.owedAt - b.owedAt || a.occurrence - b.occurrence) > 0;
}

function severity({ goal }: OwedStep): number {
	const bySeverity: readonly Goal[] = supportedGoals;
	return bySeverity.includes(goal) ? bySeverity.indexOf(goal) : bySeverity.length;
}
