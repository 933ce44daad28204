import type { PageEvent } from "@stipt/shared/status/page-event";
import { sha256 } from "../verify.ts";

/** What a page event says, as a hash: equal when nothing that a person reads has changed. */
export function pageEventHash(event: PageEvent): string {
	const { title, status, impact, components, scheduledFor, scheduledUntil, updates } = event;
	const texts = updates.map((update) => [update.status, update.body.trim()]);
	return sha256(JSON.stringify([title, status, impact, [...components].sort(), scheduledFor, scheduledUntil, texts]));
}
