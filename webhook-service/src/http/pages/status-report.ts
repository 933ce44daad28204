import type { Instant } from "@stipt/shared/calendar/calendar";
import { type ComponentStatus, isOver, type PageEvent, type PageImpact } from "@stipt/shared/status/page-event";
import type { Language } from "@stipt/shared/wire/language";

/** Everything that the public status page shows, in any form. */
export type StatusReport = {
	/** Those that are open, and what ended in the past fortnight; older ones are left out. */
	events: PageEvent[];
	components: { name: string; status: ComponentStatus }[];
	language: Language;
	now: Instant;
	zone: string;
	title: string;
	/** Where this service is reached, without a trailing slash. */
	baseUrl: string;
};

const fortnightMs = 14 * 24 * 3600 * 1000;

/** Open incidents (newest first), open maintenance (soonest first) and what ended lately (newest first). */
export function sortEvents({ events, now }: Pick<StatusReport, "events" | "now">) {
	const open = events.filter((event) => !isOver(event));
	return {
		incidents: open.filter(({ kind }) => kind === "incident").sort((a, b) => b.startedAt - a.startedAt),
		maintenance: open.filter(({ kind }) => kind === "maintenance").sort((a, b) => beginOf(a) - beginOf(b)),
		past: events
			.filter((event) => isOver(event) && endOf(event) >= now - fortnightMs)
			.sort((a, b) => endOf(b) - endOf(a)),
	};
}

/** When an event that is over ended. */
export function endOf({ resolvedAt, updatedAt }: PageEvent): Instant {
	return resolvedAt ?? updatedAt;
}

/** When an event begins, or began. */
export function beginOf({ scheduledFor, startedAt }: PageEvent): Instant {
	return scheduledFor ?? startedAt;
}

/** From well to bad. */
const ranks = [
	"operational",
	"unknown",
	"under_maintenance",
	"degraded",
	"partial_outage",
	"major_outage",
] as const satisfies ComponentStatus[];

const byImpact: Record<PageImpact, ComponentStatus> = {
	none: "degraded",
	minor: "degraded",
	major: "partial_outage",
	critical: "major_outage",
	maintenance: "under_maintenance",
};

/** The worst of the components and of the open events: the page never says well while it lists an incident. */
export function overallState({ events, components }: Pick<StatusReport, "events" | "components">): ComponentStatus {
	const states = [
		...components.map(({ status }) => status),
		...events
			.filter((event) => !isOver(event) && event.status !== "scheduled")
			.map(({ kind, impact }) => (kind === "maintenance" ? "under_maintenance" : byImpact[impact])),
	];
	return ranks[Math.max(0, ...states.map((state) => ranks.indexOf(state)))] ?? "unknown";
}

/** The state of each component by the open events that touch it: the worst one counts. */
export function componentStates(names: readonly string[], events: readonly PageEvent[]): StatusReport["components"] {
	return names.map((name) => {
		const touching = events.filter(({ components }) => components.includes(name));
		return { name, status: overallState({ events: touching, components: [] }) };
	});
}

/** Title and texts in the reader's language where they are ours, else as they were written. */
export function titleOf({ words, title }: Pick<PageEvent, "words" | "title">, language: Language): string {
	return words?.[language] ?? title;
}

/** As `titleOf`, for an update. */
export function bodyOf({ words, body }: PageEvent["updates"][number], language: Language): string {
	return words?.[language] ?? body;
}
