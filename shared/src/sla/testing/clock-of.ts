import type { Policy, PolicyTimeline } from "../../policy/policy.ts";
import { evaluate } from "../evaluate.ts";
import type { Clock } from "../evaluation.ts";
import type { Fact, Goal } from "../fact.ts";
import { at } from "./ledger.ts";
import { policyWith } from "./policy.ts";

/** The latest clock of a goal; a test that asks for one that is not there fails. */
export function clockOf(
	goal: Goal,
	facts: readonly Fact[],
	now: string | number,
	policy: Policy | PolicyTimeline = policyWith(),
): Clock {
	const clock = evaluate(facts, policy, typeof now === "string" ? at(now) : now).clocks.find((c) => c.goal === goal);
	if (!clock) throw new Error(`Expected a clock for ${goal}, found none`);
	return clock;
}
