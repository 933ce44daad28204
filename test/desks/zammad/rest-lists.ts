import type { Answer } from "../serve.ts";
import { listed } from "./listed.ts";
import { priorityShown, stateShown } from "./present.ts";
import { groupExpanded, groupShown } from "./present-people.ts";
import { type Ask, found, isTrue, ok, only, type Route, route } from "./route.ts";

const bot = { created_by: "-", updated_by: "-" };

function httpLog(ask: Ask): Answer {
	const limit = Number(ask.body.limit) || 50;
	const rows = ask.core.state.httpLogs.slice(-limit).reverse();
	return ok(
		rows.map((log) => ({
			id: log.id,
			direction: "out",
			facility: "webhook",
			method: "POST",
			url: log.url,
			status: log.status,
			ip: null,
			request: { content: log.request },
			response: {
				code: Number(log.status),
				content: log.response,
				content_type: null,
				content_encoding: null,
				source: null,
			},
			updated_by_id: null,
			created_by_id: null,
			created_at: log.created_at,
			updated_at: log.created_at,
		})),
	);
}

/** States, priorities, groups, the log of deliveries, and the version. */
export const listRoutes: Route[] = [
	route(
		"GET",
		"/ticket_states",
		listed(
			(state) => state.states,
			stateShown,
			(_, { state_type }) => ({ state_type, ...bot }),
		),
	),
	route("GET", "/ticket_states/:", (ask) => {
		const one = found(ask.core.state.states, "Ticket::State", ask.params[0]);
		const names = isTrue(ask.body.expand) ? { state_type: one.state_type, ...bot } : {};
		return ok({ ...stateShown(ask.core.state, one), ...names });
	}),
	route(
		"GET",
		"/ticket_priorities",
		listed(
			(state) => state.priorities,
			priorityShown,
			() => bot,
		),
	),
	route(
		"GET",
		"/groups",
		only(
			"admin.group",
			listed((state) => state.groups, groupShown, groupExpanded),
		),
	),
	route("GET", "/http_logs/webhook", only("admin.*", httpLog)),
	route(
		"GET",
		"/version",
		only("admin.version", () => ok({ version: "5.2.x" })),
	),
	route(
		"GET",
		"/monitoring/health_check",
		only("admin.monitoring", () => ok({ healthy: true, message: "success", issues: [], actions: [] })),
	),
	route(
		"GET",
		"/calendars",
		only("admin.calendar", () => ok([])),
	),
	route(
		"GET",
		"/slas",
		only("admin.sla", () => ok([])),
	),
	route(
		"GET",
		"/roles",
		only("admin.role", (ask) => ok(ask.core.state.roles.map(({ id, name }) => ({ id, name })))),
	),
];
