import type { Instant } from "../calendar/calendar.ts";
import type { OnChange } from "../policy/policy.ts";
import { type Change, valueAt } from "./changes.ts";
import type { Goal } from "./fact.ts";
import type { Agreement, Counting, Measuring } from "./measure.ts";
import { oneAct, type Run } from "./runs.ts";
import type { Story } from "./story.ts";
import { isSameTarget, type Terms, targetOf, termChanges } from "./terms.ts";
import { type Versions, versionsJudging } from "./versions.ts";

/** A run's counting as it stands in the end, and what happened to it on the way. */
export type Counted = Counting & {
	/** The last change of deadline that was counted back to the start; steps that lie before it came due with it. */
	recomputed: { at: Instant; by: Turn["by"] } | null;
	/** When it changed its course. */
	turns: Instant[];
	/** When a change made it overdue at once. */
	breach: { at: Instant; by: "re-prioritisation" | null } | null;
};

type Turn = { at: Instant; next: Counting; how: OnChange; by: "terms" | "version" | "agreement" };

/**
 * Follows what a run is counted by from its start to its stop. A change that leaves the target as it was is none, and
 * one that was made in the act that stopped the clock comes too late for it.
 * - `recompute`: as if the new target had held from the start. A clock that this makes overdue is breached at the
 *   change, by it; one that was overdue before stays breached when it was.
 * - `restart`: the clock begins anew at the change, whatever came before.
 * - `from-change`: likewise, but a clock that was missed before the change stays as it was missed.
 * A version of the policy that comes into force recomputes, with the time before it judged as it says. A deadline that
 * people agree holds from then on, whatever the targets, until they take it back; it does not undo a miss. A next update
 * without a target of its own is due when an acknowledgement promised it.
 */
export function countingOf(
	run: Run,
	{ story, versions, measure }: { story: Story; versions: Versions; measure: Measuring },
): Counted {
	const stoppedAt = run.stop?.at ?? Number.POSITIVE_INFINITY;
	const judging = (at: Instant) => versionsJudging(run.startedAt, Math.min(at, stoppedAt), versions);
	const changes = versions.length === 1 ? story.termChanges : termChanges(story, inForceBy(stoppedAt, versions));
	const counted: Counted = {
		terms: valueAt(changes, run.startedAt) ?? story.terms,
		countedFrom: run.startedAt,
		agreed: null,
		versions: judging(run.startedAt),
		recomputed: null,
		turns: [],
		breach: null,
	};
	const agreements = agreementsOn(run, story);
	if (changes.length === 1 && agreements.length === 0) return counted;

	for (const event of eventsOf(run, changes, agreements)) {
		const { at } = event;
		const turn = turnOf(run, event, { counted, judging });
		if (turn === null) continue;
		const before = measure(counted);
		const wasMissed = before.deadline !== null && before.deadline < at;
		if (turn.how === "from-change" && wasMissed) break;
		if (turn.by === "agreement" && wasMissed) continue;
		if (turn.how === "recompute") {
			const after = measure(turn.next);
			Object.assign(counted, turn.next);
			if (before.deadline === after.deadline && before.total === after.total && turn.by === "version") continue;
			const isMissed = after.deadline !== null && after.deadline < at;
			const earlier = counted.breach ?? (wasMissed ? { at: before.deadline ?? at, by: null } : null);
			const now = { at, by: turn.by === "terms" ? ("re-prioritisation" as const) : null };
			counted.breach = isMissed ? (earlier ?? now) : null;
			counted.recomputed = { at, by: turn.by };
		} else Object.assign(counted, turn.next, { breach: null, recomputed: null });
		counted.turns.push(at);
	}
	return counted;
}

/** What was agreed for a goal; the next update is promised with every acknowledgement of an alert of the ticket. */
function agreementsOn({ goal }: Run, { agreements, acknowledgements, alerts }: Story): Agreement[] {
	const agreed: Agreement[] = [];
	for (const fact of agreements) if (fact.goal === goal) agreed.push({ ...fact, isPromise: false });
	if (goal !== "next-update") return agreed;
	for (const { at, alert, nextPromise } of acknowledgements) {
		if (!alerts.some((alerted) => alerted.alert === alert)) continue;
		agreed.push({ at, deadline: nextPromise, reason: "", isPromise: true });
	}
	return agreed;
}

type Event = { at: Instant } & ({ terms: Terms } | { agreement: Agreement });

function eventsOf(
	{ startedAt, stop }: Run,
	changes: readonly Change<Terms>[],
	agreements: readonly Agreement[],
): Event[] {
	const events: Event[] = changes.map(({ at, value }) => ({ at, terms: value }));
	for (const agreement of agreements) events.push({ at: agreement.at, agreement });
	const tooLate = stop ? stop.at - oneAct : Number.POSITIVE_INFINITY;
	return events.filter(({ at }) => at > startedAt && at < tooLate).sort((a, b) => a.at - b.at);
}

/** What an event changes, `null` when nothing. Terms that promise the same are taken over without a trace. */
function turnOf(
	{ goal }: Run,
	event: Event,
	{ counted, judging }: { counted: Counted; judging: (at: Instant) => Versions },
): Turn | null {
	const { at } = event;
	const { terms, countedFrom, versions } = counted;
	const promised = (by: Terms) => (by.isBestEffort ? null : targetOf(by, goal, countedFrom));
	if ("agreement" in event) {
		const { agreement } = event;
		const { deadline, isPromise } = agreement;
		// A promise takes no target's place, nor that of what was agreed with the customer.
		if (isPromise && (promised(terms) !== null || counted.agreed?.isPromise === false)) return null;
		// Nobody agrees to what is past already, and what was not agreed cannot be taken back.
		const isVoid = deadline === null ? counted.agreed === null : deadline < at;
		const next = { terms, countedFrom, versions, agreed: deadline === null ? null : agreement };
		return isVoid ? null : { at, next, how: "recompute", by: "agreement" };
	}
	const kept = counted.agreed?.isPromise && promised(event.terms) !== null ? null : counted.agreed;
	const next: Counting = { terms: event.terms, countedFrom, versions: judging(at), agreed: kept };
	if (event.terms.policy !== terms.policy) return { at, next, how: "recompute", by: "version" };
	const isSame = isSameTarget(promised(terms), promised(event.terms));
	const how = howChanged(goal, terms, event.terms);
	if (isSame || how === null) {
		counted.terms = event.terms;
		return null;
	}
	if (how === "recompute") return { at, next, how, by: "terms" };
	// What was agreed for a clock that is over is over with it.
	const agreed = kept?.deadline != null && kept.deadline < at ? null : kept;
	return { at, next: { ...next, countedFrom: at, agreed }, how, by: "terms" };
}

function inForceBy(at: Instant, versions: Versions): Versions {
	const [first, ...later] = versions;
	return [first, ...later.filter(({ from }) => from <= at)];
}

/** What the policy says of such a change: of channel, else of service, else of priority. */
function howChanged(goal: Goal, before: Terms, after: Terms): OnChange | null {
	const { policy } = after;
	if (before.isBestEffort !== after.isBestEffort) return policy.onChannelChange[goal];
	if (before.service?.id !== after.service?.id) return policy.onServiceChange[goal];
	return before.priority === after.priority ? null : policy.onPriorityChange[goal];
}
