import type { TicketReading } from "../adapters/helpdesks/helpdesk.ts";
import type { TicketRef } from "../store/store.ts";
import type { Ports } from "./ports.ts";
import { recordTrouble } from "./record.ts";

/** As long as a form that was opened before our write may still be sent with what it showed then. */
const watchedMs = 10 * 60_000;

/**
 * Says so when a priority that we wrote is soon after what it was before: most often a form that was open meanwhile and
 * sent its old values along. It is shown once and not fought over: what the helpdesk says holds.
 */
export async function doubtOverwritten(
	ref: TicketRef,
	{ snapshot }: Extract<TicketReading, { found: true }>,
	ports: Ports,
): Promise<void> {
	const { store, time } = ports;
	const expected = await store.readExpected(ref);
	if (expected === null) return;
	const { label, before, at } = expected;
	const now = time();
	if (snapshot.priorityLabel === label && now - at <= watchedMs) return;
	await store.saveExpected(ref, null);
	if (snapshot.priorityLabel !== before || now - at > watchedMs) return;
	await store.saveDoubt(ref, { reason: "write-conflict", since: now });
	await store.count(ref.connection, "conflicts");
	const what = `Expected the priority "${label}" that was chosen through Stipt, found "${before}" again: somebody, or a form that was open meanwhile, put it back.`;
	await recordTrouble(ref, { where: "the priority in the helpdesk", what }, ports);
}
