import type { Policy } from "@stipt/shared/policy/policy";
import { priorityFor } from "@stipt/shared/priority/matrix";
import { judge } from "@stipt/shared/simulation/publication";
import { evaluate } from "@stipt/shared/sla/evaluate";
import { inOrder } from "@stipt/shared/sla/evaluation";
import type { Actor, Fact, FactBody, PriorityId } from "@stipt/shared/sla/fact";
import type { PriorityChoice } from "@stipt/shared/wire/api";
import { ServiceError } from "../errors.ts";
import { jobId } from "../queues.ts";
import type { StoredConnection, TicketRef } from "../store/store.ts";
import { decide } from "./decide.ts";
import { type EvaluatedTicket, evaluated } from "./evaluated.ts";
import type { Ports } from "./ports.ts";
import { record } from "./record.ts";

/** Who chooses: a name, and the role of the policies in which they act. */
export type Chooser = { name: string; as?: string };

/** How long after a choice it can still be taken back; the overlay offers it for less. */
const undoMs = 60_000;

/**
 * Chooses a cell of the matrix for a ticket: it holds at once in the ledger, and is written to the helpdesk next.
 * What holds may be another priority than the cell's: the policy says who may declare what.
 * Throws `unknown` (no such ticket) or `unreadable` (no such cell, or a justification is missing).
 */
export async function choosePriority(
	ref: TicketRef,
	choice: PriorityChoice,
	by: Chooser,
	ports: Ports,
): Promise<EvaluatedTicket> {
	const found = await knownTicket(ref, ports);
	const { priority } = chosen(found, choice);
	const { impact, urgency, justification, consensus } = choice;
	const id = `classified-${ports.time()}-${impact}-${urgency}`;
	const body: FactBody = {
		...{ kind: "classified", impact, urgency, priority, by: { kind: "agent", id: by.name } },
		...(justification === undefined ? {} : { justification }),
		...(consensus === undefined ? {} : { consensus }),
		...(by.as === undefined ? {} : { role: by.as }),
	};
	const agreed = consensus === undefined ? "" : `, consensus: ${consensus ? "yes" : "no"}`;
	const what = `chose ${impact} × ${urgency} = ${priority}${agreed}`;
	return set(found, { id, body, audit: { by: by.name, what, detail: justification ?? "" } }, ports);
}

/**
 * Takes back the choice that the same person made a moment ago, so that what held before it holds again.
 * Throws `unknown` (no such ticket) or `conflict` (nothing to take back, or somebody has had a say since).
 */
export async function undoPriority(ref: TicketRef, by: Chooser, ports: Ports): Promise<EvaluatedTicket> {
	const found = await knownTicket(ref, ports);
	const at = ports.time();
	// What comes back of our own writes is nobody's word.
	const said = inOrder(found.ticket.facts)
		.filter(isSay)
		.filter(({ by: { kind } }) => kind !== "us");
	const last = said.at(-1);
	if (last?.kind !== "classified" || last.by.id !== by.name || last.at < at - undoMs) {
		throw new ServiceError(
			"conflict",
			"Expected a choice of yours of less than a minute ago, found none, or a later one.",
		);
	}
	const isOfChoice = (fact: Fact) => fact.at >= last.at && isSay(fact) && fact.by.kind === "us";
	const facts = found.ticket.facts.filter((fact) => fact.id !== last.id && !isOfChoice(fact));
	const { priority, impact, urgency } = evaluate(facts, judge(found.timeline), at);
	const connection = await ports.connections.get(ref.connection);
	const earlier = said.at(-2);
	const actor = { kind: "agent", id: by.name } as const;
	const body: FactBody =
		earlier?.kind === "classified"
			? saidAgain(earlier, actor)
			: {
					kind: "priority-changed",
					label: labelOf(priority, connection, found.policy),
					priorities: [priority],
					takesBack: last.id,
					by: actor,
				};
	const what = `took back ${last.impact} × ${last.urgency}: ${priority} again`;
	return set(
		found,
		{ id: `undone-${last.id}`, body, audit: { by: by.name, what, detail: "" }, cell: { impact, urgency } },
		ports,
	);
}

type Setting = {
	id: string;
	body: FactBody;
	audit: { by: string; what: string; detail: string };
	/** What the helpdesk's own fields are to show, where that is not what the fact says. */
	cell?: { impact: string | null; urgency: string | null };
};

/** Records what was chosen, and sends what then holds to the helpdesk. */
async function set(found: EvaluatedTicket, { id, body, audit, cell }: Setting, ports: Ports): Promise<EvaluatedTicket> {
	const { ref, facts } = found.ticket;
	const at = ports.time();
	const then = evaluate([...facts, { ...body, id: `s-${id}`, at, seenAt: at }], judge(found.timeline), at);
	const label = labelOf(then.priority, await ports.connections.get(ref.connection), found.policy);
	await record(ref, id, body, ports);
	await ports.store.audit({ at, ...audit, ref });
	const { impact, urgency } = cell ?? then;
	const write = { kind: "set-priority", ...ref, fact: `s-${id}`, label, impact, urgency } as const;
	await ports.queues.add("action", write, { id: jobId("set-priority", ref.connection, ref.ticket, at) });
	return (await decide(ref, ports)) ?? found;
}

type Classified = Extract<Fact, { kind: "classified" }>;
type Say = Extract<Fact, { kind: "classified" | "priority-changed" | "assessed" }>;

/** Somebody had a say in the ticket's priority. */
export function isSay(fact: Fact): fact is Say {
	return fact.kind === "classified" || fact.kind === "priority-changed" || fact.kind === "assessed";
}

/** Who chose it first is no longer who says it. */
function saidAgain({ impact, urgency, priority, justification, role, consensus }: Classified, by: Actor): FactBody {
	return {
		...{ kind: "classified", impact, urgency, priority, by },
		...(justification === undefined ? {} : { justification }),
		...(role === undefined ? {} : { role }),
		...(consensus === undefined ? {} : { consensus }),
	};
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
