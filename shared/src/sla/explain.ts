import type { Duration, Instant, Stretch } from "../calendar/calendar.ts";
import { mergePauses } from "../calendar/pauses.ts";
import type { Policy, PolicyTimeline } from "../policy/policy.ts";
import type { Course } from "./course.ts";
import { readLedger } from "./evaluate.ts";
import type { Clock } from "./evaluation.ts";
import type { Fact } from "./fact.ts";
import type { Run } from "./runs.ts";
import type { Standstill } from "./standstill.ts";
import { openStretches } from "./total-time.ts";

/** The sum behind one clock. */
export type ClockExplanation = {
	clock: Clock;
	/** Why it runs; `re-prioritised`: a change of target made it begin anew. */
	startedBy: Run["startedBy"] | "re-prioritised";
	/** Which rule of the policy gave the target. */
	rule: { service: string; priority: string; target: Clock["target"] };
	/** The target in open time, `null` for best effort. Working days are the open time until the last one's close. */
	total: Duration | null;
	/** The open time that is counted, in order: up to the deadline, or as far as it is known (`countedTo`). */
	stretches: (Stretch & { ms: Duration })[];
	countedTo: Instant;
	/** Of all stretches: the target when the deadline is known, else what has been used. */
	sum: Duration;
	standstills: Standstill[];
};

export type Explanation = {
	policy: { name: string; version: string };
	asOf: Instant;
	clocks: ClockExplanation[];
};

/** How every deadline of a ticket came about: what `stipt explain` prints. Earlier cycles come first. */
export function explain(facts: readonly Fact[], policy: Policy | PolicyTimeline, now: Instant): Explanation {
	const { courses, story } = readLedger(facts, policy, now);
	const { name, version } = story.terms.policy;
	return {
		policy: { name, version },
		asOf: now,
		clocks: courses.map((course) => explainClock(course, now)),
	};
}

function explainClock(course: Course, now: Instant): ClockExplanation {
	const { clock, run, terms, total, countedFrom, standstills } = course;
	const countedTo = clock.deadline ?? clock.stoppedAt ?? now;
	const stretches = countedStretches(course, countedTo).map(({ start, end }) => ({ start, end, ms: end - start }));
	return {
		clock,
		startedBy: countedFrom === run.startedAt ? run.startedBy : "re-prioritised",
		rule: { service: terms.service?.id ?? "", priority: terms.priority, target: clock.target },
		total,
		stretches,
		countedTo,
		sum: stretches.reduce((sum, { ms }) => sum + ms, 0),
		standstills,
	};
}

/** The open stretches between two instants without the standstills in them. */
function countedStretches({ calendar, countedFrom, pauses }: Course, countedTo: Instant): Stretch[] {
	if (!calendar) return [];
	const counted: Stretch[] = [];
	let from = countedFrom;
	for (const [pausedFrom, pausedTo] of mergePauses(pauses)) {
		if (pausedFrom >= countedTo) break;
		counted.push(...openStretches(calendar, from, pausedFrom));
		from = Math.max(from, pausedTo);
	}
	return [...counted, ...openStretches(calendar, from, countedTo)];
}
