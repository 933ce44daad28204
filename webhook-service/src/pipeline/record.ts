import type { Fact, FactBody } from "@stipt/shared/sla/fact";
import type { StoredAlert, TicketRef, Trouble } from "../store/store.ts";
import type { Ports } from "./ports.ts";

/**
 * Adds something that happened here to the ledger, now or `at` an instant before. `id` names it for ever, so that
 * recording twice is recording once.
 */
export async function record(
	ref: TicketRef,
	id: string,
	body: FactBody,
	{ store, time }: Ports,
	at = time(),
): Promise<void> {
	const fact: Fact = { ...body, id: `s-${id}`, at, seenAt: time() };
	await store.appendFacts(ref, [fact]);
}

/** Shows a person what was given up, on the ticket and in the list of troubles. */
export async function recordTrouble(
	ref: TicketRef,
	trouble: Pick<Trouble, "where" | "what">,
	{ store, time, log }: Ports,
): Promise<void> {
	await store.reportTrouble({ at: time(), ...trouble, ...ref });
	log.error({ ...ref, ...trouble }, "given up");
}

/** Keeps one receiver's receipt with its alert; a later one for the same receiver takes its place. */
export async function recordReceipt(
	alert: StoredAlert,
	receipt: StoredAlert["receipts"][number],
	{ store }: Ports,
): Promise<StoredAlert> {
	const receipts = [...alert.receipts.filter(({ key }) => key !== receipt.key), receipt];
	const updated = { ...alert, receipts };
	await store.saveAlert(updated);
	return updated;
}
