import type { Duration } from "../calendar/calendar.ts";
import type { LadderStep, Policy } from "../policy/policy.ts";
import type { Clock, Evaluation } from "../sla/evaluation.ts";
import type { Fact, FactKind } from "../sla/fact.ts";
import { isEnded } from "../sla/story.ts";

/** What can give a clock another target, calendar or ladder while it runs. */
const turning: ReadonlySet<FactKind> = new Set<FactKind>([
	...(["priority-changed", "classified", "assessed", "group-changed", "channel-changed"] as const),
	...(["deadline-agreed", "handed-over"] as const),
]);

/**
 * Whether it is plain at the end of a ledger that no step of a ladder ever came due, so that nobody needs to look at
 * each instant: its clocks kept one target all their life and stopped before the first step. `false` says nothing.
 */
export function staysSilent(facts: readonly Fact[], { clocks, past, service }: Evaluation, policy: Policy): boolean {
	const ladderId = policy.services.find(({ id }) => id === service)?.ladder;
	const ladder = policy.ladders.find(({ id }) => id === ladderId);
	let opened = Number.POSITIVE_INFINITY;
	for (const { kind, at } of facts) if (kind === "opened" && at < opened) opened = at;
	let changes = 0;
	for (const fact of facts) {
		if (fact.kind === "paused") return false;
		if (fact.at > opened && turning.has(fact.kind)) return false;
		if (fact.kind !== "state-changed") continue;
		changes += 1;
		const isWaiting = fact.state !== "new" && fact.state !== "open" && !isEnded(fact.state);
		if (isWaiting && policy.pauses.some(({ longest }) => longest !== null)) return false;
	}
	if (isReopened(facts)) return false;
	// While a change may yet be taken back, a clock can seem to run on that stood still all the time.
	const slack = changes * policy.grace;
	const isQuiet = (clock: Clock) => {
		if (clock.remaining === null || ladder === undefined || !ladder.goals.includes(clock.goal)) return true;
		if (clock.stoppedAt === null || clock.state === "missed") return false;
		return clock.elapsed + slack < firstStep(ladder.steps, clock.elapsed + clock.remaining);
	};
	return clocks.every(isQuiet) && past.every(isQuiet);
}

/** The open time after which the first step comes due. */
function firstStep(steps: readonly LadderStep[], total: Duration): Duration {
	const times = steps.map(({ at }) => {
		if (at.kind === "percent") return Math.min(total, Math.max(1, Math.floor((total * at.percent) / 100)));
		return at.offset < 0 && total + at.offset > 0 ? total + at.offset : total;
	});
	return Math.min(total, ...times);
}

/** Solved and taken up again, in the order of time or not. */
function isReopened(facts: readonly Fact[]): boolean {
	let endedAt = Number.POSITIVE_INFINITY;
	for (const fact of facts) {
		const ends =
			fact.kind === "merged" || fact.kind === "deleted" || (fact.kind === "state-changed" && isEnded(fact.state));
		if (ends && fact.at < endedAt) endedAt = fact.at;
	}
	return facts.some((fact) => fact.kind === "state-changed" && !isEnded(fact.state) && fact.at >= endedAt);
}
