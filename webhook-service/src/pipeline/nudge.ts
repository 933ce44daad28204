import type { Instant } from "@stipt/shared/calendar/calendar";
import { jobId } from "../queues.ts";
import type { Store, TicketRef } from "../store/store.ts";
import type { Ports } from "./ports.ts";

/** A ticket is read for nudges no more often than this. */
const onceInMs = 1_000;
/** How long the answer waits for the reading, and how often that is looked for. */
const mostMs = 2_000;
const lookEveryMs = 25;

/**
 * Somebody saw a ticket change in the helpdesk: it is read back as after a delivery. Answers when it has been, so that
 * whoever asks then is told what is new; after two seconds in any case. A hint and never a fact, so it costs nothing
 * when it is wrong; one that follows another within a second is let go. Throws `unknown` (no such helpdesk).
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
	await untilRead(ref, receivedAt, store);
	return { queued: true };
}

async function untilRead(ref: TicketRef, since: Instant, store: Store): Promise<void> {
	for (const end = performance.now() + mostMs; performance.now() < end; ) {
		const { readAt } = await store.readTicket(ref);
		if (readAt !== null && readAt >= since) return;
		await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
	}
}
