import { evaluate } from "../sla/evaluate.ts";
import { compareExample } from "./compare-example.ts";
import type { Example, ExampleDifference, ExampleResult } from "./example.ts";
import { factsOf } from "./example-facts.ts";
import { readLocalTime } from "./local-time.ts";
import type { Policy } from "./policy.ts";

/**
 * What comes of each example under a policy. An expectation is looked at as of its own instant: what had not happened by
 * then, or was not known yet, counts for nothing.
 */
export function runExamples(policy: Policy, examples: readonly Example[]): ExampleResult[] {
	return examples.map((example) => runExample(policy, example));
}

/** One line per failing expectation under the example it belongs to; then how many passed. */
export function formatExamples(results: readonly ExampleResult[], file: string): string {
	if (results.length === 0) return `${file}: no examples`;
	const failing = results.filter(({ differences }) => differences.length > 0);
	const told = failing.flatMap(({ id, title, line, differences }) => [
		`${file}:${line}  example ${id === null ? title : `${id}: ${title}`}`,
		...differences.flatMap(({ at, what, expected, found, proof }) => [
			`  ${at}  ${what}  expected ${expected}, found ${found}`,
			...(proof === undefined ? [] : proof.split("\n").map((text) => `    ${text}`)),
		]),
	]);
	const count = results.length === 1 ? "1 example" : `${results.length} examples`;
	const checks = results.reduce((sum, result) => sum + result.checks, 0);
	const failed = failing.length === 0 ? "all as expected" : `${failing.length} not as expected`;
	return [...told, `${file}: ${count} with ${checks} expectations, ${failed}`].join("\n");
}

function runExample(policy: Policy, example: Example): ExampleResult {
	const { id, title, line, zone, expect } = example;
	const facts = factsOf(example, policy);
	let checks = 0;
	const differences = expect.flatMap((expected): ExampleDifference[] => {
		const at = readLocalTime(expected.at, zone);
		const known = facts.filter(({ seenAt }) => seenAt <= at);
		const evaluation = evaluate(known, policy, at);
		const comparisons = compareExample(expected, { evaluation, policy, zone });
		checks += comparisons.length;
		return comparisons
			.filter((comparison) => comparison.expected !== comparison.found)
			.map(({ what, expected: wanted, found }) => ({ at: expected.at, what, expected: wanted, found }));
	});
	return { id, title, line, checks, differences };
}
