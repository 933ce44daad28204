import type { TicketReading } from "../adapters/helpdesks/helpdesk.ts";
import type { Expected, ExpectedField, TicketRef } from "../store/store.ts";
import { groupOf } from "./enqueue-move.ts";
import type { Ports } from "./ports.ts";
import { recordTrouble } from "./record.ts";

/** As long as a form that was opened before our write may still be sent with what it showed then. */
const watchedMs = 10 * 60_000;

/**
 * Says so when a priority or a group that we wrote is soon after what it was before: most often a form that was open
 * meanwhile and sent its old values along. It is shown once and not fought over: what the helpdesk says holds.
 */
export async function doubtOverwritten(
	ref: TicketRef,
	{ snapshot }: Extract<TicketReading, { found: true }>,
	ports: Ports,
): Promise<void> {
	const { priority, group } = await ports.store.readExpected(ref);
	if (priority !== null)
		await compare(ref, { field: "priority", expected: priority, now: snapshot.priorityLabel }, ports);
	if (group !== null) {
		const { facts } = await ports.store.readTicket(ref);
		await compare(ref, { field: "group", expected: group, now: groupOf(facts) }, ports);
	}
}

async function compare(
	ref: TicketRef,
	{ field, expected, now: found }: { field: ExpectedField; expected: Expected; now: string | null },
	{ store, time, ...ports }: Ports,
): Promise<void> {
	const { label, before, at } = expected;
	const now = time();
	if (found === label && now - at <= watchedMs) return;
	await store.saveExpected(ref, field, null);
	if (found !== before || now - at > watchedMs) return;
	await store.saveDoubt(ref, { reason: "write-conflict", since: now });
	await store.count(ref.connection, "conflicts");
	const what = `Expected the ${field} "${label}" that was chosen through Stipt, found "${before}" again: somebody, or a form that was open meanwhile, put it back.`;
	await recordTrouble(ref, { where: `the ${field} in the helpdesk`, what }, { store, time, ...ports });
}
