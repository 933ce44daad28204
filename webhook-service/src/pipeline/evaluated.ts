import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Policy, PolicyTimeline } from "@stipt/shared/policy/policy";
import { newAt } from "@stipt/shared/simulation/new-at";
import { inForceAt, judge } from "@stipt/shared/simulation/publication";
import { evaluate } from "@stipt/shared/sla/evaluate";
import type { Evaluation } from "@stipt/shared/sla/evaluation";
import { isEnded } from "@stipt/shared/sla/story";
import type { StoredTicket } from "../store/store.ts";
import { mappedPolicy } from "./mapped-policy.ts";
import type { Ports } from "./ports.ts";

export type EvaluatedTicket = {
	ticket: StoredTicket;
	/** The version in force for the ticket now. */
	policy: Policy;
	/** All versions that judge it, each in its time. */
	timeline: PolicyTimeline;
	evaluation: Evaluation;
	/** When that was so. */
	at: Instant;
};

/**
 * What a ticket's ledger means now. Its clocks run on the policy version that was in force when it was opened, or when
 * its helpdesk was connected if that was later, and on those that were published since for open tickets too.
 */
export async function evaluated(ticket: StoredTicket, ports: Ports): Promise<EvaluatedTicket> {
	const { timeline, nextAt } = await judgesOf(ticket, ports);
	const at = ports.time();
	const found = evaluate(ticket.facts, judge(timeline), at);
	const evaluation = isEnded(found.state) ? found : { ...found, wakeAt: earliest(found.wakeAt, nextAt) };
	return { ticket, policy: inForceAt(timeline), timeline, evaluation, at };
}

/** The versions that judge a ticket now, with the groups of its helpdesk in their services, and when the next one takes it over. */
export async function judgesOf(
	ticket: StoredTicket,
	{ store, connections, policies }: Pick<Ports, "store" | "connections" | "policies">,
): Promise<{ timeline: PolicyTimeline; nextAt: Instant | null }> {
	const connection = await connections.get(ticket.ref.connection);
	const name = ticket.policy ?? connection.policy ?? "standard";
	if (ticket.policy === null) await store.savePolicyOf(ticket.ref, name);
	const { timeline, nextAt } = await policies.judging(name, newAt(ticket.facts, connection.createdAt));
	const [first, ...later] = timeline;
	const here = (policy: Policy) => mappedPolicy(policy, connection.mapping ?? {});
	return {
		timeline: [
			{ ...first, policy: here(first.policy) },
			...later.map((each) => ({ ...each, policy: here(each.policy) })),
		],
		nextAt,
	};
}

function earliest(a: Instant | null, b: Instant | null): Instant | null {
	if (a === null || b === null) return a ?? b;
	return Math.min(a, b);
}
