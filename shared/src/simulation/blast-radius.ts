import type { Instant } from "../calendar/calendar.ts";
import type { Policy, PolicyTimeline } from "../policy/policy.ts";
import { evaluate } from "../sla/evaluate.ts";
import type { Evaluation, OwedStep } from "../sla/evaluation.ts";
import type { Fact, Goal } from "../sla/fact.ts";
import { coalesced } from "./coalesced.ts";
import { keepLargest } from "./largest.ts";
import { clockPairs, countMoves, type MovedDeadlines } from "./moved-deadlines.ts";
import { inForceAt, judge, promisedSince, type Scope } from "./publication.ts";

/** An open ticket that a publication may touch. */
export type OpenTicket = {
	connection: string;
	ticket: string;
	facts: readonly Fact[];
	/** The versions that judge it now. */
	timeline: PolicyTimeline;
	/** Nobody is told of what was owed before: when its helpdesk was connected. */
	heardSince: Instant;
};

/** A deadline that a publication moves. */
export type MovedDeadline = {
	connection: string;
	ticket: string;
	goal: Goal;
	before: Instant | null;
	after: Instant | null;
};

/** What a publication does at once to the open tickets. */
export type Effect = {
	scope: Scope;
	/** Tickets of which anything changes. */
	tickets: number;
	deadlines: MovedDeadlines;
	/** Clocks that are not missed now and will be at once, and the other way round. */
	missed: number;
	notMissed: number;
	/** One alert per ticket that owes one only because of the publication: who hears how often, and of what. */
	alerts: { tickets: number; roles: { role: string; count: number; steps: Record<string, number> }[] };
	/** The largest moves of a deadline. */
	largest: MovedDeadline[];
};

export type BlastRadius = {
	policy: { name: string; version: string; mode: Policy["mode"] };
	/** When it comes into force: what is counted is counted as of then. */
	at: Instant;
	/** Open tickets that were looked at. */
	tickets: number;
	effects: Record<Scope, Effect>;
};

const examplesKept = 10;

/**
 * What publishing a draft at `at` would do to open tickets, for each way to publish it. Tickets are given one after
 * another, so that any number of them fits.
 */
export function blastRadius(draft: Policy, at: Instant): { add(ticket: OpenTicket): void; report(): BlastRadius } {
	const counters = { "from-now": effectOf("from-now"), "recompute-open": effectOf("recompute-open") };
	let tickets = 0;
	return {
		add(ticket) {
			tickets += 1;
			const before = evaluate(ticket.facts, judge(ticket.timeline), at);
			for (const [scope, counter] of Object.entries(counters)) {
				const applies = scope === "from-now" ? "from-now" : "recompute";
				const timeline: PolicyTimeline = [...ticket.timeline, { policy: draft, from: at, applies }];
				counter.add(ticket, before, { timeline, evaluation: evaluate(ticket.facts, timeline, at) });
			}
		},
		report: () => ({
			policy: { name: draft.name, version: draft.version, mode: draft.mode },
			at,
			tickets,
			effects: {
				"new-tickets": effectOf("new-tickets").effect(),
				"from-now": counters["from-now"].effect(),
				"recompute-open": counters["recompute-open"].effect(),
			},
		}),
	};
}

function effectOf(scope: Scope) {
	const moves = countMoves();
	const roles = new Map<string, { role: string; count: number; steps: Record<string, number> }>();
	const largest = keepLargest<MovedDeadline>(examplesKept, ({ before, after }) =>
		before === null || after === null ? 0 : Math.abs(after - before),
	);
	let tickets = 0;
	let alerting = 0;
	let missed = 0;
	let notMissed = 0;
	return {
		add(
			ticket: OpenTicket,
			before: Evaluation,
			{ timeline, evaluation: after }: { timeline: PolicyTimeline; evaluation: Evaluation },
		): void {
			let isTouched = false;
			for (const pair of clockPairs(before, after)) {
				const { goal } = pair;
				const was = pair.before;
				const is = pair.after;
				const isOver = (was ?? is)?.stoppedAt !== null && (is ?? was)?.stoppedAt !== null;
				if (isOver) continue;
				moves.add(was?.deadline ?? null, is?.deadline ?? null);
				if (was?.state !== "missed" && is?.state === "missed") missed += 1;
				if (was?.state === "missed" && is?.state !== "missed") notMissed += 1;
				if (was?.deadline === is?.deadline && was?.state === is?.state) continue;
				isTouched = true;
				const { connection, ticket: id } = ticket;
				largest.add({ connection, ticket: id, goal, before: was?.deadline ?? null, after: is?.deadline ?? null });
			}
			const alert = alertOf(after, timeline, ticket);
			if (alert !== null && !isSameStep(alert, alertOf(before, ticket.timeline, ticket))) {
				isTouched = true;
				alerting += 1;
				for (const role of alert.roles) {
					const told = roles.get(role) ?? { role, count: 0, steps: {} };
					const name = `${alert.goal} ${alert.step}`;
					told.count += 1;
					told.steps[name] = (told.steps[name] ?? 0) + 1;
					roles.set(role, told);
				}
			}
			if (isTouched) tickets += 1;
		},
		effect: (): Effect => ({
			scope,
			tickets,
			deadlines: moves.counted(),
			missed,
			notMissed,
			alerts: { tickets: alerting, roles: [...roles.values()].sort((a, b) => b.count - a.count) },
			largest: largest.kept,
		}),
	};
}

/** The one alert that a ticket owes now. */
function alertOf({ owed }: Evaluation, timeline: PolicyTimeline, { heardSince }: OpenTicket): OwedStep | null {
	if (inForceAt(timeline).mode === "measured") return null;
	return coalesced(owed, Math.max(heardSince, promisedSince(timeline) ?? heardSince)).send;
}

function isSameStep(a: OwedStep, b: OwedStep | null): boolean {
	return a.goal === b?.goal && a.cycle === b.cycle && a.step === b.step && a.occurrence === b.occurrence;
}
