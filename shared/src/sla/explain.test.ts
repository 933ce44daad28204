import fc from "fast-check";
import { expect, test } from "vitest";
import { explain } from "./explain.ts";
import { anyInstant, anyLedger, anyPolicy } from "./testing/any-ledger.ts";
import { at, local, opened, prioritised, state } from "./testing/ledger.ts";
import { hour, policyWith } from "./testing/policy.ts";

test("a deadline is explained by its rule, the stretches that count and the pauses between", () => {
	const facts = [
		opened("2026-06-02 15:00"),
		prioritised("2026-06-02 15:00", "P2"),
		state("2026-06-02 16:00", "waiting"),
		state("2026-06-03 10:00", "open"),
	];
	const { policy, asOf, clocks } = explain(facts, policyWith(), at("2026-06-03 12:00"));
	const resolution = clocks.find(({ clock }) => clock.goal === "resolution");
	expect(policy).toEqual({ name: "practice", version: "v1" });
	expect(asOf).toBe(at("2026-06-03 12:00"));
	expect(resolution).toMatchObject({
		startedBy: "opened",
		rule: { service: "platform", priority: "P2", target: { duration: 8 * hour } },
		total: 8 * hour,
		sum: 8 * hour,
		standstills: [{ start: at("2026-06-02 16:00"), end: at("2026-06-03 10:00"), rule: 0 }],
		clock: { calendar: "flemish", deadline: at("2026-06-03 17:00") },
	});
	expect(resolution?.stretches.map(({ start, end, ms }) => [local(start), local(end), ms])).toEqual([
		["2026-06-02 15:00", "2026-06-02 16:00", hour],
		["2026-06-03 10:00", "2026-06-03 17:00", 7 * hour],
	]);
});

test("what happened to a clock is named: a new question, a reopening, another priority", () => {
	const restart = policyWith({ onPriorityChange: { ...policyWith().onPriorityChange, resolution: "restart" } });
	const facts = [
		opened("2026-06-02 09:00"),
		prioritised("2026-06-02 10:00", "P1"),
		state("2026-06-02 11:00", "solved"),
	];
	expect(explain(facts, restart, at("2026-06-02 12:00")).clocks.map(({ startedBy }) => startedBy)).toEqual([
		"re-prioritised",
		"opened",
	]);
	const again = policyWith({ onReopen: { ...policyWith().onReopen, resolution: "new-cycle" } });
	const reopened = [...facts, state("2026-06-02 12:00", "open")];
	expect(
		explain(reopened, again, at("2026-06-02 13:00")).clocks.map(({ clock, startedBy }) => [
			clock.goal,
			clock.cycle,
			startedBy,
		]),
	).toEqual([
		["resolution", 1, "opened"],
		["first-response", 1, "opened"],
		["resolution", 2, "reopened"],
	]);
});

test("the sum is the target up to a known deadline, and else what has been used", () => {
	fc.assert(
		fc.property(anyLedger, anyPolicy, anyInstant, (facts, policy, now) => {
			for (const { clock, total, sum, stretches } of explain(facts, policy, now).clocks) {
				expect(sum).toBe(clock.deadline === null ? clock.elapsed : total);
				expect(stretches.every(({ start, end, ms }) => start < end && ms === end - start)).toBe(true);
			}
		}),
		{ seed: 5, numRuns: 1000 },
	);
});
