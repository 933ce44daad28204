import type { Instant } from "../calendar/calendar.ts";
import type { Policy, PolicyTimeline } from "../policy/policy.ts";
import type { Course } from "./course.ts";
import { coursesOf } from "./courses.ts";
import { escalationOf } from "./escalation.ts";
import type { Clock, Evaluation } from "./evaluation.ts";
import type { Fact, Goal } from "./fact.ts";
import { sharesOf } from "./handover.ts";
import { type Calls, callsOf, ladderOf, owedStepOf } from "./ladder.ts";
import { type PauseNotice, pauseNotices } from "./pause-notices.ts";
import { isPhoneOutstanding } from "./phone.ts";
import { sorted } from "./sorted.ts";
import { type Alerted, readStory, type Story } from "./story.ts";
import { type Suspension, suspensionsOf } from "./suspensions.ts";
import { type Versions, versionsOf } from "./versions.ts";

/** An evaluation with what it was worked out from. */
export type Reading = {
	story: Story;
	/** Of every clock, earlier cycles too, in the order in which they began. */
	courses: Course[];
	calls: Calls;
	/** Pauses that are, or will be, too long. */
	notices: PauseNotice[];
	suspensions: Suspension[];
	evaluation: Evaluation;
};

/**
 * What a ledger means at an instant under a policy, or under the versions of one as they came into force: the clocks,
 * the steps owed, the next instant of interest.
 * Total: it answers for every ledger. The order of the facts and how often each is given make no difference, and facts
 * whose time has not come count for nothing yet. The README of this folder says what each rule means.
 */
export function evaluate(facts: readonly Fact[], policy: Policy | PolicyTimeline, now: Instant): Evaluation {
	return readLedger(facts, policy, now).evaluation;
}

/** As `evaluate`, with what lies behind it. */
export function readLedger(facts: readonly Fact[], policy: Policy | PolicyTimeline, now: Instant): Reading {
	const all = versionsOf(policy);
	const versions: Versions = all.length === 1 ? all : [all[0], ...all.slice(1).filter(({ from }) => from <= now)];
	const story = readStory(facts, versions, now);
	const courses = coursesOf(story, versions, now);
	const suspensions = suspensionsOf(story, now);
	const calls = allCalls(courses, { story, suspensions, now });
	const notices = pauseNotices(courses, story, now);

	const latest: Partial<Record<Goal, Clock>> = {};
	for (const { clock } of courses) latest[clock.goal] = clock;
	const past: Clock[] = [];
	for (const { clock } of courses) if (latest[clock.goal] !== clock) past.push(clock);
	const owed = calls.called.filter(({ isOwed }) => isOwed).map(owedStepOf);
	for (const { owed: step } of notices) if (step !== null) owed.push(step);
	const { terms } = story;
	const evaluation: Evaluation = {
		state: story.state,
		priority: terms.priority,
		impact: story.impact,
		urgency: story.urgency,
		service: terms.service?.id ?? "",
		channel: story.channel,
		owner: story.owner,
		bestEffort: terms.isBestEffort,
		clocks: sorted(Object.values(latest), mostUrgentFirst),
		past,
		escalation: escalationOf(calls.called, suspensions),
		lines: story.stays.length === 0 ? [] : sharesOf(courses, { story, versions, now }),
		phoneOutstanding: isPhoneOutstanding(story),
		owed: sorted(owed, (a, b) => a.owedAt - b.owedAt),
		wakeAt: wakeAt({ story, courses, calls, notices, suspensions }, all, now),
	};
	return { story, courses, calls, notices, suspensions, evaluation };
}

function allCalls(
	courses: readonly Course[],
	{ story, suspensions, now }: { story: Story; suspensions: readonly Suspension[]; now: Instant },
): Calls {
	const calls: Calls = { called: [], ahead: [] };
	for (const course of courses) {
		const ladder = ladderOf(course, story);
		if (!ladder) continue;
		const { goal, cycle } = course.clock;
		const isOwn = (alert: Alerted) => alert.goal === goal && alert.cycle === cycle;
		const alerts = story.alerts.length === 0 ? story.alerts : story.alerts.filter(isOwn);
		const { called, ahead } = callsOf(course, ladder, { alerts, suspensions, grace: course.policy.grace, now });
		calls.called.push(...called);
		calls.ahead.push(...ahead);
	}
	sorted(calls.called, (a, b) => a.at - b.at || a.rung.step - b.rung.step);
	sorted(calls.ahead, (a, b) => a.at - b.at);
	return calls;
}

function mostUrgentFirst(a: Clock, b: Clock): number {
	const stopped = Number(a.stoppedAt !== null) - Number(b.stoppedAt !== null);
	if (stopped !== 0) return stopped;
	if (a.deadline === b.deadline) return a.startedAt - b.startedAt;
	return (a.deadline ?? Number.POSITIVE_INFINITY) - (b.deadline ?? Number.POSITIVE_INFINITY);
}

function wakeAt(
	{ story, courses, calls, notices, suspensions }: Omit<Reading, "evaluation">,
	versions: Versions,
	now: Instant,
): Instant | null {
	let next = story.nextFactAt ?? Number.POSITIVE_INFINITY;
	function consider(at: Instant | null): void {
		if (at !== null && at > now && at < next) next = at;
	}
	for (const { at } of calls.ahead) consider(at);
	for (const { at } of notices) consider(at);
	for (const { from } of versions) consider(from);
	for (const { outcome, until } of suspensions) if (outcome === "pending") consider(until);
	for (const { clock, standstills } of courses) {
		if (clock.stoppedAt !== null) continue;
		if (clock.deadline !== null) consider(clock.deadline + 1);
		for (const { start, end, lastsUntil } of standstills) {
			consider(start);
			consider(end);
			consider(lastsUntil);
		}
	}
	return next === Number.POSITIVE_INFINITY ? null : next;
}
