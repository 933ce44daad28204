import fc from "fast-check";
import { expect, test } from "vitest";
import type { Policy } from "../policy/policy.ts";
import { evaluate } from "./evaluate.ts";
import type { Clock, Evaluation, OwedStep } from "./evaluation.ts";
import type { Fact } from "./fact.ts";
import { anyInstant, anyLedger, anyPolicy, monday } from "./testing/any-ledger.ts";
import { alerted } from "./testing/ledger.ts";
import { hour } from "./testing/policy.ts";

const runs = { seed: 20_260_302, numRuns: 400 };

/** What does not change by itself while nothing happens: all but the time that passes. */
function standing({ clocks, past, ...rest }: Evaluation) {
	const still = ({ elapsed, remaining, outsideHours, ...clock }: Clock) => clock;
	return { ...rest, clocks: clocks.map(still), past: past.map(still) };
}

const key = ({ goal, cycle, step, occurrence }: OwedStep) => [goal, cycle, step, occurrence].join(" ");

/** Wakes as told, from one instant until nothing is left to wake for. */
function* wakes(facts: readonly Fact[], policy: Policy, from: number): Iterable<Evaluation & { at: number }> {
	for (let at: number | null = from; at !== null; ) {
		const evaluation = evaluate(facts, policy, at);
		yield { ...evaluation, at };
		at = evaluation.wakeAt;
	}
}

test("the order of the facts and their repetition make no difference", () => {
	const shuffled = anyLedger.chain((facts) =>
		fc.tuple(
			fc.constant(facts),
			fc
				.subarray(facts)
				.chain((again) => fc.shuffledSubarray([...facts, ...again], { minLength: facts.length + again.length })),
		),
	);
	fc.assert(
		fc.property(shuffled, anyPolicy, anyInstant, ([facts, other], policy, now) => {
			expect(evaluate(other, policy, now)).toEqual(evaluate(facts, policy, now));
		}),
		runs,
	);
});

test("there is an answer for every ledger, and its numbers add up", () => {
	fc.assert(
		fc.property(anyLedger, anyPolicy, anyInstant, (facts, policy, now) => {
			const { clocks, past, owed, wakeAt } = evaluate(facts, policy, now);
			expect(wakeAt === null || wakeAt > now).toBe(true);
			expect(new Set(owed.map(key)).size).toBe(owed.length);
			expect(owed.every(({ owedAt }) => owedAt <= now)).toBe(true);
			for (const clock of [...clocks, ...past]) {
				expect(clock.elapsed).toBeGreaterThanOrEqual(0);
				expect(clock.state === "missed").toBe(clock.breachedAt !== null);
				if (clock.state === "missed") expect(clock.remaining).toBeLessThanOrEqual(0);
				if (clock.state === "met") expect(clock.stoppedAt).toBe(clock.metAt);
				if (clock.target && "duration" in clock.target) {
					expect(clock.elapsed + (clock.remaining ?? Number.NaN)).toBe(clock.target.duration);
				}
			}
		}),
		runs,
	);
});

test("nothing changes by itself before the next wake", () => {
	fc.assert(
		fc.property(
			anyLedger,
			anyPolicy,
			anyInstant,
			fc.double({ min: 0, max: 1, noNaN: true }),
			(facts, policy, now, part) => {
				const before = evaluate(facts, policy, now);
				const wake = before.wakeAt ?? now + 1000 * hour;
				const between = Math.floor(now + (wake - 1 - now) * part);
				expect(standing(evaluate(facts, policy, between))).toEqual(standing(before));
			},
		),
		runs,
	);
});

test("waking each time that is told ends where evaluating once at the end does", () => {
	fc.assert(
		fc.property(anyLedger, anyPolicy, (facts, policy) => {
			const visited = [...wakes(facts, policy, monday - hour)];
			const last = visited.at(-1);
			const end = monday + 2000 * hour;
			expect(standing(evaluate(facts, policy, Math.max(end, last?.at ?? 0)))).toEqual(
				standing(evaluate(facts, policy, last?.at ?? end)),
			);
			const seen = new Set(visited.flatMap(({ owed }) => owed.map(key)));
			for (const step of evaluate(facts, policy, end).owed) expect(seen).toContain(key(step));
		}),
		{ ...runs, numRuns: 150 },
	);
});

test("a step is called where it comes due when every wake takes what is owed, and never twice", () => {
	fc.assert(
		fc.property(anyLedger, anyPolicy, (ledger, policy) => {
			const facts = ledger.filter(({ kind }) => kind !== "alerted");
			const taken = new Set<string>();
			for (let now: number | null = monday - hour; now !== null; ) {
				const { owed } = evaluate(facts, policy, now);
				for (const step of owed) {
					expect(taken).not.toContain(key(step));
					taken.add(key(step));
					facts.push(alerted(now, step));
				}
				const after = evaluate(facts, policy, now);
				expect(after.owed).toEqual([]);
				now = after.wakeAt;
			}
		}),
		{ ...runs, numRuns: 150 },
	);
});

test("taking some of what is owed makes nothing else owed", () => {
	fc.assert(
		fc.property(anyLedger, anyPolicy, anyInstant, fc.infiniteStream(fc.boolean()), (facts, policy, now, take) => {
			const { owed } = evaluate(facts, policy, now);
			const taken = owed.filter(() => take.next().value);
			const after = evaluate([...facts, ...taken.map((step) => alerted(now, step))], policy, now);
			const open = owed.filter((step) => !taken.includes(step)).map(key);
			for (const step of after.owed) expect(open).toContain(key(step));
		}),
		runs,
	);
});

test("a missed clock never runs again while nothing happens", () => {
	fc.assert(
		fc.property(anyLedger, anyPolicy, fc.array(fc.nat({ max: 400 }), { maxLength: 6 }), (facts, policy, hours) => {
			const end = Math.max(monday, ...facts.map(({ at }) => at));
			let before = evaluate(facts, policy, end).clocks;
			for (const after of hours.sort((a, b) => a - b)) {
				const { clocks } = evaluate(facts, policy, end + after * hour);
				for (const clock of before) {
					const same = clocks.find(({ goal }) => goal === clock.goal);
					expect(same?.deadline).toBe(clock.deadline);
					if (clock.state === "missed") expect(same).toMatchObject({ state: "missed", breachedAt: clock.breachedAt });
					if (clock.stoppedAt !== null) expect(same).toEqual(clock);
				}
				before = clocks;
			}
		}),
		runs,
	);
});
