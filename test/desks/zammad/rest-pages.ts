import type { Answer } from "../serve.ts";
import { need } from "./access.ts";
import { readable } from "./core.ts";
import { overviews } from "./overviews.ts";
import { assets, priorityShown, stateShown } from "./present.ts";
import { groupShown, userShown } from "./present-people.ts";
import { notFound } from "./refusal.ts";
import { type Ask, ok, type Route, route } from "./route.ts";
import { articleTypes, row, senders, type TicketRow } from "./state.ts";

function holding(ask: Ask, link: string): TicketRow[] {
	const overview = overviews.find((candidate) => candidate.link === link);
	if (!overview) throw notFound("Overview", link);
	const { state } = ask.core;
	return state.tickets
		.filter((ticket) => readable(ask.caller.user, true, ticket))
		.filter((ticket) => overview.holds(ticket, row(state.states, ticket.state_id, "state").state_type, ask.caller.user))
		.sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
}

/** One overview with its tickets, or the counts of all of them. */
function overview(ask: Ask): Answer {
	need(ask.core.state, ask.caller, "ticket.agent");
	const { view } = ask.body;
	if (typeof view !== "string") {
		return ok(
			overviews.map(({ id, link, name }) => ({
				id,
				link,
				name: name.en,
				names: name,
				count: holding(ask, link).length,
			})),
		);
	}
	const tickets = holding(ask, view);
	const { id, name, link } = overviews.find((candidate) => candidate.link === view) ?? { id: 0, name: {}, link: view };
	return ok({
		assets: assets(ask.core.state, tickets),
		index: {
			overview: { id, link, name: "en" in name ? name.en : view, names: name },
			tickets: tickets.map((ticket) => ({ id: ticket.id, updated_at: ticket.updated_at })),
			count: tickets.length,
		},
	});
}

/** What a page needs before it shows anything: who is signed in, the short lists, the settings. */
function signshow(ask: Ask): Answer {
	const { state, publicUrl } = ask.core;
	const { host, protocol } = new URL(publicUrl);
	return ok({
		session: userShown(state, ask.caller.user),
		models: {},
		collections: {
			Group: state.groups.map((group) => groupShown(state, group)),
			TicketState: state.states.map((one) => stateShown(state, one)),
			TicketStateType: state.states.map(({ state_type_id, state_type }) => ({ id: state_type_id, name: state_type })),
			TicketPriority: state.priorities.map((one) => priorityShown(state, one)),
			TicketArticleType: articleTypes,
			TicketArticleSender: senders,
			ObjectManagerAttribute: state.attributes
				.filter((attribute) => !attribute.to_create)
				.map(({ name, display, options }) => ({ name, display, options })),
		},
		assets: {
			User: Object.fromEntries(
				state.users
					.filter((user) => user.groups.length > 0 || user.id === 1)
					.map((user) => [user.id, userShown(state, user)]),
			),
		},
		config: {
			ticket_hook: "Ticket#",
			product_name: "Practice desk",
			fqdn: host,
			http_type: protocol.slice(0, -1),
			version: "5.2.x",
			// How fast outside changes reach a page, 1 being as on a real desk.
			pace: ask.core.pace,
		},
	});
}

/** What happened lately, newest first. */
function activity(ask: Ask): Answer {
	const { state } = ask.core;
	const deeds = new Map(
		state.history.map((entry) => [`${entry.ticket} ${entry.row.created_at} ${entry.row.object}`, entry]),
	);
	const recent = [...deeds.values()].slice(-30);
	const tickets = state.tickets.filter((ticket) => recent.some((entry) => entry.ticket === ticket.id));
	return ok({
		activity_stream: recent.reverse().map(({ ticket, row: entry }) => ({
			id: entry.id,
			ticket_id: ticket,
			object: entry.object,
			type: entry.type,
			created_by_id: entry.created_by_id,
			created_at: entry.created_at,
		})),
		assets: assets(state, tickets),
	});
}

/** What the desk's own pages ask for beside tickets. */
export const pageRoutes: Route[] = [
	route("GET", "/signshow", signshow),
	route("GET", "/ticket_overviews", overview),
	route("GET", "/activity_stream", activity),
	route("GET", "/available", () => ok({ app_version: "5.2.x" })),
	route("POST", "/recent_view", () => ok({}, 201)),
	route("POST", "/taskbar", () => ok({}, 201)),
	route("PUT", "/taskbar/:", () => ok({})),
];
