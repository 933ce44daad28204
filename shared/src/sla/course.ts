import type { Calendar, Duration, Instant } from "../calendar/calendar.ts";
import type { Pause } from "../calendar/pauses.ts";
import type { Policy, Target } from "../policy/policy.ts";
import { valueAt } from "./changes.ts";
import type { Clock, StandingBecause } from "./evaluation.ts";
import { oneAct, type Run, runsOf } from "./runs.ts";
import { type Standstill, standstillsOf } from "./standstill.ts";
import type { Story, Terms } from "./story.ts";
import { dueIfEver, isOpenAt, openTime, workingDaysAsTime } from "./total-time.ts";

/** A clock with what its ladder and its explanation are worked out from. */
export type Course = {
	clock: Clock;
	run: Run;
	terms: Terms;
	/** From where the target counts: the start, or the change of terms that began it anew. */
	countedFrom: Instant;
	/** The target as open time, `null` for best effort, or when working days never come. */
	total: Duration | null;
	/** `null` when the policy has none for it. */
	calendar: Calendar | null;
	standstills: Standstill[];
	pauses: Pause[];
	/** The last change of target that was counted back to the start; steps that lie before it came due with it. */
	recomputedAt: Instant | null;
	/** When it took up or changed its course: alerts wait here until the change has outlived the grace. */
	turns: Instant[];
};

/** Every clock that ran or runs on a ticket, in the order in which they began. */
export function coursesOf(story: Story, policy: Policy, now: Instant): Course[] {
	return runsOf(story, policy).map((run) => courseOf(run, story, policy, now));
}

/** The target that terms give a goal, `null` for best effort. */
export function targetOf({ priority, service }: Terms, goal: Run["goal"]): Target | null {
	return service?.targets[priority]?.[goal] ?? null;
}

type Counting = {
	terms: Terms;
	countedFrom: Instant;
	recomputedAt: Instant | null;
	turns: Instant[];
	breach: { at: Instant; by: "re-prioritisation" | null } | null;
};

function courseOf(run: Run, story: Story, policy: Policy, now: Instant): Course {
	const isBestEffort = policy.channels[story.channel] === "best-effort";
	const standstills = standstillsOf(run, story, policy);
	const pauses = standstills.map(({ start, end }): Pause => [start, end]);
	const measure = (terms: Terms, from: Instant) => measured(terms, { run, policy, pauses, from, isBestEffort });

	const counting = countingOf(run, story, {
		mode: policy.onPriorityChange[run.goal],
		deadlineOf: (terms, from) => measure(terms, from).deadline,
	});
	const { terms, countedFrom } = counting;
	const { target, calendar, calendarName, total, deadline } = measure(terms, countedFrom);
	const until = run.stop?.at ?? now;
	const elapsed = calendar ? openTime(calendar, countedFrom, until, pauses) : 0;
	const isMissed = deadline !== null && until > deadline;
	const standing = run.stop ? undefined : standstills.find(({ end }) => end === null);
	const { breach } = counting;

	const clock: Clock = {
		goal: run.goal,
		cycle: run.cycle,
		state: isMissed ? "missed" : (run.stop?.as ?? (standing ? "paused" : "running")),
		startedAt: countedFrom,
		deadline,
		remaining: total === null ? null : total - elapsed,
		elapsed,
		outsideHours: run.stop === null && calendar !== null && !isOpenAt(calendar, now),
		pausedBecause: standingBecause(standing, { policy, countedFrom }),
		breachedAt: isMissed ? (breach?.at ?? deadline) : null,
		...(isMissed && breach?.by ? { breachedBy: breach.by } : {}),
		metAt: run.stop?.as === "met" ? run.stop.at : null,
		stoppedAt: run.stop?.at ?? null,
		calendar: calendarName,
		promise: target?.promise ?? "best-effort",
		priority: terms.priority,
		target: target === null ? null : amountOf(target),
		policyVersion: policy.version,
	};
	const resumptions = standstills.flatMap(({ end }) => (end === null ? [] : [end]));
	const turns = [...counting.turns, ...resumptions].sort((a, b) => a - b);
	return {
		clock,
		run,
		terms,
		countedFrom,
		total,
		calendar,
		standstills,
		pauses,
		recomputedAt: counting.recomputedAt,
		turns,
	};
}

