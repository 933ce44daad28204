import type { Calendar } from "@stipt/shared/calendar/calendar";
import { compileCalendar } from "@stipt/shared/calendar/compile-calendar";
import type { Policy, PolicyTimeline } from "@stipt/shared/policy/policy";
import { evaluate } from "@stipt/shared/sla/evaluate";
import type { Clock, Evaluation, OwedStep } from "@stipt/shared/sla/evaluation";
import type { Fact } from "@stipt/shared/sla/fact";
import { anyInstant, anyLedger, anyPolicy, anyTimeline, monday } from "@stipt/shared/sla/testing/any-ledger";
import { alerted, paused as pausedFrom } from "@stipt/shared/sla/testing/ledger";
import { forEveryGoal, hour } from "@stipt/shared/sla/testing/policy";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { patience, runs } from "../fuzz/runs.ts";

vi.setConfig({ testTimeout: 2 * patience });

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

/** Clocks of two evaluations of one ticket that are the same clock. */
function* pairs(before: Evaluation, after: Evaluation): Iterable<[Clock, Clock]> {
	for (const clock of [...before.clocks, ...before.past]) {
		const same = [...after.clocks, ...after.past].find(
			({ goal, cycle }) => goal === clock.goal && cycle === clock.cycle,
		);
		if (same) yield [clock, same];
	}
}

test("a pause more never makes a deadline earlier", () => {
	const pause = fc.record({ from: anyInstant, minutes: fc.integer({ min: 1, max: 3000 }) });
	fc.assert(
		fc.property(anyLedger, anyPolicy, anyInstant, pause, (facts, policy, now, { from, minutes }) => {
			// Counting from the start: a miss that a pause takes away would let another rule begin anew.
			const recompute = forEveryGoal("recompute" as const);
			const plain = { ...policy, onPriorityChange: recompute, onServiceChange: recompute, onChannelChange: recompute };
			const isPaused = ({ kind }: Fact) => kind === "paused" || kind === "deadline-agreed" || kind === "acknowledged";
			const ledger = facts.filter((fact) => !isPaused(fact));
			const paused = { ...pausedFrom(from, { until: from + minutes * 60_000 }), id: "more" };
			for (const [without, withIt] of pairs(
				evaluate(ledger, plain, now),
				evaluate([...ledger, paused], { ...plain, manualPauses: { ...plain.manualPauses, longest: null } }, now),
			)) {
				if (without.deadline === null || withIt.deadline === null) continue;
				expect(withIt.deadline).toBeGreaterThanOrEqual(without.deadline);
			}
		}),
		runs,
	);
});

test("a holiday or a break more never makes a deadline in business time earlier", () => {
	const weekly = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["09:00-17:00"]]));
	const exception = fc.oneof(
		fc
			.integer({ min: 9, max: 27 })
			.map((day) => ({ date: `2026-11-${String(day).padStart(2, "0")}`, closed: true as const })),
		fc.integer({ min: 9, max: 27 }).map((day) => ({
			date: `2026-11-${String(day).padStart(2, "0")}`,
			remove: ["12:00-13:30"],
		})),
	);
	const office = compileCalendar({ zone: "Europe/Brussels", weekly }, {});
	fc.assert(
		fc.property(anyLedger, anyPolicy, anyInstant, exception, (facts, policy, now, more) => {
			const less = compileCalendar({ zone: "Europe/Brussels", weekly, exceptions: [more] }, {});
			const on = (flemish: Calendar): Policy => ({
				...policy,
				calendars: { ...policy.calendars, flemish },
				onPriorityChange: forEveryGoal("recompute"),
				pauses: policy.pauses.map((pause) => ({ ...pause, longest: null })),
				manualPauses: { ...policy.manualPauses, longest: null },
			});
			const isAgreed = ({ kind }: Fact) => kind === "deadline-agreed" || kind === "acknowledged";
			const ledger = facts.filter((fact) => !isAgreed(fact));
			for (const [before, after] of pairs(evaluate(ledger, on(office), now), evaluate(ledger, on(less), now))) {
				if (before.deadline === null || after.deadline === null || before.goal === "handover") continue;
				if (before.target === null || !("duration" in before.target) || before.startedAt !== after.startedAt) continue;
				expect(after.deadline).toBeGreaterThanOrEqual(before.deadline);
			}
		}),
		runs,
	);
});

/** One policy, and another that comes into force while tickets run. */
const aPublication = fc.tuple(
	anyPolicy,
	anyPolicy,
	anyInstant,
	fc.constantFrom("from-now" as const, "recompute" as const),
);

test("clocks that had stopped before a version came into force keep their result to the letter", () => {
	fc.assert(
		fc.property(anyLedger, aPublication, anyInstant, (facts, [before, policy, from, applies], now) => {
			// A fact after it, such as a reopening, may take them up again.
			const ledger = facts.filter(({ at }) => at < from);
			const old = evaluate(ledger, before, Math.max(now, from));
			const published = evaluate(ledger, [{ policy: before }, { policy, from, applies }], Math.max(now, from));
			for (const [one, other] of pairs(old, published)) if (one.stoppedAt !== null) expect(other).toEqual(one);
			const stopped = old.clocks
				.filter(({ stoppedAt }) => stoppedAt !== null)
				.map(({ goal, cycle }) => `${goal} ${cycle}`);
			const kept = published.clocks.map(({ goal, cycle }) => `${goal} ${cycle}`);
			for (const clock of stopped) expect(kept).toContain(clock);
		}),
		runs,
	);
});

test("from now on, elapsed time is what it was when the version came into force", () => {
	fc.assert(
		fc.property(anyLedger, aPublication, (facts, [before, policy, from]) => {
			const ledger = facts.filter(({ at }) => at < from);
			const timeline: PolicyTimeline = [{ policy: before }, { policy, from, applies: "from-now" }];
			for (const [one, other] of pairs(evaluate(ledger, before, from), evaluate(ledger, timeline, from))) {
				if (one.goal !== "handover") expect(other.elapsed).toBe(one.elapsed);
			}
		}),
		runs,
	);
});

test("a version that says the same leaves no trace but its name", () => {
	fc.assert(
		fc.property(anyLedger, aPublication, anyInstant, (facts, [policy, , from, applies], now) => {
			const again = { ...policy, version: "again" };
			const plain = evaluate(facts, policy, now);
			const renamed = (clock: Clock) => ({ ...clock, policyVersion: policy.version });
			const { clocks, past, wakeAt, ...rest } = evaluate(facts, [{ policy }, { policy: again, from, applies }], now);
			const { clocks: _clocks, past: _past, wakeAt: _wakeAt, ...same } = plain;
			expect({ ...rest, clocks: clocks.map(renamed), past: past.map(renamed) }).toEqual({
				...same,
				clocks: plain.clocks,
				past: plain.past,
			});
			expect(wakeAt).toBe(from > now ? Math.min(from, plain.wakeAt ?? from) : plain.wakeAt);
		}),
		runs,
	);
});
