import { readFileSync } from "node:fs";
import { parsePolicy } from "@stipt/shared/policy/parse-policy";
import { evaluate } from "@stipt/shared/sla/evaluate";
import { inOrder } from "@stipt/shared/sla/evaluation";
import type { Fact, FactBody } from "@stipt/shared/sla/fact";
import { alternate, type BenchResult, type Spread } from "./measuring/alternate.ts";

const MINUTE_MS = 60_000;
const sizes = [10, 100, 1000];
/** Different tickets, so that no answer is that of the one before. */
const TICKETS = 256;
const policy = parsePolicy(readFileSync("test/fixtures/policies/year.yaml", "utf8"), {
	version: "bench",
	holidaySets: [],
});

/** Evaluations a second of ledgers of each size, against sorting the same facts and adding up what their kinds are. */
export function bench(): BenchResult[] {
	const results = sizes.map((size) => {
		const ledgers = Array.from({ length: TICKETS }, (_, ticket) => ledger(ticket, size));
		const measured = alternate(
			[
				{ name: "evaluate", run: runner(ledgers, (facts, now) => evaluate(facts, policy, now).clocks.length) },
				{ name: "sort and fold", run: runner(ledgers, sortAndFold) },
			],
			{ rounds: 7, roundMs: 300 },
		);
		return compare(size, measured);
	});
	return [...results, ...perFact(results)];
}

/** The least that anybody does who reads a ledger: its facts in order, each looked at once. */
function sortAndFold(facts: readonly Fact[], now: number): number {
	const state: Record<string, number> = {};
	for (const fact of inOrder(facts)) {
		if (fact.at > now) break;
		state[fact.kind] = fact.at;
	}
	return Object.keys(state).length;
}

/** A ticket's life as helpdesks tell it: opened, rated, answered back and forth, waiting now and then. */
function ledger(ticket: number, size: number): Fact[] {
	const openedAt = Date.UTC(2026, 2, 2, 8) + ((ticket * 7919) % 40_000) * MINUTE_MS;
	const bodies: FactBody[] = [
		{ kind: "opened", channel: "portal", by: { kind: "customer" } },
		{ kind: "group-changed", label: "Desk", by: { kind: "system" } },
		{ kind: "priority-changed", label: "3 high", priorities: [`P${2 + (ticket % 2)}`], by: { kind: "agent" } },
		{ kind: "owner-changed", owner: "3", by: { kind: "agent" } },
	];
	for (let turn = 0; bodies.length < size; turn++) bodies.push(exchange(turn));
	return bodies.map((body, index) => {
		// What a ticket is opened with is told as of its opening.
		const at = openedAt + Math.max(0, index - 2) * 17 * MINUTE_MS;
		return { ...body, id: `${ticket}-${index}`, at, seenAt: at };
	});
}

function exchange(turn: number): FactBody {
	const message = { kind: "replied", channel: "email", public: true, automatic: false } as const;
	switch (turn % 6) {
		case 0:
			return { ...message, by: { kind: "agent" } };
		case 1:
			return { kind: "state-changed", state: "waiting", label: "pending reminder", by: { kind: "agent" } };
		case 2:
			return { ...message, by: { kind: "customer" } };
		case 3:
			return { kind: "state-changed", state: "open", label: "open", by: { kind: "system" } };
		case 4:
			return { ...message, by: { kind: "agent" }, public: false };
		default:
			return { ...message, by: { kind: "customer" } };
	}
}

function runner(ledgers: readonly Fact[][], ask: (facts: readonly Fact[], now: number) => number) {
	let next = 0;
	return (times: number): number => {
		let sum = 0;
		for (let done = 0; done < times; done++) {
			const facts = ledgers[next] ?? [];
			sum += ask(facts, (facts.at(-1)?.at ?? 0) + 30 * MINUTE_MS);
			next = next + 1 === ledgers.length ? 0 : next + 1;
		}
		return sum;
	};
}

function compare(size: number, measured: Map<string, Spread>): BenchResult {
	const [value, baseline] = [measured.get("evaluate"), measured.get("sort and fold")];
	if (!value || !baseline) throw new Error(`Expected measurements of ${size} facts, found none`);
	return {
		case: `a ticket of ${size} facts`,
		value: Math.round(value.median),
		unit: "evaluations/s",
		baseline: Math.round(baseline.median),
		baselineName: "sort and fold",
		ratio: Math.round((value.median / baseline.median) * 1000) / 1000,
		spread: { value, baseline },
	};
}

/** What a fact costs in a ledger of each size against what it costs in the smallest: 1 or less is flat. */
function perFact(results: readonly BenchResult[]): BenchResult[] {
	const costs = results.map(({ value }, index) => 1e9 / value / (sizes[index] ?? 1));
	const [smallest = 1] = costs;
	return costs.map((cost, index) => ({
		...{ case: `a fact among ${sizes[index] ?? 1}`, value: Math.round(cost), unit: "ns" },
		...{ baseline: Math.round(smallest), baselineName: `a fact among ${sizes[0] ?? 1}` },
		...{ ratio: Math.round((cost / smallest) * 100) / 100, spread: null },
	}));
}
