import type { Instant } from "../calendar/calendar.ts";
import type { Words } from "../wire/language.ts";

export type IncidentStatus = "investigating" | "identified" | "monitoring" | "resolved";
export type MaintenanceStatus = "scheduled" | "in_progress" | "verifying" | "completed" | "cancelled";
export type PageEventStatus = IncidentStatus | MaintenanceStatus;
export type PageImpact = "none" | "minor" | "major" | "critical" | "maintenance";
export type ComponentStatus =
	| "operational"
	| "degraded"
	| "partial_outage"
	| "major_outage"
	| "under_maintenance"
	| "unknown";

export type PageUpdate = {
	at: Instant;
	status: PageEventStatus;
	body: string;
	author: "us" | "them";
	/** The body in every language, where the words are ours. */
	words?: Words;
};

/** An incident or maintenance, the same whichever page it stands on. */
export type PageEvent = {
	/** The connection that holds it; `built-in` for our own page. */
	connection: string;
	/** The page's own id. */
	id: string;
	url: string | null;
	kind: "incident" | "maintenance";
	title: string;
	/** The title in every language, where the words are ours. */
	words?: Words;
	status: PageEventStatus;
	impact: PageImpact;
	/** Names of the components that it touches. */
	components: string[];
	startedAt: Instant;
	scheduledFor: Instant | null;
	scheduledUntil: Instant | null;
	resolvedAt: Instant | null;
	updatedAt: Instant;
	/** Newest last. */
	updates: PageUpdate[];
	/** Who opened it: a ticket of ours, or somebody on the page. */
	origin: "helpdesk" | "page";
};

/** Whether an event still asks for attention. */
export function isOver(event: PageEvent): boolean {
	return ["resolved", "completed", "cancelled"].includes(event.status);
}
