import type { Fact } from "@stipt/shared/sla/fact";
import type { TicketRef } from "../store/store.ts";
import { isOwn } from "./guarded-helpdesk.ts";
import type { Ports } from "./ports.ts";

/** Longer than a delivery is under way: Zammad's take up to 7 s, and with one retry 20. */
export const underWayMs = 30_000;

/** Counts what a poll found and no delivery told of; deliveries must have come before, and this must be no first look. */
export async function recordLost(ref: TicketRef, added: readonly Fact[], ports: Ports): Promise<void> {
	const { store, time, log } = ports;
	const { createdAt } = await ports.connections.get(ref.connection);
	const { lastDeliveryAt } = await store.readHealth(ref.connection);
	const late = time() - underWayMs;
	const lost = added.filter((fact) => !isOwn(fact) && fact.at > createdAt && fact.at < late);
	if (lastDeliveryAt === null || lost.length === 0) return;
	await store.count(ref.connection, "lost-tickets");
	await store.count(ref.connection, "lost-facts", lost.length);
	log.warn({ ...ref, lost: lost.map(({ kind }) => kind) }, "no delivery told of this");
}
