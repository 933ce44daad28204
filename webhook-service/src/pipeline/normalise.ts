import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Fact } from "@stipt/shared/sla/fact";
import { ServiceError } from "../errors.ts";
import type { TicketRef } from "../store/store.ts";
import type { Ports } from "./ports.ts";

/**
 * Asks the helpdesk what happened to a ticket and adds what is new to its ledger. A delivery is only a
 * hint: what the helpdesk answers now is what is believed.
 */
export async function normalise(ref: TicketRef, ports: Ports): Promise<void> {
	const { store, time } = ports;
	const { bound } = await ports.connections.helpdesk(ref.connection);
	const known = await store.readTicket(ref);
	const now = time();
	const reading = await bound.read(ref.ticket, known.facts, now);
	await store.saveHealth(ref.connection, { lastContactAt: now, failure: null });
	const facts = reading.found ? reading.facts : known.facts.length > 0 ? [gone(now)] : [];
	if (!reading.found && known.facts.length === 0) {
		await store.reportTrouble({
			at: now,
			where: "reading a ticket back",
			what: "The helpdesk has no such ticket, or does not show it to us. Nothing is measured for it.",
			connection: ref.connection,
			ticket: ref.ticket,
		});
		return;
	}
	await store.appendFacts(ref, facts);
	if (reading.found) await store.saveReading(ref, { snapshot: reading.snapshot, readAt: now });
	if (known.doubt?.reason === "not-read-back") await store.saveDoubt(ref, null);
}

function gone(now: Instant): Fact {
	return { id: "gone", kind: "deleted", at: now, seenAt: now, by: { kind: "system" } };
}

/** A ticket could not be read back: says so on the ticket and on the connection, and passes the failure on. */
export async function doubtReading(ref: TicketRef, error: unknown, ports: Ports): Promise<void> {
	const { store, time } = ports;
	const at = time();
	const message = error instanceof ServiceError ? error.message : "A fault of Stipt's own; see its log.";
	await store.saveHealth(ref.connection, { failure: { at, message } });
	const { doubt, facts } = await store.readTicket(ref);
	if (facts.length > 0 && doubt === null) await store.saveDoubt(ref, { reason: "not-read-back", since: at });
}
