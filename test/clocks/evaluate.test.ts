import type { Policy, PolicyTimeline } from "@stipt/shared/policy/policy";
import { evaluate } from "@stipt/shared/sla/evaluate";
import type { Clock, Evaluation, OwedStep } from "@stipt/shared/sla/evaluation";
import type { Fact } from "@stipt/shared/sla/fact";
import { anyInstant, anyLedger, anyTimeline, monday } from "@stipt/shared/sla/testing/any-ledger";
import { alerted } from "@stipt/shared/sla/testing/ledger";
import { hour } from "@stipt/shared/sla/testing/policy";
import fc from "fast-check";
import { expect, test } from "vitest";

const runs = { seed: 20_260_302, numRuns: Number(process.env.FUZZ_RUNS ?? 1000) };

/** What does not change by itself while nothing happens: all but the time that passes. */
function standing({ clocks, past, lines, ...rest }: Evaluation) {
	const still = ({ elapsed, remaining, outsideHours, ...clock }: Clock) => clock;
	const had = lines.map(({ used, ...share }) => share);
	return { ...rest, clocks: clocks.map(still), past: past.map(still), lines: had };
}

const key = ({ goal, cycle, step, occurrence }: OwedStep) => [goal, cycle, step, occurrence].join(" ");

/** Wakes as told, from one instant until nothing is left to wake for. */
function* wakes(
	facts: readonly Fact[],
	policy: Policy | PolicyTimeline,
	from: number,
): Iterable<Evaluation & { at: number }> {
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
		fc.property(shuffled, anyTimeline, anyInstant, ([facts, other], policy, now) => {
			expect(evaluate(other, policy, now)).toEqual(evaluate(facts, policy, now));
		}),
		runs,
	);
});

test("there is an answer for every ledger, and its numbers add up", () => {
	fc.assert(
		fc.property(anyLedger, anyTimeline, anyInstant, (facts, policy, now) => {
			const { clocks, past, owed, lines, wakeAt } = evaluate(facts, policy, now);
			expect(wakeAt === null || wakeAt > now).toBe(true);
			expect(new Set(owed.map(key)).size).toBe(owed.length);
			expect(owed.every(({ owedAt }) => owedAt <= now)).toBe(true);
			const resolution = clocks.find(({ goal }) => goal === "resolution");
			// Before a version brought lines, no line had it.
			const isWhole = lines[0]?.receivedAt === facts.find(({ kind }) => kind === "opened")?.at;
			if (lines.length > 0 && isWhole) expect(lines.reduce((sum, { used }) => sum + used, 0)).toBe(resolution?.elapsed);
			for (const clock of [...clocks, ...past]) {
				expect(clock.elapsed).toBeGreaterThanOrEqual(0);
				expect(clock.state === "missed").toBe(clock.breachedAt !== null);
				if (clock.state === "missed") expect(clock.remaining).toBeLessThanOrEqual(0);
				if (clock.state === "met") expect(clock.stoppedAt).toBe(clock.metAt);
				if (clock.target && "duration" in clock.target && !clock.agreed && clock.goal !== "handover") {
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
			anyTimeline,
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
		fc.property(anyLedger, anyTimeline, (facts, policy) => {
			const visited = [...wakes(facts, policy, monday - hour)];
			const last = visited.at(-1);
			const end = monday + 2000 * hour;
			expect(standing(evaluate(facts, policy, Math.max(end, last?.at ?? 0)))).toEqual(
				standing(evaluate(facts, policy, last?.at ?? end)),
			);
			const seen = new Set(visited.flatMap(({ owed }) => owed.map(key)));
			for (const step of evaluate(facts, policy, end).owed) expect(seen).toContain(key(step));
		}),
		runs,
	);
});

test("a step is called where it comes due when every wake takes what is owed, and never twice", () => {
	fc.assert(
		fc.property(anyLedger, anyTimeline, (ledger, policy) => {
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
		runs,
	);
});

test("taking some of what is owed makes nothing else owed", () => {
	fc.assert(
		fc.property(anyLedger, anyTimeline, anyInstant, fc.infiniteStream(fc.boolean()), (facts, policy, now, take) => {
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
		fc.property(anyLedger, anyTimeline, fc.array(fc.nat({ max: 400 }), { maxLength: 6 }), (facts, policy, hours) => {
			const versions = policy.flatMap((version) => ("from" in version ? [version.from] : []));
			const end = Math.max(monday, ...facts.map(({ at }) => at), ...versions);
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
