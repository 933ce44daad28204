import type { Instant } from "@stipt/shared/calendar/calendar";
import { isOver, type PageEvent, type PageEventStatus } from "@stipt/shared/status/page-event";
import { z } from "zod";
import { sha256 } from "../../verify.ts";

/** Names that Statuspage gives to what we call otherwise. `postmortem` is written after the end. */
const statuses: Record<string, PageEventStatus> = {
	...{ investigating: "investigating", identified: "identified", monitoring: "monitoring" },
	...{ resolved: "resolved", postmortem: "resolved" },
	...{ scheduled: "scheduled", in_progress: "in_progress", verifying: "verifying", completed: "completed" },
};

const text = z.string();
const update = z.looseObject({
	status: text,
	body: text.nullish(),
	display_at: text.nullish(),
	created_at: text,
});
const component = z.looseObject({ id: text, name: text });

/** What we read of an incident; the rest is let through. */
export const incident = z.looseObject({
	id: text,
	name: text,
	status: text,
	impact: z.enum(["none", "minor", "major", "critical", "maintenance"]).catch("none"),
	created_at: text,
	started_at: text.nullish(),
	updated_at: text.nullish(),
	resolved_at: text.nullish(),
	scheduled_for: text.nullish(),
	scheduled_until: text.nullish(),
	shortlink: text.nullish(),
	metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
	components: z.array(component).nullish(),
	incident_updates: z.array(update).nullish(),
});
export type Incident = z.infer<typeof incident>;

/** Our part of an incident's metadata: whose it is, and which of its updates we wrote. */
const ours = z.object({ mark: text, wrote: text.catch("") });

/** Our mark on an incident, or `null` when somebody on the page opened it. */
export function markOf({ metadata }: Incident): string | null {
	return ours.safeParse(metadata?.stipt).data?.mark ?? null;
}

/**
 * Metadata that says an incident is ours, with one more update that is. It travels to everybody who follows the
 * page, so it holds an opaque mark and fingerprints, and values must be objects.
 */
export function metadataWith(
	mark: string,
	written: { status: string; body: string },
	before?: Incident,
): Record<string, unknown> {
	const wrote = [...fingerprintsOf(before), fingerprint(written)].slice(-mostFingerprints).join(" ");
	return { ...before?.metadata, stipt: { mark, wrote } };
}

const mostFingerprints = 30;

/** The newest update, or `null` when there is none. */
export function newestUpdate({ incident_updates }: Incident): { status: string; body: string } | null {
	const newest = [...(incident_updates ?? [])].sort((a, b) => said(b) - said(a))[0];
	return newest === undefined ? null : { status: newest.status, body: newest.body ?? "" };
}

/** Whether an update says this already; white space does not count. */
export function saysSame(update: { status: string; body: string }, draft: { status: string; body: string }): boolean {
	return fingerprint(update) === fingerprint(draft);
}

/** An incident as every status page has it. A status that we do not know leaves the last known one. */
export function eventOf(found: Incident, connection: string): PageEvent {
	const fingerprints = new Set(fingerprintsOf(found));
	const updates = [...(found.incident_updates ?? [])]
		.sort((a, b) => said(a) - said(b))
		.flatMap(({ body, status: name, ...at }) => {
			const status = statuses[name];
			const author = fingerprints.has(fingerprint({ status: name, body: body ?? "" })) ? "us" : "them";
			return status === undefined ? [] : [{ at: said(at), status, body: body ?? "", author } as const];
		});
	const isMaintenance = found.scheduled_for != null;
	const status = statuses[found.status] ?? updates.at(-1)?.status ?? (isMaintenance ? "scheduled" : "investigating");
	const scheduledFor = instantOf(found.scheduled_for);
	const createdAt = instantOf(found.created_at) ?? 0;
	const updatedAt = instantOf(found.updated_at) ?? updates.at(-1)?.at ?? createdAt;
	const event: PageEvent = {
		connection,
		id: found.id,
		url: found.shortlink ?? null,
		kind: isMaintenance ? "maintenance" : "incident",
		title: found.name,
		status,
		impact: isMaintenance ? "maintenance" : found.impact,
		components: (found.components ?? []).map(({ name }) => name),
		startedAt: (isMaintenance ? scheduledFor : instantOf(found.started_at)) ?? createdAt,
		scheduledFor,
		scheduledUntil: instantOf(found.scheduled_until),
		resolvedAt: instantOf(found.resolved_at),
		updatedAt,
		updates,
		origin: markOf(found) === null ? "page" : "helpdesk",
	};
	return isOver(event) ? { ...event, resolvedAt: event.resolvedAt ?? updatedAt } : event;
}

function said({ display_at, created_at }: { display_at?: string | null | undefined; created_at: string }): Instant {
	return instantOf(display_at) ?? instantOf(created_at) ?? 0;
}

function instantOf(written: string | null | undefined): Instant | null {
	const instant = Date.parse(written ?? "");
	return Number.isNaN(instant) ? null : instant;
}

function fingerprintsOf(found: Incident | undefined): string[] {
	const wrote = ours.safeParse(found?.metadata?.stipt).data?.wrote ?? "";
	return wrote.split(" ").filter((part) => part !== "");
}

function fingerprint({ status, body }: { status: string; body: string }): string {
	return sha256(`${statuses[status] ?? status}\n${body.replace(/\s+/g, " ").trim()}`).slice(0, 12);
}
