import { randomBytes } from "node:crypto";

export const realtimeStatuses = ["investigating", "identified", "monitoring", "resolved"] as const;
export const scheduledStatuses = ["scheduled", "in_progress", "verifying", "completed"] as const;
export const componentStatuses = [
	"operational",
	"under_maintenance",
	"degraded_performance",
	"partial_outage",
	"major_outage",
] as const;
export type ComponentStatus = (typeof componentStatuses)[number];
export const impacts = ["none", "maintenance", "minor", "major", "critical"] as const;
export type Impact = (typeof impacts)[number];

export type Component = { id: string; name: string; status: ComponentStatus; created_at: string; updated_at: string };

export type AffectedComponent = {
	code: string;
	name: string;
	old_status: ComponentStatus;
	new_status: ComponentStatus;
};

export type IncidentUpdate = {
	id: string;
	incident_id: string;
	status: string;
	body: string;
	display_at: string;
	created_at: string;
	updated_at: string;
	deliver_notifications: boolean;
	affected_components: AffectedComponent[] | null;
};

export type Incident = {
	id: string;
	page_id: string;
	name: string;
	status: string;
	impact: Impact;
	impact_override: Impact | null;
	created_at: string;
	updated_at: string;
	started_at: string;
	monitoring_at: string | null;
	resolved_at: string | null;
	shortlink: string;
	scheduled_for: string | null;
	scheduled_until: string | null;
	scheduled_remind_prior: boolean;
	scheduled_auto_in_progress: boolean;
	scheduled_auto_completed: boolean;
	metadata: Record<string, unknown>;
	component_ids: string[];
	/** Newest first. */
	incident_updates: IncidentUpdate[];
};

export type PageState = {
	page: { id: string; name: string };
	key: string;
	components: Component[];
	incidents: Incident[];
};

/** What somebody wants of an incident; a key that is absent stays as it is. */
export type IncidentWish = {
	name?: string;
	status?: string;
	body?: string;
	impact_override?: Impact | null;
	components?: Record<string, ComponentStatus>;
	component_ids?: string[];
	metadata?: Record<string, unknown>;
	scheduled_for?: string;
	scheduled_until?: string;
	deliver_notifications?: boolean;
};

const id = (): string => randomBytes(6).toString("hex");

/** A page with its components, all of them working. */
export function firstPage(name: string, components: readonly string[], now: string): PageState {
	return {
		page: { id: id(), name },
		key: randomBytes(24).toString("hex"),
		components: components.map((component) => ({
			id: id(),
			name: component,
			status: "operational",
			created_at: now,
			updated_at: now,
		})),
		incidents: [],
	};
}

const worth: Record<ComponentStatus, Impact> = {
	operational: "none",
	under_maintenance: "maintenance",
	degraded_performance: "minor",
	partial_outage: "major",
	major_outage: "critical",
};

/** What an incident weighs by the components it stands on. */
function impactOf(state: PageState, incident: Incident): Impact {
	if (incident.impact_override) return incident.impact_override;
	const found = state.components
		.filter((component) => incident.component_ids.includes(component.id))
		.map((component) => impacts.indexOf(worth[component.status]));
	return impacts[Math.max(0, ...found)] ?? "none";
}

function setComponents(state: PageState, wish: IncidentWish, now: string): AffectedComponent[] {
	return Object.entries(wish.components ?? {}).flatMap(([code, status]) => {
		const component = state.components.find((candidate) => candidate.id === code);
		if (!component) return [];
		const old_status = component.status;
		component.status = status;
		component.updated_at = now;
		return [{ code, name: component.name, old_status, new_status: status }];
	});
}

function say(state: PageState, incident: Incident, wish: IncidentWish, now: string): void {
	const affected = setComponents(state, wish, now);
	if (wish.status !== undefined || wish.body !== undefined) {
		incident.status = wish.status ?? incident.status;
		incident.incident_updates.unshift({
			id: id(),
			incident_id: incident.id,
			status: incident.status,
			body: wish.body ?? "",
			display_at: now,
			created_at: now,
			updated_at: now,
			deliver_notifications: wish.deliver_notifications ?? true,
			affected_components: affected.length > 0 ? affected : null,
		});
	}
	const over = incident.status === "resolved" || incident.status === "completed";
	incident.resolved_at = over ? (incident.resolved_at ?? now) : null;
	if (incident.status === "monitoring") incident.monitoring_at ??= now;
	if (!over) incident.impact = impactOf(state, incident);
	incident.updated_at = now;
}

/** Opens an incident or a maintenance. */
export function openIncident(
	state: PageState,
	wish: IncidentWish & { name: string },
	url: string,
	now: string,
): Incident {
	const own = id();
	const scheduled = wish.scheduled_for !== undefined;
	const incident: Incident = {
		id: own,
		page_id: state.page.id,
		name: wish.name,
		status: scheduled ? "scheduled" : "investigating",
		impact: "none",
		impact_override: wish.impact_override ?? null,
		created_at: now,
		updated_at: now,
		started_at: now,
		monitoring_at: null,
		resolved_at: null,
		shortlink: `${url}/incidents/${own}`,
		scheduled_for: wish.scheduled_for ?? null,
		scheduled_until: wish.scheduled_until ?? null,
		scheduled_remind_prior: false,
		scheduled_auto_in_progress: false,
		scheduled_auto_completed: false,
		metadata: wish.metadata ?? {},
		component_ids: wish.component_ids ?? Object.keys(wish.components ?? {}),
		incident_updates: [],
	};
	state.incidents.unshift(incident);
	say(state, incident, { body: "", ...wish, status: wish.status ?? incident.status }, now);
	return incident;
}

/** Changes an incident; a status or a text is a new update on it. */
export function changeIncident(state: PageState, incident: Incident, wish: IncidentWish, now: string): Incident {
	if (wish.name !== undefined) incident.name = wish.name;
	if (wish.impact_override !== undefined) incident.impact_override = wish.impact_override;
	if (wish.component_ids !== undefined) incident.component_ids = wish.component_ids;
	if (wish.metadata !== undefined) incident.metadata = wish.metadata;
	if (wish.scheduled_for !== undefined) incident.scheduled_for = wish.scheduled_for;
	if (wish.scheduled_until !== undefined) incident.scheduled_until = wish.scheduled_until;
	say(state, incident, wish, now);
	return incident;
}

export const isUnresolved = (incident: Incident): boolean =>
	incident.scheduled_for === null && incident.resolved_at === null;

/** An incident as it is answered: with its components as they are now. */
export function incidentShown(state: PageState, incident: Incident): Record<string, unknown> {
	const { component_ids, ...shown } = incident;
	const components = state.components.filter((component) => component_ids.includes(component.id));
	return { ...shown, components: components.map((component) => componentShown(state, component)) };
}

export function componentShown(state: PageState, component: Component): Record<string, unknown> {
	return {
		...component,
		page_id: state.page.id,
		position: state.components.indexOf(component) + 1,
		description: null,
		showcase: true,
		group_id: null,
		group: false,
		only_show_if_degraded: false,
	};
}
