import type { PageEvent } from "@stipt/shared/status/page-event";
import { z } from "zod";
import { statusPageRow } from "../../webhook-service/src/adapters/bind.ts";
import type { IncidentDraft } from "../../webhook-service/src/adapters/status-pages/status-page.ts";
import type { ServiceError } from "../../webhook-service/src/errors.ts";

/** A status page in memory. */
export function recordingPage(time: () => number) {
	const events = new Map<string, PageEvent>();
	const calls: { call: "open" | "update"; draft: IncidentDraft }[] = [];
	let failing: ServiceError | null = null;
	const eventOf = (id: string, draft: IncidentDraft): PageEvent => {
		const known = events.get(id);
		const now = time();
		return {
			...{ connection: "page", id, url: `https://page.example/${id}`, kind: "incident", title: draft.title },
			...{
				status: draft.status,
				impact: draft.impact,
				components: draft.components,
				startedAt: known?.startedAt ?? now,
			},
			...{
				scheduledFor: null,
				scheduledUntil: null,
				resolvedAt: draft.status === "resolved" ? now : null,
				updatedAt: now,
			},
			updates: [...(known?.updates ?? []), { at: now, status: draft.status, body: draft.body, author: "us" }],
			origin: "helpdesk",
		};
	};
	const row = statusPageRow({
		id: "statuspage",
		name: "Recording page",
		docs: "",
		settings: z.object({}),
		secrets: [],
		probe: async () => [],
		async open(draft) {
			if (failing !== null) throw failing;
			calls.push({ call: "open", draft });
			const event = eventOf(`i-${events.size + 1}`, draft);
			events.set(event.id, event);
			return event;
		},
		async update(id, draft) {
			if (failing !== null) throw failing;
			calls.push({ call: "update", draft });
			const event = eventOf(id, draft);
			events.set(id, event);
			return event;
		},
		async list() {
			if (failing !== null) throw failing;
			return [...events.values()];
		},
	});
	return {
		row,
		calls,
		events,
		fail(error: ServiceError | null) {
			failing = error;
		},
		/** Somebody writes on the page itself. */
		write(event: PageEvent) {
			events.set(event.id, event);
		},
	};
}
