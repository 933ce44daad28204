import type { Instant } from "../calendar/calendar.ts";
import type { Outage, Work } from "./outage.ts";
import { isOver, type PageEvent, type PageEventStatus, type PageImpact } from "./page-event.ts";

/** What of a page's events makes a component unavailable. */
export type DownRule = {
	/** Impacts of an incident in which it counts as down; a slower service is not down. */
	impacts: readonly PageImpact[];
	/** Ids of the events that somebody else caused. */
	thirdParty: ReadonlySet<string>;
};

/** Times in which a component was down by what a page says: its incidents, and maintenance while it was going on. */
export function outagesOf(events: readonly PageEvent[], component: string, rule: DownRule): Outage[] {
	return events.flatMap((event): Outage[] => {
		if (!event.components.includes(component)) return [];
		const span = event.kind === "incident" ? incidentSpan(event, rule) : maintenanceSpan(event);
		const cause = rule.thirdParty.has(event.id) ? "third-party" : "own";
		return span === null ? [] : [{ ...span, cause }];
	});
}

/**
 * Maintenance of a component that a page announced, by its first word about it. What was called off is none, and so is
 * what has no planned end.
 */
export function workOn(events: readonly PageEvent[], component: string): Work[] {
	return events.flatMap(({ kind, status, components, updates, startedAt, scheduledFor, scheduledUntil }): Work[] => {
		if (kind !== "maintenance" || status === "cancelled" || !components.includes(component)) return [];
		if (scheduledFor === null || scheduledUntil === null) return [];
		return [{ announcedAt: updates[0]?.at ?? startedAt, start: scheduledFor, end: scheduledUntil }];
	});
}

type Span = { start: Instant; end: Instant | null };

function incidentSpan(event: PageEvent, { impacts }: DownRule): Span | null {
	return impacts.includes(event.impact) ? { start: event.startedAt, end: endOf(event) } : null;
}

/** From the word that it began, or from its plan where no such word was said, until the word that it ended. */
function maintenanceSpan(event: PageEvent): Span | null {
	const { status, scheduledFor, startedAt } = event;
	if (status === "scheduled" || status === "cancelled") return null;
	const began = saidAt(event, "in_progress") ?? scheduledFor ?? startedAt;
	return { start: began, end: endOf(event) };
}

function endOf(event: PageEvent): Instant | null {
	if (!isOver(event)) return null;
	return event.resolvedAt ?? saidAt(event, event.status) ?? event.updatedAt;
}

function saidAt({ updates }: PageEvent, status: PageEventStatus): Instant | null {
	return updates.find((update) => update.status === status)?.at ?? null;
}
