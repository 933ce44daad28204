import { ServiceError } from "../errors.ts";
import { failure } from "../log.ts";
import { jobId } from "../queues.ts";
import type { StoredConnection } from "../store/store.ts";
import type { Ports } from "./ports.ts";

/** Longer than a transaction of a helpdesk takes to become visible. */
const overlapMs = 120_000;
/** How far back a newly connected helpdesk is read. */
const firstLookMs = 30 * 24 * 3600 * 1000;
const mostPages = 50;
/** A ticket that could not be read is asked for again after this long. */
const againAfterMs = 10 * 60_000;

/** Asks every helpdesk what changed since the last time, and reads the tickets that the webhooks did not tell of. */
export async function reconcile(ports: Ports): Promise<void> {
	const connections = await ports.connections.all("helpdesk");
	await Promise.all(
		connections.map(async (connection) => {
			try {
				await reconcileOne(connection, ports);
			} catch (error) {
				const message = error instanceof ServiceError ? error.message : "A fault of Stipt's own; see its log.";
				await ports.store.saveHealth(connection.id, { failure: { at: ports.time(), message } });
				ports.log.warn({ connection: connection.id, ...failure(error) }, "reconcile");
			}
		}),
	);
}

async function reconcileOne(connection: StoredConnection, ports: Ports): Promise<void> {
	const { store, time, queues } = ports;
	const startedAt = time();
	const { cursor } = await store.readHealth(connection.id);
	const { bound } = await ports.connections.helpdesk(connection.id);
	let since = cursor === null ? startedAt - firstLookMs : cursor - overlapMs;
	let found = 0;
	let behind = 0;
	for (let page = 0; page < mostPages; page += 1) {
		const { tickets, more } = await bound.changedSince(since, startedAt);
		const known = await store.readTickets(tickets.map(({ ticket }) => ({ connection: connection.id, ticket })));
		for (const [index, { ticket, updatedAt }] of tickets.entries()) {
			since = Math.max(since, updatedAt);
			found += 1;
			const seen = known[index]?.snapshot?.updatedAt;
			if (seen !== undefined && seen >= updatedAt) continue;
			behind += 1;
			await queues.add(
				"intake",
				{ connection: connection.id, ticket, cause: "poll", receivedAt: startedAt },
				{ id: jobId("poll", connection.id, ticket, updatedAt, Math.floor(startedAt / againAfterMs)) },
			);
		}
		if (!more) break;
	}
	await store.saveHealth(connection.id, { cursor: Math.max(cursor ?? 0, since), lastContactAt: time(), failure: null });
	if (behind > 0) ports.log.info({ connection: connection.id, found, behind }, "reconciled");
}
