import type { Policy } from "@stipt/shared/policy/policy";
import { priorityFor } from "@stipt/shared/priority/matrix";
import { inOrder } from "@stipt/shared/sla/evaluation";
import type { PriorityId } from "@stipt/shared/sla/fact";
import type { PriorityChoice } from "@stipt/shared/wire/api";
import { ServiceError } from "../errors.ts";
import { jobId } from "../queues.ts";
import type { StoredConnection, TicketRef } from "../store/store.ts";
import { decide } from "./decide.ts";
import { type EvaluatedTicket, evaluated } from "./evaluated.ts";
import type { Ports } from "./ports.ts";
import { record } from "./record.ts";

/**
 * Chooses a cell of the matrix for a ticket: it holds at once in the ledger, and is written to the helpdesk next.
 * Throws `unknown` (no such ticket) or `unreadable` (no such cell, or a justification is missing).
 */
export async function choosePriority(
	ref: TicketRef,
	choice: PriorityChoice,
	by: string,
	ports: Ports,
): Promise<EvaluatedTicket> {
	const { store, time, queues } = ports;
	const connection = await ports.connections.get(ref.connection);
	const found = await knownTicket(ref, ports);
	const { priority } = chosen(found, choice);
	const label = labelOf(priority, connection, found.policy);
	const at = time();
	const { impact, urgency, justification } = choice;
	const id = `classified-${at}-${impact}-${urgency}`;
	await record(
		ref,
		id,
		{
			...{ kind: "classified", impact, urgency, priority, by: { kind: "agent", id: by } },
			...(justification === undefined ? {} : { justification }),
		},
		ports,
	);
	await store.audit({ at, by, what: `chose ${impact} × ${urgency} = ${priority}`, ref, detail: justification ?? "" });
	const write = { kind: "set-priority", ...ref, label, impact, urgency } as const;
	await queues.add("action", write, { id: jobId("set-priority", ref.connection, ref.ticket, at) });
	return (await decide(ref, ports)) ?? found;
}

/** A ticket that is known here, evaluated. Throws `unknown`. */
export async function knownTicket(ref: TicketRef, ports: Ports): Promise<EvaluatedTicket> {
	const ticket = await ports.store.readTicket(ref);
	if (ticket.facts.length === 0) {
		throw new ServiceError(
			"unknown",
			`Expected a ticket that is known here, found ${ref.ticket} of ${ref.connection}.`,
		);
	}
	return evaluated(ticket, ports);
}

function chosen({ policy, ticket }: EvaluatedTicket, choice: PriorityChoice): { priority: PriorityId } {
	const group = inOrder(ticket.facts)
		.filter((fact) => fact.kind === "group-changed")
		.at(-1);
	const label = group?.label ?? null;
	const { impact, urgency, justification = null } = choice;
	try {
		return priorityFor(policy, { impact, urgency, group: label, justification });
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		throw new ServiceError("unreadable", error.message, {
			problems: [{ path: "impact, urgency", expected: error.message, found: `${choice.impact}, ${choice.urgency}` }],
		});
	}
}

/** The helpdesk's word for one of our priorities. Throws `misconfigured` when none stands for it. */
function labelOf(priority: PriorityId, connection: StoredConnection, policy: Policy): string {
	const labels = Object.entries(connection.mapping?.priorities ?? {});
	const exact =
		labels.find(([, priorities]) => priorities[0] === priority) ?? labels.find(([, all]) => all.includes(priority));
	if (exact !== undefined) return exact[0];
	throw new ServiceError(
		"misconfigured",
		`Expected a priority of the helpdesk that stands for ${priority} of policy ${policy.name}, found none in the mapping of connection ${connection.id}.`,
	);
}
