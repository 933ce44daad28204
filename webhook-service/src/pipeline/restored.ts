import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Fact } from "@stipt/shared/sla/fact";
import type { TicketReading, TicketSnapshot } from "../adapters/helpdesks/helpdesk.ts";
import { jobId } from "../queues.ts";
import type { StoredTicket, TicketRef } from "../store/store.ts";
import { isOwn } from "./guarded-helpdesk.ts";
import type { Ports } from "./ports.ts";

type Found = Extract<TicketReading, { found: true }>;

/** Helpdesks that cut to the second, and two readings of one second. */
const toleranceMs = 2000;
const mostTickets = 100_000;

const writtenAt = ({ writtenAt: at, updatedAt }: TicketSnapshot): Instant => at ?? updatedAt;

/** The ticket's last write lies before one that we have read, or its number now belongs to another ticket. */
export function wentBack(known: StoredTicket, { snapshot, facts }: Found): boolean {
	if (known.snapshot === null) return false;
	return writtenAt(snapshot) < writtenAt(known.snapshot) - toleranceMs || isAnother(known.facts, facts);
}

/** Tickets are opened once: with another date of opening it is another ticket under the same number. */
function isAnother(known: readonly Fact[], now: readonly Fact[]): boolean {
	const opened = (facts: readonly Fact[]) => facts.find(({ kind }) => kind === "opened")?.at;
	const [before, after] = [opened(known), opened(now)];
	return before !== undefined && after !== undefined && Math.abs(before - after) > toleranceMs;
}

/**
 * The helpdesk was restored from a backup. What it no longer says did not happen: the ledger is built anew from what it
 * says now, with what was done through us, unless another ticket has the number now. Everything that we read after that
 * point is read again, and people are told.
 */
export async function takeBack(
	ref: TicketRef,
	known: StoredTicket,
	reading: Found,
	now: Instant,
	ports: Ports,
): Promise<void> {
	const { store, log } = ports;
	const own = isAnother(known.facts, reading.facts) ? [] : known.facts.filter(isOwn);
	const said = reading.facts.filter((fact) => !isOwn(fact));
	await store.replaceFacts(ref, [...said, ...own]);
	await store.saveDoubt(ref, { reason: "restored", since: now });
	await store.count(ref.connection, "restored");
	const to = reading.snapshot.updatedAt;
	const from = known.snapshot?.updatedAt ?? now;
	log.warn(
		{ ...ref, from: new Date(from).toISOString(), to: new Date(to).toISOString() },
		"helpdesk went back in time",
	);
	const { restored, cursor } = await store.readHealth(ref.connection);
	if (restored !== null && restored.to <= to && now - restored.at < 24 * 3600 * 1000) return;
	await store.saveHealth(ref.connection, { restored: { at: now, ticket: ref.ticket, from, to } });
	if (cursor !== null) await store.saveHealth(ref.connection, { cursor: Math.min(cursor, to) });
	await store.reportTrouble({
		...{ at: now, ...ref, where: "the helpdesk itself" },
		what: `It went back in time (a restored backup?): ticket ${ref.ticket} was last changed ${iso(from)}, and is now as of ${iso(to)}. Everything since is read again; what happened in between is gone there, and here.`,
	});
	for (const { ticket } of await store.knownSince(ref.connection, to, mostTickets)) {
		if (ticket === ref.ticket) continue;
		const id = jobId("restored", ref.connection, ticket, to);
		await ports.queues.add("intake", { connection: ref.connection, ticket, cause: "poll", receivedAt: now }, { id });
	}
}

const iso = (at: Instant) => new Date(at).toISOString();
