import type { Calendar, Duration, Instant } from "../calendar/calendar.ts";
import type { Pause } from "../calendar/pauses.ts";
import type { Policy, Target } from "../policy/policy.ts";
import { countingOf } from "./counting.ts";
import type { Clock, StandingBecause } from "./evaluation.ts";
import { measuring } from "./measure.ts";
import type { Run } from "./runs.ts";
import { sorted } from "./sorted.ts";
import type { Standstill } from "./standstill.ts";
import type { Story } from "./story.ts";
import type { Terms } from "./terms.ts";
import { isOpenAt, openTime } from "./total-time.ts";
import type { Versions } from "./versions.ts";

/** A clock with what its ladder and its proof are worked out from. */
export type Course = {
	clock: Clock;
	run: Run;
	terms: Terms;
	/** The version of the policy that its deadline follows from. */
	policy: Policy;
	/** The versions that judge it, each the time from its instant on; more than one only where one changes it "from now". */
	versions: Versions;
	/** From where the target counts: the start, or the change of terms that began it anew. */
	countedFrom: Instant;
	/** The target as open time, `null` for best effort, or when working days never come. Of an agreed deadline, the open time until then. */
	total: Duration | null;
	/** `null` when the policy has none for it. */
	calendar: Calendar | null;
	/** Every time in which it stood or stands still, by whatever it does. They may overlap. */
	standstills: Standstill[];
	/** What moves its deadline: the standstills, but nothing moves a deadline that people agreed. */
	pauses: Pause[];
	/** The last change of deadline that was counted back to the start; steps that lie before it came due with it. */
	recomputedAt: Instant | null;
	/** What changed then. */
	recomputedBy: "terms" | "version" | "agreement" | null;
	/** When it took up or changed its course: alerts wait here until the change has outlived the grace. */
	turns: Instant[];
	/** Of a hand-over whose deadline is what the next line's minimum leaves of the resolution. */
	bound?: { line: string; minimum: Duration; resolution: Course };
};

/** The course of one run. */
export function courseOf(
	run: Run,
	{ story, versions, now }: { story: Story; versions: Versions; now: Instant },
): Course {
	const measure = measuring(run, story);
	const counted = countingOf(run, { story, versions, measure });
	const { terms, countedFrom, agreed, breach } = counted;
	const { target, calendar, calendarName, standstills, pauses, total, deadline } = measure(counted);
	const until = run.stop?.at ?? now;
	const elapsed = calendar ? openTime(calendar, countedFrom, until, agreed ? standstills.map(asPause) : pauses) : 0;
	const used = agreed && calendar ? openTime(calendar, countedFrom, until, []) : elapsed;
	const isMissed = deadline !== null && until > deadline;
	const standing = run.stop ? undefined : standingAt(now, standstills);

	const clock: Clock = {
		goal: run.goal,
		cycle: run.cycle,
		state: isMissed ? "missed" : (run.stop?.as ?? (standing ? "paused" : "running")),
		startedAt: countedFrom,
		deadline,
		remaining: total === null ? null : total - used,
		elapsed,
		outsideHours: run.stop === null && calendar !== null && !isOpenAt(calendar, now),
		pausedBecause: standing ? becauseOf(standing, countedFrom) : null,
		breachedAt: isMissed ? (breach?.at ?? deadline) : null,
		metAt: run.stop?.as === "met" ? run.stop.at : null,
		stoppedAt: run.stop?.at ?? null,
		calendar: calendarName,
		promise: target?.promise ?? (agreed ? "commitment" : "best-effort"),
		priority: terms.priority,
		target: target === null ? null : amountOf(target),
		policyVersion: terms.policy.version,
	};
	if (isMissed && breach?.by) clock.breachedBy = breach.by;
	if (agreed) clock.agreed = { at: agreed.at, reason: agreed.reason };
	if (run.line !== undefined) clock.line = run.line;
	const { turns } = counted;
	for (const { end } of standstills) if (end !== null) turns.push(end);
	return {
		clock,
		run,
		terms,
		policy: terms.policy,
		versions: counted.versions,
		countedFrom,
		total,
		calendar,
		standstills,
		pauses,
		recomputedAt: counted.recomputed?.at ?? null,
		recomputedBy: counted.recomputed?.by ?? null,
		turns: sorted(turns, (a, b) => a - b),
	};
}

/** The standstill that lasts at an instant, of several the one that began first. */
export function standingAt(at: Instant, standstills: readonly Standstill[]): Standstill | undefined {
	return standstills.find(({ start, end }) => start <= at && (end === null || at < end));
}

/** A standstill as the calendar counts it. */
export function asPause({ start, end }: Pick<Standstill, "start" | "end">): Pause {
	return [start, end];
}

function becauseOf({ rule, reason, owner, begunAt, until }: Standstill, countedFrom: Instant): StandingBecause | null {
	return owner === null ? null : { rule, reason, owner, since: Math.max(begunAt, countedFrom), until };
}

function amountOf({ amount }: Target): NonNullable<Clock["target"]> {
	return amount.kind === "business" ? { duration: amount.duration } : { workingDays: amount.days };
}
