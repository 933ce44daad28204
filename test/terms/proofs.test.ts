import type { Example } from "@stipt/shared/policy/example";
import { factsOf } from "@stipt/shared/policy/example-facts";
import { proofsOf } from "@stipt/shared/sla/proof/proofs-of";
import { verify } from "@stipt/shared/verify/verify";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { at, readyMade, terms, textOf } from "./terms.ts";

/** The examples of a policy as they stand in its text; all of these policies live in Brussels. */
function examplesOf(policy: string): Pick<Example, "title" | "given" | "expect">[] {
	const { examples } = parse(textOf(policy)) as { examples: { title: string; given?: []; expect: [] }[] };
	return examples.map(({ title, given = [], expect: expected }) => ({ title, given, expect: expected }));
}

test.each(Object.values(terms))(
	"every clock of every example of $policy has a proof that holds",
	({ policy: name }) => {
		const { policy } = readyMade(name);
		let count = 0;
		for (const { title, given, expect: expected } of examplesOf(name)) {
			const facts = factsOf({ given, zone: "Europe/Brussels" }, policy);
			for (const { at: local } of expected) {
				const now = at(local);
				const known = facts.filter(({ seenAt }) => seenAt <= now);
				for (const proof of proofsOf(known, policy, now, { tzData: "test" })) {
					const { faults } = verify(JSON.parse(JSON.stringify(proof)));
					expect({ title, local, goal: proof.goal, faults }).toEqual({ title, local, goal: proof.goal, faults: [] });
					count += 1;
				}
			}
		}
		expect(count).toBeGreaterThan(3);
	},
);
