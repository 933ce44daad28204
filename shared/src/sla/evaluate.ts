import type { Instant } from "../calendar/calendar.ts";
import type { Policy } from "../policy/policy.ts";
import { type Course, coursesOf } from "./course.ts";
import { escalationOf } from "./escalation.ts";
import type { Clock, Evaluation } from "./evaluation.ts";
import type { Fact } from "./fact.ts";
import { type Calls, callsOf, ladderOf, owedStepOf } from "./ladder.ts";
import { readStory, type Story } from "./story.ts";
import { type Suspension, suspensionsOf } from "./suspensions.ts";

/** An evaluation with what it was worked out from. */
export type Reading = {
	story: Story;
	courses: Course[];
	calls: Calls;
	suspensions: Suspension[];
	evaluation: Evaluation;
};

/**
 * What a ledger means under a policy at an instant: the clocks, the steps owed, the next instant of interest.
 * Total: it answers for every ledger. The order of the facts and how often each is given make no difference, and facts
 * whose time has not come count for nothing yet. The README of this folder says what each rule means.
 */
export function evaluate(facts: readonly Fact[], policy: Policy, now: Instant): Evaluation {
	return readLedger(facts, policy, now).evaluation;
}

/** As `evaluate`, with what lies behind it. */
export function readLedger(facts: readonly Fact[], policy: Policy, now: Instant): Reading {
	const story = readStory(facts, policy, now);
	const courses = coursesOf(story, policy, now);
	const suspensions = suspensionsOf(story, now);
	const calls: Calls = { called: [], ahead: [] };
	for (const course of courses) {
		const ladder = ladderOf(course, story, policy);
		if (!ladder) continue;
		const { goal, cycle } = course.clock;
		const alerts = story.alerts.filter((alert) => alert.goal === goal && alert.cycle === cycle);
		const { called, ahead } = callsOf(course, ladder, { alerts, suspensions, grace: policy.grace, now });
		calls.called.push(...called);
		calls.ahead.push(...ahead);
	}
	calls.called.sort((a, b) => a.at - b.at || a.rung.step - b.rung.step);
	calls.ahead.sort((a, b) => a.at - b.at);

	const latestOf = new Map(courses.map(({ clock }) => [clock.goal, clock]));
	const clocks = courses.map(({ clock }) => clock);
	const owed = calls.called.filter(({ isOwed }) => isOwed).map(owedStepOf);
	const { terms } = story;
	const evaluation: Evaluation = {
		state: story.state,
		priority: terms.priority,
		impact: story.impact,
		urgency: story.urgency,
		service: terms.service?.id ?? "",
		channel: story.channel,
		owner: story.owner,
		bestEffort: policy.channels[story.channel] === "best-effort",
		clocks: [...latestOf.values()].sort(mostUrgentFirst),
		past: clocks.filter((clock) => latestOf.get(clock.goal) !== clock),
		escalation: escalationOf(calls.called, suspensions),
		lines: [],
		phoneOutstanding: false,
		owed,
		wakeAt: wakeAt({ story, courses, calls, suspensions, now }),
	};
	return { story, courses, calls, suspensions, evaluation };
}

function mostUrgentFirst(a: Clock, b: Clock): number {
	const stopped = Number(a.stoppedAt !== null) - Number(b.stoppedAt !== null);
	if (stopped !== 0) return stopped;
	if (a.deadline === b.deadline) return a.startedAt - b.startedAt;
	return (a.deadline ?? Number.POSITIVE_INFINITY) - (b.deadline ?? Number.POSITIVE_INFINITY);
}

function wakeAt({
	story,
	courses,
	calls,
	suspensions,
	now,
}: Omit<Reading, "evaluation"> & { now: Instant }): Instant | null {
	const instants = calls.ahead.map(({ at }) => at);
	if (story.nextFactAt !== null) instants.push(story.nextFactAt);
	for (const { clock } of courses) {
		if (clock.stoppedAt === null && clock.deadline !== null) instants.push(clock.deadline + 1);
	}
	for (const { outcome, until } of suspensions) if (outcome === "pending") instants.push(until);
	const next = Math.min(...instants.filter((at) => at > now));
	return next === Number.POSITIVE_INFINITY ? null : next;
}
