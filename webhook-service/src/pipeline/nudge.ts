import { jobId } from "../queues.ts";
import type { TicketRef } from "../store/store.ts";
import type { Ports } from "./ports.ts";

/** A ticket is read for nudges no more often than this. */
const onceInMs = 1_000;

/**
 * Somebody saw a ticket change in the helpdesk: it is read back as after a delivery. A hint and never a fact, so it
 * costs nothing when it is wrong; one that follows another within a second is let go. Throws `unknown` (no such
 * helpdesk).
 */
export async function nudge(ref: TicketRef, ports: Ports): Promise<{ queued: boolean }> {
	const { store, queues, time, connections } = ports;
	await connections.helpdesk(ref.connection);
	// Nobody gives it back: it opens by itself when its time is over.
	const isFirst = (await store.lock(`nudge-${ref.connection}-${ref.ticket}`, onceInMs)) !== null;
	if (!isFirst) return { queued: false };
	const receivedAt = time();
	const id = jobId("nudge", ref.connection, ref.ticket, receivedAt);
	await queues.add("intake", { ...ref, cause: "nudge", receivedAt }, { id });
	return { queued: true };
}
