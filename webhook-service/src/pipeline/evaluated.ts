import type { Policy } from "@stipt/shared/policy/policy";
import { evaluate } from "@stipt/shared/sla/evaluate";
import type { Evaluation } from "@stipt/shared/sla/evaluation";
import type { StoredTicket } from "../store/store.ts";
import type { Ports } from "./ports.ts";

export type EvaluatedTicket = { ticket: StoredTicket; policy: Policy; evaluation: Evaluation };

/**
 * What a ticket's ledger means now. Its clocks run on the policy version that was in force when it was first seen:
 * publishing another one moves no running deadline.
 */
export async function evaluated(ticket: StoredTicket, ports: Ports): Promise<EvaluatedTicket> {
	const policy = await policyOf(ticket, ports);
	return { ticket, policy, evaluation: evaluate(ticket.facts, policy, ports.time()) };
}

async function policyOf(ticket: StoredTicket, { store, connections, policies }: Ports): Promise<Policy> {
	if (ticket.policyVersion !== null) return policies.version(ticket.policyVersion);
	const connection = await connections.get(ticket.ref.connection);
	const policy = await policies.inForce(connection.policy ?? "standard");
	await store.savePolicyVersion(ticket.ref, policy.version);
	return policy;
}
