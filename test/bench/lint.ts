import { readdirSync, readFileSync, statSync } from "node:fs";
import { parseHolidaySets } from "@stipt/shared/policy/holiday-sets";
import { checkPolicy } from "@stipt/shared/policy/parse-policy";
import { parse } from "yaml";
import { alternate, type BenchResult, type Spread } from "./measuring/alternate.ts";

const folder = "shared/policies";
const holidaySets = parseHolidaySets(
	readdirSync(`${folder}/holidays`).map((file) => ({ file, text: readFileSync(`${folder}/holidays/${file}`, "utf8") })),
);
const bare = "bare YAML parse";

/**
 * Milliseconds that a whole check takes (faults, notes and examples) for the largest ready-made policy and the largest
 * without examples, against no more than parsing the same text as YAML; and of the very first check of a process.
 */
export function bench(): BenchResult[] {
	const policies = readdirSync(folder)
		.filter((file) => file.endsWith(".yaml"))
		.sort((a, b) => statSync(`${folder}/${b}`).size - statSync(`${folder}/${a}`).size)
		.map((file) => ({ file, text: readFileSync(`${folder}/${file}`, "utf8") }));
	const [largest] = policies;
	const plain = policies.find(({ text }) => !/^examples:/m.test(text));
	if (largest === undefined) throw new Error(`Expected policies in ${folder}, found none`);
	const first = cold(largest);
	return [first, ...[largest, ...(plain === undefined ? [] : [plain])].map(warm)];
}

function check(text: string): number {
	const { notes, examples } = checkPolicy(text, { version: "bench", holidaySets, year: 2026 });
	return notes.length + examples.length;
}

function cold({ file, text }: { file: string; text: string }): BenchResult {
	const baseline = timed(() => Object.keys(parse(text)).length);
	const value = timed(() => check(text));
	return result(`first check of ${file}`, once(value), once(baseline));
}

function warm({ file, text }: { file: string; text: string }): BenchResult {
	const measured = alternate(
		[
			{ name: "check", run: (times) => repeated(times, () => check(text)) },
			{ name: bare, run: (times) => repeated(times, () => Object.keys(parse(text)).length) },
		],
		{ rounds: 7, roundMs: 400 },
	);
	const [value, baseline] = [measured.get("check"), measured.get(bare)];
	if (!value || !baseline) throw new Error(`Expected measurements of ${file}, found none`);
	return result(`check ${file}, ${text.length} characters`, milliseconds(value), milliseconds(baseline));
}

function result(name: string, value: Spread, baseline: Spread): BenchResult {
	return {
		case: name,
		value: tenths(value.median),
		unit: "ms",
		baseline: tenths(baseline.median),
		baselineName: bare,
		ratio: tenths(value.median / baseline.median),
		spread: { value, baseline },
	};
}

/** From operations a second to milliseconds an operation: the fastest becomes the least. */
function milliseconds({ min, median, max, rounds }: Spread): Spread {
	return { min: 1000 / max, median: 1000 / median, max: 1000 / min, rounds };
}

function once(milliseconds: number): Spread {
	return { min: milliseconds, median: milliseconds, max: milliseconds, rounds: 1 };
}

function timed(run: () => number): number {
	const start = performance.now();
	run();
	return performance.now() - start;
}

function repeated(times: number, run: () => number): number {
	let sum = 0;
	for (let done = 0; done < times; done++) sum += run();
	return sum;
}

function tenths(value: number): number {
	return Math.round(value * 10) / 10;
}
