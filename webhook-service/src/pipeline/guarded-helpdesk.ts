import type { Fact } from "@stipt/shared/sla/fact";
import type { HelpdeskRow } from "../adapters/bind.ts";
import type { Write, WriteReceipt } from "../adapters/helpdesks/helpdesk.ts";
import type { Store, StoredConnection, StoredTicket, TicketRef } from "../store/store.ts";
import type { Breaker } from "./breaker.ts";
import { traceAddress } from "./trace.ts";

type Bound = ReturnType<HelpdeskRow["bind"]>;

/** What was learned here and nowhere else: recorded by this service. */
export function isOwn({ id }: Pick<Fact, "id">): boolean {
	return id.startsWith("s-");
}

/**
 * A helpdesk behind its breaker. Notes get a trace of what only we know, and writes are counted: one that nothing but
 * another write of ours has caused is a loop, which must never be.
 */
export function guardedHelpdesk(
	row: HelpdeskRow,
	bound: Bound,
	connection: StoredConnection,
	{ breaker, store, publicUrl }: { breaker: Breaker; store: Store; publicUrl: string },
): Bound {
	const guarded = <Given extends unknown[], Answer>(ask: (...given: Given) => Promise<Answer>) => {
		return (...given: Given) => breaker.run(connection.id, () => ask(...given));
	};

	async function write(ticket: string, asked: Write, now: number): Promise<WriteReceipt> {
		const ref = { connection: connection.id, ticket };
		const known = await store.readTicket(ref);
		const traced = asked.kind === "note" ? { ...asked, trace: await traceOf(ref, known) } : asked;
		const receipt = await breaker.run(connection.id, () => bound.write(ticket, traced, now));
		if (receipt.outcome === "written") await counted(ref, asked, known);
		return receipt;
	}

	async function traceOf(ref: TicketRef, known: StoredTicket): Promise<string> {
		const alerts = await store.ticketAlerts(ref);
		const facts = known.facts.filter((fact) => isOwn(fact) || row.forgets(fact));
		return traceAddress(publicUrl, ref, { facts, alerts });
	}

	async function counted(ref: TicketRef, asked: Write, known: StoredTicket): Promise<void> {
		await store.count(connection.id, "writes");
		if (asked.kind === "note") return;
		const causes = causesOf(known.facts, asked.kind);
		const before = await store.readWritten(ref, asked.kind);
		await store.saveWritten(ref, asked.kind, causes);
		if (before !== null && before === causes) await store.count(connection.id, "loops");
	}

	return {
		...bound,
		read: guarded(bound.read),
		changedSince: guarded(bound.changedSince),
		present: guarded(bound.present),
		listed: guarded(bound.listed),
		write,
	};
}

/**
 * How many things others did there, or people through us: what a write of ours may answer. A step that was taken may
 * move a ticket, and with it the deadline that is shown.
 */
export function causesOf(facts: readonly Fact[], kind: Write["kind"]): number {
	return facts.filter((fact) => {
		if (isOwn(fact)) return fact.kind !== "alerted" || kind === "move" || kind === "set-deadline";
		return !("by" in fact && typeof fact.by === "object" && fact.by.kind === "us");
	}).length;
}