/**
 * Follows the terms of a clock from its start to its stop. A change that leaves the target as it was is none, and one
 * that was made in the act that stopped the clock comes too late for it.
 * - `recompute`: as if the new target had held from the start. A clock that this makes overdue is breached at the
 *   change, by it; one that was overdue before stays breached when it was.
 * - `restart`: the clock begins anew at the change, whatever came before.
 * - `from-change`: likewise, but a clock that was missed before the change stays as it was missed.
 */
function countingOf(
	run: Run,
	story: Story,
	{
		mode,
		deadlineOf,
	}: {
		mode: Policy["onPriorityChange"][Run["goal"]];
		deadlineOf: (terms: Terms, from: Instant) => Instant | null;
	},
): Counting {
	const counting: Counting = {
		terms: valueAt(story.termChanges, run.startedAt) ?? story.terms,
		countedFrom: run.startedAt,
		recomputedAt: null,
		turns: [],
		breach: null,
	};
	const last = run.stop ? run.stop.at - oneAct : Number.POSITIVE_INFINITY;
	for (const { at, value } of story.termChanges) {
		if (at <= run.startedAt || at >= last) continue;
		if (isSameTarget(targetOf(counting.terms, run.goal), targetOf(value, run.goal))) {
			counting.terms = value;
			continue;
		}
		const before = deadlineOf(counting.terms, counting.countedFrom);
		const wasMissed = before !== null && before < at;
		if (mode === "from-change" && wasMissed) break;
		if (mode === "recompute") {
			const after = deadlineOf(value, counting.countedFrom);
			const isMissed = after !== null && after < at;
			const earlier = counting.breach ?? (wasMissed ? { at: before, by: null } : null);
			counting.breach = isMissed ? (earlier ?? { at, by: "re-prioritisation" }) : null;
			counting.recomputedAt = at;
		} else counting.countedFrom = at;
		counting.terms = value;
		counting.turns.push(at);
	}
	return counting;
}

function standingBecause(
	standing: Standstill | undefined,
	{ policy, countedFrom }: { policy: Policy; countedFrom: Instant },
): StandingBecause | null {
	if (!standing || standing.rule === null) return null;
	const owner = policy.pauses[standing.rule]?.owner ?? "customer";
	return { rule: standing.rule, reason: null, owner, since: Math.max(standing.start, countedFrom), until: null };
}

/** What terms mean for a run counted from an instant. Working days become the open time that they are from there. */
function measured(
	terms: Terms,
	{
		run,
		policy,
		pauses,
		from,
		isBestEffort,
	}: {
		run: Run;
		policy: Policy;
		pauses: readonly Pause[];
		from: Instant;
		isBestEffort: boolean;
	},
) {
	const stated = targetOf(terms, run.goal);
	const calendarName = stated?.calendar ?? terms.service?.calendar ?? null;
	const calendar = calendarName === null ? null : (policy.calendars[calendarName] ?? null);
	const target = isBestEffort ? null : stated;
	if (target === null || calendar === null) return { target, calendar, calendarName, total: null, deadline: null };
	const { amount } = target;
	const total = amount.kind === "business" ? amount.duration : workingDaysAsTime(calendar, from, amount.days);
	const deadline = total === null ? null : dueIfEver(calendar, from, total, pauses);
	return { target, calendar, calendarName, total, deadline };
}

function amountOf({ amount }: Target): NonNullable<Clock["target"]> {
	return amount.kind === "business" ? { duration: amount.duration } : { workingDays: amount.days };
}

function isSameTarget(a: Target | null, b: Target | null): boolean {
	if (a === b) return true;
	if (a === null || b === null || a.calendar !== b.calendar) return false;
	const [one, other] = [a.amount, b.amount];
	if (one.kind === "business") return other.kind === "business" && one.duration === other.duration;
	return other.kind === "workingDays" && one.days === other.days;
}
