import type { Instant } from "../calendar/calendar.ts";
import type { Ladder, LadderStep } from "../policy/policy.ts";
import { callTimes, type LadderContext, rungOf } from "./call-times.ts";
import type { Course } from "./course.ts";
import type { OwedStep } from "./evaluation.ts";
import { bySeverity } from "./goals.ts";
import type { Alerted, Story } from "./story.ts";
import { serviceOf } from "./terms.ts";

/** One time at which a step has to be taken. */
export type Call = {
	course: Course;
	step: LadderStep;
	rung: { step: number; of: number };
	at: Instant;
	cause: OwedStep["cause"];
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

/** The ladder that a clock climbs: that of the ticket's service, while the clock has a target and has not stopped. */
export function ladderOf({ clock, total, policy, terms }: Course, { group }: Story): Ladder | null {
	if (clock.stoppedAt !== null || total === null) return null;
	const service = terms.group === group ? terms.service : serviceOf(policy, group);
	const ladder = policy.ladders.find(({ id }) => id === service?.ladder);
	return ladder?.goals.includes(clock.goal) ? ladder : null;
}

/**
 * Every call of a ladder on one clock. A call is taken by an alert of its occurrence or a later one, and by an alert of
 * a higher step after it. An alert that is older than the time at which its step is now due (the deadline has moved on)
 * takes nothing: occurrences count on from it.
 */
export function callsOf(course: Course, ladder: Ladder, context: LadderContext): Calls {
	const { alerts, now } = context;
	const of = ladder.steps.length;
	const called: Call[] = [];
	const ahead: Calls["ahead"] = [];
	/** By rung. */
	const next: number[] = [];
	for (const { rung, at, cause } of callTimes(course, ladder, context)) {
		const step = ladder.steps[rung];
		if (!step) continue;
		if (at > now) {
			ahead.push({ course, step, at });
			continue;
		}
		let occurrence = next[rung] ?? 0;
		for (const alert of alerts) {
			if (alert.step === step.id && alert.at < at) occurrence = Math.max(occurrence, alert.occurrence + 1);
		}
		next[rung] = occurrence + 1;
		let alert: Alerted | null = null;
		let isOwed = true;
		for (const taken of alerts) {
			const isOwn = taken.step === step.id;
			if (isOwn && taken.occurrence === occurrence) alert ??= taken;
			const takes = isOwn ? taken.occurrence >= occurrence : taken.at >= at && rungOf(taken, ladder) > rung;
			if (takes) isOwed = false;
		}
		called.push({ course, step, rung: { step: rung + 1, of }, at, cause, occurrence, alert, isOwed });
	}
	return { called, ahead };
}

/** What a call owes: everything that is needed to take it. */
export function owedStepOf({ course, step, rung, at, cause, occurrence }: Call): OwedStep {
	const { goal, cycle } = course.clock;
	const { id, notify, note, moveTo } = step;
	const move = moveTo === undefined ? {} : { moveTo };
	return { goal, cycle, step: id, occurrence, owedAt: at, cause, roles: [...notify], note, rung, ...move };
}

/**
 * The one step to take of all that are owed; it supersedes the others. The highest rung, then the most severe goal
 * (resolution, hand-over, first response, next update, pick-up), then the latest.
 */
export function worst<Step extends OwedStep>(owed: readonly Step[]): Step | null {
	return owed.reduce<Step | null>((worse, step) => (worse === null || severer(step, worse) ? step : worse), null);
}

function severer(a: OwedStep, b: OwedStep): boolean {
	const byRung = a.rung.step - b.rung.step;
	const byGoal = bySeverity.indexOf(b.goal) - bySeverity.indexOf(a.goal);
	return (byRung || byGoal || a.owedAt - b.owedAt || a.occurrence - b.occurrence) > 0;
}
