import type { Proof } from "@stipt/shared/sla/proof/proof";
import { proofsOf } from "@stipt/shared/sla/proof/proofs-of";
import { anyInstant, anyLedger, anyPolicy } from "@stipt/shared/sla/testing/any-ledger";
import { verify } from "@stipt/shared/verify/verify";
import fc from "fast-check";
import { expect, test } from "vitest";

const numRuns = Number(process.env.FUZZ_RUNS ?? 1000);
const anyProofs = fc
	.tuple(anyLedger, anyPolicy, anyInstant)
	.map(([facts, policy, now]) => proofsOf(facts, policy, now, { tzData: "2026a" }));

test("verify accepts every proof that the engine gives", () => {
	fc.assert(
		fc.property(anyProofs, (proofs) => {
			for (const proof of proofs)
				expect({ ...verify(JSON.parse(JSON.stringify(proof))), proof }).toMatchObject({ holds: true, faults: [] });
		}),
		{ seed: 11, numRuns },
	);
});

test("verify rejects every proof with one number, one instant, one date or one time of day changed", () => {
	fc.assert(
		fc.property(anyProofs, fc.nat(), (proofs, pick) => {
			const proof = proofs[pick % Math.max(1, proofs.length)];
			if (proof === undefined) return;
			for (const { path, changed } of alterations(proof)) {
				expect(verify(changed).holds, path).toBe(false);
			}
		}),
		{ seed: 12, numRuns: numRuns / 5 },
	);
});

type Alteration = { path: string; changed: unknown };

/** The proof over and over, each time with another one of its figures changed by one. */
function* alterations(proof: Proof): Iterable<Alteration> {
	const whole = JSON.stringify(proof);
	const paths: (string | number)[][] = [];
	const walk = (value: unknown, path: (string | number)[]): void => {
		if (typeof value === "number" || (typeof value === "string" && isFigure(value))) paths.push(path);
		else if (typeof value === "object" && value !== null)
			for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
	};
	walk(proof, []);
	for (const path of paths) {
		const changed = JSON.parse(whole);
		const parent = path.slice(0, -1).reduce((value, key) => value[key], changed);
		const key = path.at(-1) ?? "";
		for (const value of others(parent[key])) {
			parent[key] = value;
			yield { path: `${path.join(".")} as ${JSON.stringify(value)} in ${whole}`, changed };
		}
	}
}

const isFigure = (value: string) => /^\d{4}-\d{2}-\d{2}/.test(value) || /^\d{2}:\d{2}-\d{2}:\d{2}$/.test(value);

/** The same figure a little more and a little less: the last digit of a text, one more or a minute more of a number. */
function others(value: unknown): unknown[] {
	if (typeof value === "number") return [value + 1, value - 1, value + 60_000, -value - 1];
	const written = String(value);
	const instant = Date.parse(written);
	if (/Z$/.test(written)) return [1, -1, 60_000, -86_400_000].map((ms) => new Date(instant + ms).toISOString());
	return [...written.matchAll(/\d/g)].map(
		({ index, 0: digit }) => `${written.slice(0, index)}${(Number(digit) + 1) % 10}${written.slice(index + 1)}`,
	);
}
