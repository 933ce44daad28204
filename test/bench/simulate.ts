import { readFileSync } from "node:fs";
import { parsePolicy } from "@stipt/shared/policy/parse-policy";
import { simulation } from "@stipt/shared/simulation/simulate";
import { evaluate } from "@stipt/shared/sla/evaluate";
import { type GeneratedTicket, generatedYear } from "../support/generated-year.ts";
import { type BenchResult, spreadOf } from "./measuring/alternate.ts";

const text = readFileSync("test/fixtures/policies/year.yaml", "utf8");
const inForce = parsePolicy(text, { version: "in-force", holidaySets: [] });
const draft = parsePolicy(text.replace("P3: { first-response: 4h", "P3: { first-response: 2h"), {
	...{ version: "draft", holidaySets: [] },
});
const to = Date.parse("2026-10-01T00:00:00Z");

/** Seconds to simulate a year of tickets, read as they come, against judging each once; and what memory that takes. */
export function bench(): BenchResult[] {
	seconds(2000, simulated);
	return [...measured(10_000, 3), ...measured(100_000, 1)];
}

function measured(count: number, rounds: number): BenchResult[] {
	const own: number[] = [];
	const bare: number[] = [];
	let memory = 0;
	for (let round = 0; round < rounds; round += 1) {
		const found = seconds(count, simulated);
		own.push(found.seconds);
		memory = Math.max(memory, found.memoryMb);
		bare.push(seconds(count, judgedOnce).seconds);
	}
	const value = spreadOf(own);
	const baseline = spreadOf(bare);
	const many = count.toLocaleString("en");
	return [
		{
			...{ case: `${many} tickets of a year, under the draft and in force`, value: value.median, unit: "s" },
			...{ baseline: baseline.median, baselineName: "each ledger evaluated once at its end" },
			...{ ratio: value.median / baseline.median, spread: { value, baseline } },
		},
		{
			...{ case: `${many} tickets, most memory resident`, value: memory, unit: "MB" },
			...{ baseline: 500, baselineName: "allowed", ratio: memory / 500, spread: null },
		},
	];
}

type Run = { add(ticket: GeneratedTicket): void; done(): number };

function simulated(): Run {
	const run = simulation(draft, { to, tzData: "bench" });
	return {
		add: (ticket) => run.add({ ...ticket, inForce: [{ policy: inForce }] }),
		done: () => run.report().tickets,
	};
}

function judgedOnce(): Run {
	let clocks = 0;
	return {
		add({ facts }) {
			clocks += evaluate(facts, inForce, to).clocks.length;
		},
		done: () => clocks,
	};
}

/** The time for a year of tickets that pass by as lines of JSON do; their making does not count. */
function seconds(count: number, start: () => Run): { seconds: number; memoryMb: number } {
	const run = start();
	let spent = 0;
	let memory = 0;
	let batch: string[] = [];
	const work = () => {
		const from = performance.now();
		for (const line of batch) run.add(JSON.parse(line) as GeneratedTicket);
		spent += performance.now() - from;
		memory = Math.max(memory, process.memoryUsage.rss());
		batch = [];
	};
	for (const ticket of generatedYear(count)) {
		batch.push(JSON.stringify(ticket));
		if (batch.length === 1000) work();
	}
	work();
	const from = performance.now();
	if (run.done() === 0) throw new Error("Expected tickets, found none");
	spent += performance.now() - from;
	return { seconds: spent / 1000, memoryMb: Math.round(memory / 2 ** 20) };
}
