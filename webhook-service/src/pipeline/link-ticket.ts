import { ServiceError } from "../errors.ts";
import { jobId } from "../queues.ts";
import type { TicketRef } from "../store/store.ts";
import { pageEventHash } from "./page-event-hash.ts";
import type { Ports } from "./ports.ts";
import { record } from "./record.ts";

/** Links a ticket to a page event: from now on it hears as a note what the page says. Throws `unknown`. */
export async function linkTicket(
	ref: TicketRef,
	{ connection, event }: { connection: string; event: string },
	by: string,
	ports: Ports,
): Promise<void> {
	const { store, queues, time } = ports;
	const known = await store.readPageEvent(connection, event);
	if (known === null)
		throw new ServiceError("unknown", `Expected an event of page ${connection}, found none of id ${event}.`);
	const links = await store.ticketsOfPageEvent(connection, event);
	if (links.some((link) => link.ref.connection === ref.connection && link.ref.ticket === ref.ticket)) return;
	await store.linkPageEvent({ ref, connection, event, role: "affected" });
	await record(
		ref,
		`page-link-${connection}-${event}`,
		{ kind: "page-event-linked", connection, event, role: "affected" },
		ports,
	);
	await store.audit({ at: time(), by, what: "linked to page event", ref, detail: `${connection} ${event}` });
	const mark = pageEventHash(known.event).slice(0, 12);
	await queues.add(
		"action",
		{ kind: "page-note", ...ref, page: connection, event, mark },
		{ id: jobId("page-note", ref.connection, ref.ticket, connection, event, mark) },
	);
}
