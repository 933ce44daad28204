import type { PageEvent } from "@stipt/shared/status/page-event";
import { bodyOf, overallState, type StatusReport, sortEvents, titleOf } from "./status-report.ts";

/** The public status page as JSON: instants are ISO 8601 in UTC, states are our own words, texts are in one language. */
export function statusJson(report: StatusReport): string {
	const { incidents, maintenance, past } = sortEvents(report);
	const { language, title, baseUrl, zone, now, components } = report;
	const describe = (event: PageEvent) => describeEvent(event, report);
	return JSON.stringify(
		{
			page: { title, url: `${baseUrl}/status`, language, zone, asOf: iso(now) },
			status: overallState(report),
			components: components.map(({ name, status }) => ({ name, status })),
			incidents: incidents.map(describe),
			maintenance: maintenance.map(describe),
			past: past.map(describe),
		},
		null,
		"\t",
	);
}

function describeEvent(event: PageEvent, { language }: StatusReport) {
	return {
		id: event.id,
		kind: event.kind,
		title: titleOf(event, language),
		status: event.status,
		impact: event.impact,
		components: event.components,
		url: event.url,
		startedAt: iso(event.startedAt),
		scheduledFor: iso(event.scheduledFor),
		scheduledUntil: iso(event.scheduledUntil),
		resolvedAt: iso(event.resolvedAt),
		updatedAt: iso(event.updatedAt),
		updates: event.updates.map((update) => ({
			at: iso(update.at),
			status: update.status,
			body: bodyOf(update, language),
		})),
	};
}

function iso(instant: number | null): string | null {
	return instant === null ? null : new Date(instant).toISOString();
}
