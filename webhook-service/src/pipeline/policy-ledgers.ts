import type { Ledger } from "@stipt/shared/simulation/ledger";
import { judgesOf } from "./evaluated.ts";
import type { Ports } from "./ports.ts";

/** Every kept ledger of a connection with the versions that judge it, one after another. A ticket comes once. */
export async function* keptLedgers(connection: string, ports: Ports): AsyncGenerator<Ledger> {
	const { store, connections } = ports;
	const { createdAt: heardSince } = await connections.get(connection);
	const seen = new Set<string>();
	let from: string | null = null;
	do {
		const { refs, next } = await store.allTickets(connection, from);
		const fresh = refs.filter(({ ticket }) => !seen.has(ticket));
		for (const { ticket } of fresh) seen.add(ticket);
		for (const ticket of await store.readTickets(fresh)) {
			if (ticket.facts.length === 0) continue;
			const { timeline } = await judgesOf(ticket, ports);
			yield { connection, ticket: ticket.ref.ticket, facts: ticket.facts, inForce: timeline, heardSince };
		}
		from = next;
	} while (from !== null);
}
