import type { Instant } from "../calendar/calendar.ts";
import type { Policy, PolicyTimeline } from "../policy/policy.ts";
import { evaluate } from "../sla/evaluate.ts";
import type { Clock, Evaluation } from "../sla/evaluation.ts";
import { proofsOf } from "../sla/proof/proofs-of.ts";
import { countAlerts } from "./count-alerts.ts";
import { countAttainment } from "./count-attainment.ts";
import { forecastAlerts } from "./forecast-alerts.ts";
import { keepLargest } from "./largest.ts";
import type { Ledger } from "./ledger.ts";
import { clockPairs, countMoves } from "./moved-deadlines.ts";
import { judge } from "./publication.ts";
import type { DeadlineChange, Flip, SimulationReport } from "./report.ts";
import { staysSilent } from "./stays-silent.ts";

export type SimulationOptions = {
	/** Clocks that started and alerts that went out before do not count. `null`: all count. */
	from?: Instant | null;
	/** As of when: later facts are unknown. */
	to: Instant;
	/** Edition of the time zone database in use, such as `2026a`; the proofs name it. */
	tzData: string;
};

const flipsKept = 20;
const changesKept = 10;

/**
 * Replays ledgers under a draft policy, one after another, so that any number of them fits. It asks the engine that runs
 * the live clocks, so under the policy in force the result is what was recorded.
 */
export function simulation(
	draft: Policy,
	{ from = null, to, tzData }: SimulationOptions,
): { add(ledger: Ledger): void; report(): SimulationReport } {
	const zone = Object.values(draft.calendars)[0]?.zone ?? "UTC";
	const isIn = (at: Instant) => (from === null || at >= from) && at < to;
	const judges: PolicyTimeline = [{ policy: draft }];
	const attainment = countAttainment();
	const alerts = countAlerts(zone);
	const moves = countMoves();
	const flips: Flip[] = [];
	const largest = keepLargest<Change>(changesKept, ({ before, after }) => Math.abs(after - before));
	const flipped = { missed: 0, met: 0 };
	let tickets = 0;
	let compared = 0;

	function compare(ledger: Ledger, before: Evaluation, after: Evaluation): void {
		const { connection, ticket } = ledger;
		for (const pair of clockPairs(before, after)) {
			const { goal, cycle } = pair;
			const start = (pair.before ?? pair.after)?.startedAt;
			if (start === undefined || !isIn(start)) continue;
			const was = pair.before?.deadline ?? null;
			const is = pair.after?.deadline ?? null;
			moves.add(was, is);
			if (was !== null && is !== null && was !== is) {
				largest.add({ ledger, goal, cycle, before: was, after: is });
			}
			const to = flipOf(pair.before, pair.after);
			if (to === null) continue;
			flipped[to] += 1;
			if (flips.length < flipsKept) flips.push({ connection, ticket, goal, cycle, to });
		}
	}

	function forecast(
		side: "draft" | "inForce",
		{ facts, heardSince }: Ledger,
		timeline: PolicyTimeline,
		ending: Evaluation,
	): void {
		if (timeline.length === 1 && staysSilent(facts, ending, timeline[0].policy)) return;
		const found = forecastAlerts(facts, timeline, { until: to - 1, heardSince });
		for (const { at, step } of found.alerts) if (isIn(at)) alerts.add(side, at, step.roles);
	}

	return {
		add(ledger) {
			const { facts, inForce } = ledger;
			const after = evaluate(facts, draft, to);
			const opened = Math.min(...[...after.past, ...after.clocks].map(({ startedAt }) => startedAt));
			if (from !== null && lastOf(facts) < from && after.clocks.every(({ stoppedAt }) => stoppedAt !== null)) return;
			tickets += 1;
			if (isIn(opened)) alerts.opened(opened);
			attainment.add("draft", after, isIn);
			forecast("draft", ledger, judges, after);
			for (const fact of facts) {
				if (fact.kind === "alerted" && fact.outcome === "sent" && isIn(fact.at)) {
					alerts.add("recorded", fact.at, fact.roles);
				}
			}
			if (inForce === undefined) return;
			compared += 1;
			const before = evaluate(facts, judge(inForce), to);
			attainment.add("inForce", before, isIn);
			forecast("inForce", ledger, inForce, before);
			compare(ledger, before, after);
		},
		report: () => ({
			policy: { name: draft.name, version: draft.version },
			from,
			to,
			zone,
			tickets,
			compared,
			attainment: attainment.counted(draft, compared > 0),
			flips: { toMissed: flipped.missed, toMet: flipped.met, examples: flips },
			deadlines: moves.counted(),
			...alerts.counted(),
			largest: largest.kept.map((change) => proven(change, draft, { to, tzData })),
		}),
	};
}

/** Replays ledgers that are all at hand. */
export function simulate(ledgers: Iterable<Ledger>, draft: Policy, options: SimulationOptions): SimulationReport {
	const run = simulation(draft, options);
	for (const ledger of ledgers) run.add(ledger);
	return run.report();
}

type Change = { ledger: Ledger; goal: Clock["goal"]; cycle: number; before: Instant; after: Instant };

function flipOf(before: Clock | null, after: Clock | null): "met" | "missed" | null {
	if (before === null || after === null || before.target === null || after.target === null) return null;
	const isMissed = after.state === "missed";
	if (isMissed === (before.state === "missed")) return null;
	return isMissed ? "missed" : "met";
}

function lastOf(facts: Ledger["facts"]): Instant {
	let last = Number.NEGATIVE_INFINITY;
	for (const { at } of facts) if (at > last) last = at;
	return last;
}

function proven(
	{ ledger, goal, cycle, before, after }: Change,
	draft: Policy,
	{ to, tzData }: Pick<SimulationOptions, "to" | "tzData">,
): DeadlineChange {
	const { connection, ticket, facts, inForce } = ledger;
	const proofUnder = (policy: Policy | PolicyTimeline) =>
		proofsOf(facts, policy, to, { tzData, ticket: { connection, ticket, number: ticket } }).find(
			(proof) => proof.goal === goal && proof.cycle === cycle,
		) ?? null;
	return {
		...{ connection, ticket, goal, cycle, before, after },
		proofs: { before: inForce === undefined ? null : proofUnder(judge(inForce)), after: proofUnder(draft) },
	};
}
