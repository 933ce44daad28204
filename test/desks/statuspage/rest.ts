import type { Answer, Asked } from "../serve.ts";
import {
	type ComponentStatus,
	changeIncident,
	componentShown,
	componentStatuses,
	type Impact,
	type Incident,
	type IncidentWish,
	impacts,
	incidentShown,
	isUnresolved,
	openIncident,
	type PageState,
	realtimeStatuses,
	scheduledStatuses,
} from "./incidents.ts";

export type Page = { state: PageState; now: () => string; url: () => string; changed: () => void };

const problem = (status: number, error: string | string[]): Answer => ({ status, json: { error } });

/** A wrong wish, with all that is wrong with it. */
class Unfit extends Error {
	readonly faults: string[];
	constructor(faults: string[]) {
		super(faults.join("; "));
		this.faults = faults;
	}
}

function fields(asked: Asked, wrapper: string): Record<string, unknown> {
	const text = asked.raw.toString("utf8");
	if ((asked.headers["content-type"] ?? "").includes("json")) {
		let parsed: unknown;
		try {
			parsed = JSON.parse(text);
		} catch {
			throw new Unfit(["request body is not JSON"]);
		}
		const inner = parsed !== null && typeof parsed === "object" ? Reflect.get(parsed, wrapper) : undefined;
		if (inner === null || typeof inner !== "object") throw new Unfit([`${wrapper} is missing`]);
		return inner as Record<string, unknown>;
	}
	const found: Record<string, unknown> = {};
	for (const [name, value] of new URLSearchParams(text)) {
		const key = new RegExp(`^${wrapper}\\[(\\w+)\\]$`).exec(name)?.[1];
		if (key) found[key] = value;
	}
	return found;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	value !== null && typeof value === "object" && !Array.isArray(value);

function readWish(asked: Asked): IncidentWish {
	const given = fields(asked, "incident");
	const faults: string[] = [];
	const wish: IncidentWish = {};
	const text = (key: "name" | "status" | "body" | "scheduled_for" | "scheduled_until", most: number) => {
		const value = given[key];
		if (value === undefined || value === null) return;
		if (typeof value !== "string" || value.length > most)
			faults.push(`${key} is too long (maximum is ${most} characters)`);
		else wish[key] = value;
	};
	text("name", 255);
	text("status", 50);
	text("body", 25_000);
	text("scheduled_for", 50);
	text("scheduled_until", 50);
	if (wish.name === "") faults.push("Name can't be blank");
	const statuses: readonly string[] = [...realtimeStatuses, ...scheduledStatuses];
	if (wish.status !== undefined && !statuses.includes(wish.status)) faults.push(`status does not have a valid value`);
	const impact = given.impact_override;
	if (impact !== undefined) {
		if (impact !== null && !impacts.includes(impact as Impact))
			faults.push("impact_override does not have a valid value");
		else wish.impact_override = impact as Impact | null;
	}
	if (isRecord(given.components)) {
		const unknown = Object.values(given.components).filter(
			(value) => !componentStatuses.includes(value as ComponentStatus),
		);
		if (unknown.length > 0) faults.push("components does not have a valid value");
		wish.components = given.components as Record<string, ComponentStatus>;
	}
	if (Array.isArray(given.component_ids)) wish.component_ids = given.component_ids.map(String);
	if (given.metadata !== undefined && given.metadata !== null) {
		const fit = isRecord(given.metadata) && Object.values(given.metadata).every(isRecord);
		if (!fit) faults.push("metadata's top level values must be objects");
		else wish.metadata = given.metadata as Record<string, unknown>;
	}
	if (typeof given.deliver_notifications === "boolean") wish.deliver_notifications = given.deliver_notifications;
	if (faults.length > 0) throw new Unfit(faults);
	return wish;
}

function paged<T>(rows: T[], query: URLSearchParams): T[] {
	const size = Math.min(100, Number(query.get("per_page") ?? query.get("limit")) || 100);
	const page = Math.max(1, Number(query.get("page")) || 1);
	return rows.slice((page - 1) * size, page * size);
}

function incidents({ state }: Page, which: string, query: URLSearchParams): Answer {
	const search = (query.get("q") ?? "").toLowerCase();
	const kinds: Record<string, (incident: Incident) => boolean> = {
		"": ({ name, status, incident_updates }) =>
			[name, status, ...incident_updates.map(({ body }) => body)].some((text) => text.toLowerCase().includes(search)),
		unresolved: isUnresolved,
		scheduled: ({ scheduled_for }) => scheduled_for !== null,
		upcoming: ({ status }) => status === "scheduled",
		active_maintenance: ({ status }) => status === "in_progress" || status === "verifying",
	};
	const chosen = state.incidents.filter(kinds[which] ?? (() => false));
	return { status: 200, json: paged(chosen, query).map((incident) => incidentShown(state, incident)) };
}

function oneIncident(page: Page, asked: Asked, wanted: string): Answer {
	const { state } = page;
	const incident = state.incidents.find(({ id }) => id === wanted);
	if (!incident) return problem(404, "Not found");
	if (asked.method === "DELETE") {
		state.incidents.splice(state.incidents.indexOf(incident), 1);
		page.changed();
	} else if (asked.method === "PATCH" || asked.method === "PUT") {
		changeIncident(state, incident, readWish(asked), page.now());
		page.changed();
	} else if (asked.method !== "GET") return problem(404, "Not found");
	return { status: 200, json: incidentShown(state, incident) };
}

function create(page: Page, asked: Asked): Answer {
	const { name, ...wish } = readWish(asked);
	if (name === undefined) throw new Unfit(["Name can't be blank"]);
	const made = openIncident(page.state, { ...wish, name }, page.url(), page.now());
	page.changed();
	return { status: 201, json: incidentShown(page.state, made) };
}

function components(page: Page, asked: Asked, wanted: string | undefined): Answer {
	const { state } = page;
	if (wanted === undefined) {
		return {
			status: 200,
			json: paged(state.components, asked.query).map((component) => componentShown(state, component)),
		};
	}
	const component = state.components.find(({ id }) => id === wanted);
	if (!component) return problem(404, "Not found");
	if (asked.method === "PATCH" || asked.method === "PUT") {
		const { status, name } = fields(asked, "component");
		if (status !== undefined && !componentStatuses.includes(status as ComponentStatus)) {
			throw new Unfit(["status does not have a valid value"]);
		}
		if (status !== undefined) component.status = status as ComponentStatus;
		if (typeof name === "string" && name !== "") component.name = name;
		component.updated_at = page.now();
		page.changed();
	}
	return { status: 200, json: componentShown(state, component) };
}

/** Answers the manage API under `/v1`. */
export function manage(page: Page, asked: Asked): Answer {
	const { state } = page;
	const key = /^OAuth\s+(\S+)$/.exec(asked.headers.authorization ?? "")?.[1] ?? asked.query.get("api_key");
	if (key !== state.key) return problem(401, "Could not authenticate");
	const [, pageId, kind, one, extra] =
		/^\/v1\/pages(?:\/([^/]+))?(?:\/([^/]+))?(?:\/([^/]+))?(\/.*)?$/.exec(asked.path.replace(/\.json$/, "")) ?? [];
	const shown = { id: state.page.id, name: state.page.name, url: page.url(), time_zone: "Europe/Brussels" };
	if (pageId === undefined && asked.path.startsWith("/v1/pages")) return { status: 200, json: [shown] };
	if (pageId !== state.page.id || extra !== undefined) return problem(404, "Not found");
	try {
		if (kind === undefined) return { status: 200, json: shown };
		if (kind === "components") return components(page, asked, one);
		if (kind === "component-groups") return { status: 200, json: [] };
		if (kind !== "incidents") return problem(404, "Not found");
		if (one === undefined) return asked.method === "POST" ? create(page, asked) : incidents(page, "", asked.query);
		if (["unresolved", "scheduled", "upcoming", "active_maintenance"].includes(one)) {
			return incidents(page, one, asked.query);
		}
		return oneIncident(page, asked, one);
	} catch (error) {
		if (error instanceof Unfit) return problem(422, error.faults);
		throw error;
	}
}

const indicators = {
	none: "All Systems Operational",
	minor: "Minor Service Outage",
	major: "Partial System Outage",
	critical: "Major Service Outage",
};

/** Answers the public API under `/api/v2`, as anybody may read it. */
export function publicApi({ state, url }: Page, path: string): Answer {
	const updated_at =
		[...state.incidents, ...state.components]
			.map((row) => row.updated_at)
			.sort()
			.at(-1) ?? null;
	const worst = Math.max(
		0,
		...state.components.map(({ status }) =>
			["operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"].indexOf(status),
		),
	);
	const indicator = (["none", "none", "minor", "major", "critical"] as const)[worst] ?? "none";
	const page = { id: state.page.id, name: state.page.name, url: url(), time_zone: "Europe/Brussels", updated_at };
	const status = { indicator, description: indicators[indicator] };
	const shown = state.components.map((component) => componentShown(state, component));
	const of = (rows: Incident[]) => rows.slice(0, 50).map((incident) => incidentShown(state, incident));
	const maintenances = state.incidents.filter(({ scheduled_for }) => scheduled_for !== null);
	const open = maintenances.filter(({ resolved_at }) => resolved_at === null);
	const unresolved = state.incidents.filter(isUnresolved);
	const answers: Record<string, unknown> = {
		summary: { page, status, components: shown, incidents: of(unresolved), scheduled_maintenances: of(open) },
		status: { page, status },
		components: { page, components: shown },
		incidents: { page, incidents: of(state.incidents.filter(({ scheduled_for }) => scheduled_for === null)) },
		"incidents/unresolved": { page, incidents: of(unresolved) },
		"scheduled-maintenances": { page, scheduled_maintenances: of(maintenances) },
	};
	const found = answers[path.replace(/^\/api\/v2\//, "").replace(/\.json$/, "")];
	return found === undefined
		? problem(404, "Not found")
		: { status: 200, json: found, headers: { "Access-Control-Allow-Origin": "*" } };
}
