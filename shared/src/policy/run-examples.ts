import { evaluate } from "../sla/evaluate.ts";
import { formatProof } from "../sla/proof/format-proof.ts";
import { proofsOf } from "../sla/proof/proofs-of.ts";
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
			...(proof === undefined ? [] : proof.split("\n").map((text) => `    ${text}`.trimEnd())),
		]),
	]);
	const counted = (count: number, what: string) => (count === 1 ? `1 ${what}` : `${count} ${what}s`);
	const checks = results.reduce((sum, result) => sum + result.checks, 0);
	const failed = failing.length === 0 ? "all as expected" : `${failing.length} not as expected`;
	return [
		...told,
		`${file}: ${counted(results.length, "example")} with ${counted(checks, "expectation")}, ${failed}`,
	].join("\n");
}

/** What proofs say of the edition of the time zone data, which a pure function cannot ask for. */
const tzData = "of this machine";

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
		const differing = comparisons.filter((comparison) => comparison.expected !== comparison.found);
		const goals = differing.map(({ goal }) => goal);
		const proofs = goals.some((goal) => goal !== undefined) ? proofsOf(known, policy, at, { tzData }) : [];
		return differing.map(({ what, goal, expected: wanted, found, apart }, index) => {
			// A clock is explained once, and as it is now: its last cycle.
			const isFirst = goal !== undefined && goals.indexOf(goal) === index;
			const proof = isFirst ? proofs.filter((each) => each.goal === goal).at(-1) : undefined;
			return {
				at: expected.at,
				what,
				expected: wanted,
				found: apart === undefined ? found : `${found} (${apart})`,
				...(proof === undefined ? {} : { proof: formatProof(proof, "en") }),
			};
		});
	});
	return { id, title, line, checks, differences };
}
