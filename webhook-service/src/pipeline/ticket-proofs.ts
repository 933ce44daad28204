import { judge } from "@stipt/shared/simulation/publication";
import type { Proof } from "@stipt/shared/sla/proof/proof";
import { proofsOf } from "@stipt/shared/sla/proof/proofs-of";
import type { EvaluatedTicket } from "./evaluated.ts";
import type { Ports } from "./ports.ts";

/** Edition of the time zone database that this process reckons with. */
const tzData = process.versions.tz ?? "unknown";

/** The proof of every clock of a ticket as it stands now, earlier cycles first. */
export function ticketProofs({ ticket, timeline }: EvaluatedTicket, { time }: Pick<Ports, "time">): Proof[] {
	const { ref, snapshot, facts } = ticket;
	const number = snapshot?.number ?? ref.ticket;
	return proofsOf(facts, judge(timeline), time(), { tzData, ticket: { ...ref, number } });
}
