import { type Evaluation, inOrder } from "@stipt/shared/sla/evaluation";
import { type IncidentStatus, isOver } from "@stipt/shared/status/page-event";
import type { StoredTicket } from "../store/store.ts";
import { sha256 } from "../verify.ts";
import type { EvaluatedTicket } from "./evaluated.ts";
import type { Ports } from "./ports.ts";

/** The page that this service shows itself. */
export const builtInPage = "built-in";

/** What a ticket's state says on a page. */
export function incidentStatus(evaluation: Evaluation): IncidentStatus {
	if (["solved", "closed", "merged", "deleted"].includes(evaluation.state)) return "resolved";
	if (evaluation.state === "waiting") return "monitoring";
	return evaluation.owner === null ? "investigating" : "identified";
}

/** Our opaque mark of the incident that a rule opens for a ticket. */
export function pageMark(ref: StoredTicket["ref"], rule: number): string {
	return sha256([ref.connection, ref.ticket, rule].join("\n")).slice(0, 20);
}

/** The event that a rule opened for a ticket, if it has: the last one, as a page may refuse to open one again. */
export function linkedEvent(ticket: StoredTicket, rule: number): string | null {
	const links = inOrder(ticket.facts).filter((fact) => fact.kind === "page-event-linked");
	return links.findLast((link) => link.rule === rule)?.event ?? null;
}

/** What can make a rule apply to a ticket. */
const reasons: readonly string[] = ["opened", "classified", "assessed", "priority-changed", "group-changed"];

/**
 * The page rules whose incident does not say yet what the ticket says. A rule opens an incident for an open ticket
 * of its priorities and services, unless nothing about it has changed since its helpdesk was connected; once opened, the
 * incident follows the ticket whatever its priority becomes.
 */
export async function owedPages(
	{ ticket, policy, evaluation }: EvaluatedTicket,
	{ store, connections }: Ports,
): Promise<number[]> {
	const status = incidentStatus(evaluation);
	const { createdAt } = await connections.get(ticket.ref.connection);
	const isNews = ticket.facts.some(({ kind, at }) => reasons.includes(kind) && at >= createdAt);
	const owed: number[] = [];
	for (const [index, rule] of policy.pages.entries()) {
		const event = linkedEvent(ticket, index);
		if (event === null) {
			const applies = rule.services.includes(evaluation.service) && rule.priorities.includes(evaluation.priority);
			if (applies && isNews && status !== "resolved") owed.push(index);
			continue;
		}
		const known = await store.readPageEvent(rule.page, event);
		if (known === null || known.event.status === status) continue;
		if (isOver(known.event) && known.event.updates.at(-1)?.author === "them") continue;
		owed.push(index);
	}
	return owed;
}
