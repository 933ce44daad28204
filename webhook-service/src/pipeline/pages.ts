import type { PageEvent } from "@stipt/shared/status/page-event";
import { ServiceError } from "../errors.ts";
import { failure } from "../log.ts";
import type { StoredConnection } from "../store/store.ts";
import { enqueuePageNotes } from "./act-page.ts";
import { pageEventHash } from "./page-event-hash.ts";
import type { Ports } from "./ports.ts";

/**
 * Asks every status page what it says. What somebody else wrote there is kept, reaches the linked tickets as a note
 * and every agent as a banner; what we wrote ourselves comes back unchanged and is passed over.
 */
export async function readPages(ports: Ports): Promise<void> {
	const pages = await ports.connections.all("status-page");
	await Promise.all(
		pages.map(async (page) => {
			try {
				await readPage(page, ports);
				await ports.store.saveHealth(page.id, { lastContactAt: ports.time(), failure: null });
			} catch (error) {
				const message = error instanceof ServiceError ? error.message : "A fault of Stipt's own; see its log.";
				await ports.store.saveHealth(page.id, { failure: { at: ports.time(), message } });
				ports.log.warn({ connection: page.id, ...failure(error) }, "status page");
			}
		}),
	);
}

async function readPage(page: StoredConnection, ports: Ports): Promise<void> {
	const { bound } = await ports.connections.statusPage(page.id);
	for (const event of await bound.list(ports.time())) {
		const known = await ports.store.readPageEvent(page.id, event.id);
		const hash = pageEventHash(event);
		if (known?.hash === hash) continue;
		const kept: PageEvent = { ...event, origin: known?.event.origin ?? event.origin };
		await ports.store.savePageEvent(kept, hash);
		ports.log.info({ page: page.id, event: event.id, status: event.status }, "page changed by others");
		await enqueuePageNotes(kept, ports);
	}
}
