import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Fact } from "@stipt/shared/sla/fact";
import type { HelpdeskRow } from "../adapters/bind.ts";
import type { TicketReading } from "../adapters/helpdesks/helpdesk.ts";
import { ServiceError } from "../errors.ts";
import type { StoredTicket, TicketRef } from "../store/store.ts";
import { doubtOverwritten } from "./overwritten.ts";
import type { Ports } from "./ports.ts";
import { recovered } from "./recover.ts";
import { takeBack, wentBack } from "./restored.ts";

type Found = Extract<TicketReading, { found: true }>;

/**
 * Asks the helpdesk what happened to a ticket and adds what is new to its ledger; answers that. A delivery is only a
 * hint: what the helpdesk answers now is what is believed. A ticket of which nothing is known yet gets back what our
 * own notes in it still tell.
 */
export async function normalise(ref: TicketRef, ports: Ports): Promise<{ added: Fact[]; found: boolean }> {
	const { store, time } = ports;
	const { bound, row } = await ports.connections.helpdesk(ref.connection);
	const known = await store.readTicket(ref);
	const now = time();
	const reading = await bound.read(ref.ticket, known.facts, now);
	await store.saveHealth(ref.connection, { lastContactAt: now, failure: null });
	if (!reading.found) {
		const added = await missing(ref, known, now, ports);
		await store.dropUnread(ref, now);
		return { added, found: false };
	}
	if (wentBack(known, reading)) {
		await takeBack(ref, known, reading, now, ports);
		await kept(ref, reading, now, ports);
		return { added: [], found: true };
	}
	const facts =
		known.facts.length > 0
			? reading.facts
			: await withRecovered(ref, reading, row, (own) => bound.read(ref.ticket, own, now), ports);
	const { added } = await store.appendFacts(ref, facts);
	await kept(ref, reading, now, ports);
	const settledDoubts = ["not-read-back", "gap", "restored"];
	if (known.doubt !== null && settledDoubts.includes(known.doubt.reason)) await store.saveDoubt(ref, null);
	await doubtOverwritten(ref, reading, ports);
	return { added, found: true };
}

async function kept(ref: TicketRef, { snapshot }: Found, readAt: Instant, { store }: Ports): Promise<void> {
	await Promise.all([store.saveReading(ref, { snapshot, readAt }), store.dropUnread(ref, readAt)]);
}

/** What the helpdesk says, and what our notes there say. What it keeps no history of is compared with what they say. */
async function withRecovered(
	ref: TicketRef,
	reading: Found,
	row: HelpdeskRow,
	readAgain: (known: Fact[]) => Promise<TicketReading>,
	ports: Ports,
): Promise<Fact[]> {
	const own = await recovered(ref, reading.notes ?? [], ports);
	if (own.length === 0) return reading.facts;
	if (!own.some((fact) => row.forgets(fact))) return [...reading.facts, ...own];
	const again = await readAgain(own);
	return again.found ? [...again.facts, ...own] : [...reading.facts, ...own];
}

async function missing(ref: TicketRef, known: StoredTicket, now: Instant, { store }: Ports): Promise<Fact[]> {
	if (known.facts.length > 0) {
		await store.forgetKnown(ref);
		return (await store.appendFacts(ref, [gone(now)])).added;
	}
	await store.reportTrouble({
		at: now,
		where: "reading a ticket back",
		what: "The helpdesk has no such ticket, or does not show it to us. Nothing is measured for it.",
		connection: ref.connection,
		ticket: ref.ticket,
	});
	return [];
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
