import type { MoveTo } from "@stipt/shared/policy/policy";
import { inOrder } from "@stipt/shared/sla/evaluation";
import type { Fact } from "@stipt/shared/sla/fact";
import { serviceOf } from "@stipt/shared/sla/terms";
import { jobId } from "../queues.ts";
import type { EvaluatedTicket } from "./evaluated.ts";
import type { Ports } from "./ports.ts";

/**
 * Has a ticket moved in the helpdesk, as a hand-over or a step of a ladder asks (`cause`: the fact that does). A line is
 * the first of its groups that belongs to the ticket's service, so that nothing else is promised from then on; a ticket
 * that is in any of them is where it should be.
 */
export async function enqueueMove(
	{ ticket, policy, evaluation }: EvaluatedTicket,
	{ line, group, owner }: MoveTo,
	cause: string,
	{ queues, time }: Ports,
): Promise<void> {
	const { ref } = ticket;
	const from = groupOf(ticket.facts);
	const service = policy.services.find(({ id }) => id === evaluation.service);
	const groups = (service?.lines.find(({ id }) => id === line)?.groups ?? []).filter(
		(each) => serviceOf(policy, each)?.id === service?.id,
	);
	const [first] = group === undefined ? groups : [group];
	const isThere = from !== null && (from === group || groups.includes(from));
	const to = {
		...(first === undefined || isThere ? {} : { group: first }),
		...(owner === undefined ? {} : { owner }),
	};
	if (Object.keys(to).length === 0) return;
	const id = jobId("move", ref.connection, ref.ticket, cause);
	await queues.add("action", { kind: "move", ...ref, cause, askedAt: time(), from, ...to }, { id });
}

/** The group or team that a ticket is in, in the helpdesk's own word; `null` when none was ever told. */
export function groupOf(facts: readonly Fact[]): string | null {
	const last = inOrder(facts.filter(({ kind }) => kind === "group-changed")).at(-1);
	return last?.kind === "group-changed" ? last.label : null;
}
