import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Policy } from "../policy/policy.ts";
import { evaluate } from "../sla/evaluate.ts";
import type { Fact } from "../sla/fact.ts";
import { anyLedger, anyPolicy, monday } from "../sla/testing/any-ledger.ts";
import { coalesced } from "./coalesced.ts";
import { forecastAlerts } from "./forecast-alerts.ts";
import { staysSilent } from "./stays-silent.ts";

const until = monday + 12 * 24 * 3_600_000;

/** Looks at every instant of interest there is, and at nothing else in mind. */
function oneByOne(facts: readonly Fact[], policy: Policy): string[] {
	const replayed = facts.filter(({ kind }) => kind !== "alerted" && kind !== "acknowledged");
	const told: string[] = [];
	let now: number | null = Math.min(...replayed.map(({ at }) => at));
	while (now !== null && now <= until) {
		for (let { send, superseded } = owedAt(now); send !== null; { send, superseded } = owedAt(now)) {
			for (const { step } of [...superseded, { step: send }]) {
				const id = [step.goal, step.cycle, step.step, step.occurrence].join(".");
				const outcome = step === send ? "sent" : "superseded";
				const { goal, cycle, step: name, occurrence } = step;
				replayed.push({
					...{ id: `s-alerted-${id}`, kind: "alerted", at: now, seenAt: now, alert: id, outcome, roles: [] },
					...{ goal, cycle, step: name, occurrence },
				});
			}
			told.push([now, send.goal, send.cycle, send.step, send.occurrence].join(" "));
		}
		now = evaluate(replayed, policy, now).wakeAt;
	}
	return told;
	function owedAt(at: number) {
		return coalesced(evaluate(replayed, policy, at).owed, Number.NEGATIVE_INFINITY);
	}
}

const forecast = (facts: readonly Fact[], policy: Policy) =>
	forecastAlerts(facts, [{ policy }], { until }).alerts.map(({ at, step }) =>
		[at, step.goal, step.cycle, step.step, step.occurrence].join(" "),
	);

describe("a forecast of alerts", () => {
	test("is what looking at every instant of interest gives, though it passes over most of them", () => {
		fc.assert(
			fc.property(anyLedger, anyPolicy, (ledger, policy) => {
				const facts = ledger.filter(({ kind }) => kind !== "acknowledged");
				fc.pre(facts.some(({ kind }) => kind === "opened"));
				expect(forecast(facts, policy)).toEqual(oneByOne(facts, policy));
			}),
			{ numRuns: 300, seed: 7 },
		);
	});

	test("has nothing in it where a ledger is said to stay silent", () => {
		let silent = 0;
		fc.assert(
			fc.property(anyLedger, anyPolicy, (facts, policy) => {
				if (!staysSilent(facts, evaluate(facts, policy, until), policy)) return;
				silent += 1;
				expect(forecast(facts, policy)).toEqual([]);
			}),
			{ numRuns: 1000, seed: 8 },
		);
		expect(silent).toBeGreaterThan(100);
	});
});
