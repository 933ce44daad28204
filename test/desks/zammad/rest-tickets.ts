import type { Answer } from "../serve.ts";
import { need, permits } from "./access.ts";
import { createArticle } from "./articles.ts";
import { readable, removeTicket, stampOf, transaction } from "./core.ts";
import { mergeTickets } from "./merge.ts";
import { ofTicket } from "./of-ticket.ts";
import { articleShown, articlesOf, assets, ticketColumns, ticketExpanded, ticketShown } from "./present.ts";
import type { Shown } from "./present-people.ts";
import { crash, denied, notFound, Refusal } from "./refusal.ts";
import { type Ask, isTrue, ok, paged, type Route, route } from "./route.ts";
import { meets } from "./selector.ts";
import { type Condition, row, type TicketRow } from "./state.ts";
import { createTicket, updateTicket } from "./tickets.ts";

const agentOf = ({ caller }: Ask): boolean => permits(caller.permissions, "ticket.agent");

/** The ticket a route names, when the caller may see it. */
function ticketFor(ask: Ask, id: string): TicketRow {
	const found = ofTicket(ask.core.state.tickets, (ticket) => ticket.id, Number(id))[0];
	if (!found) throw notFound("Ticket", id);
	const customer = permits(ask.caller.permissions, "ticket.customer");
	if (!(agentOf(ask) || customer) || !readable(ask.caller.user, agentOf(ask), found)) throw denied("Not authorized");
	return found;
}

function all({ core }: Ask, ticket: TicketRow): Shown {
	const articles = articlesOf(core.state, ticket.id);
	return {
		ticket_id: ticket.id,
		ticket_article_ids: articles.map((article) => article.id),
		assets: assets(core.state, [ticket], articles),
		links: [],
		tags: ticket.tags,
		mentions: [],
		form_meta: { filter: { type_id: [10, 5, 1] }, dependencies: null },
	};
}

/** A ticket in the form that the request asks for. */
function shown(ask: Ask, ticket: TicketRow, status = 200): Answer {
	const { core, body } = ask;
	if (isTrue(body.expand)) return ok(ticketExpanded(core.state, ticket), status);
	if (isTrue(body.full)) return ok({ id: ticket.id, assets: assets(core.state, [ticket]) }, status);
	if (isTrue(body.all)) return ok(all(ask, ticket), status);
	return ok(ask.asked.method === "GET" ? ticketColumns(core.state, ticket) : ticketShown(core.state, ticket), status);
}

function mine(ask: Ask): TicketRow[] {
	const agent = ask.core.state.roles.some(
		(role) => ask.caller.user.role_ids.includes(role.id) && role.permissions.includes("ticket.agent"),
	);
	return ask.core.state.tickets.filter((ticket) => readable(ask.caller.user, agent, ticket));
}

/** Text search as it is without a search engine: case-sensitive, one row per matching article, doubles included. */
function byText(ask: Ask, query: string): TicketRow[] {
	return mine(ask).flatMap((ticket) => {
		const texts = [ticket.title, ticket.number];
		const articles = articlesOf(ask.core.state, ticket.id);
		if (texts.some((text) => text.includes(query))) return Array(Math.max(1, articles.length)).fill(ticket);
		return articles.filter((article) => article.body.includes(query)).map(() => ticket);
	});
}

function ordered(rows: TicketRow[], ask: Ask): TicketRow[] {
	const { body, core } = ask;
	const column = String(body.sort_by ?? "updated_at");
	const order = String(body.order_by ?? "desc").toLowerCase();
	if (order !== "asc" && order !== "desc") {
		throw crash(`Found invalid order by value ${order}. Please use 'asc' or 'desc'.`);
	}
	const keyed = rows.map((ticket) => ({ ticket, key: ticketColumns(core.state, ticket) }));
	if (keyed[0] && !Object.hasOwn(keyed[0].key, column)) {
		throw crash(`Found invalid column '${column}' for sorting.`);
	}
	const sign = order === "asc" ? 1 : -1;
	const compare = (a: unknown, b: unknown): number => {
		if (a === b) return 0;
		if (typeof a === "number" && typeof b === "number") return a - b;
		return String(a ?? "") < String(b ?? "") ? -1 : 1;
	};
	keyed.sort((a, b) => sign * compare(a.key[column], b.key[column]) || sign * (a.ticket.id - b.ticket.id));
	return keyed.map(({ ticket }) => ticket);
}

function search(ask: Ask): Answer {
	const { body, core, caller } = ask;
	const condition = body.condition as Condition | undefined;
	let rows: TicketRow[];
	if (typeof body.query === "string" && body.query !== "" && body.query !== "*") rows = byText(ask, body.query);
	else if (condition === undefined) rows = mine(ask);
	else {
		if (Object.keys(condition).length === 0) throw crash("param is missing or the value is empty: condition");
		rows = mine(ask).filter((ticket) => meets(core.state, condition, { ticket }, caller.user, core.now()));
	}
	const page = paged(ordered(rows, ask), body, 50, 200);
	if (isTrue(body.expand)) return ok(page.map((ticket) => ticketExpanded(core.state, ticket)));
	const ids = page.map((ticket) => ticket.id);
	return ok({ tickets: ids, tickets_count: ids.length, assets: assets(core.state, page) });
}

function list(ask: Ask): Answer {
	const page = paged(mine(ask), ask.body, 100, 100);
	const { state } = ask.core;
	return ok(
		page.map((ticket) => (isTrue(ask.body.expand) ? ticketExpanded(state, ticket) : ticketColumns(state, ticket))),
	);
}

function history(ask: Ask): Answer {
	need(ask.core.state, ask.caller, "ticket.agent");
	const ticket = ticketFor(ask, ask.params[0] ?? "");
	const { state } = ask.core;
	const rows = ofTicket(state.history, (entry) => entry.ticket, ticket.id).map((entry) => entry.row);
	// What the rows are about comes along, wherever it is now; what a merge brought in has its rows elsewhere.
	const about = new Set(rows.filter(({ object }) => object === "Ticket::Article").map(({ o_id }) => o_id));
	const articles = state.articles.filter(({ id }) => about.has(id));
	return ok({ history: rows, assets: assets(state, [ticket], articles) });
}

function remove(ask: Ask): Answer {
	const ticket = ticketFor(ask, ask.params[0] ?? "");
	if (!permits(ask.caller.permissions, "admin")) throw denied("Not authorized (admin permission required)!");
	removeTicket(ask.core, ticket);
	return { status: 200, text: "", headers: { "Content-Type": "application/json; charset=utf-8" } };
}

function merge(ask: Ask): Answer {
	const [id = "", number = ""] = ask.params;
	const source = ask.core.state.tickets.find((ticket) => String(ticket.id) === id);
	const target = ask.core.state.tickets.find((ticket) => ticket.number === number);
	if (!source) return ok({ result: "failed", message: "The source ticket could not be found." });
	if (!target) return ok({ result: "failed", message: "The target ticket number could not be found." });
	if (source === target) throw new Refusal(422, "Can't merge ticket with itself!");
	return ok(transaction(ask.core, ask.caller, (work) => mergeTickets(work, source, target)));
}

function tag(ask: Ask, change: (tags: string[], item: string) => string[]): Answer {
	const ticket = ticketFor(ask, String(ask.body.o_id));
	ticket.tags = change(ticket.tags, String(ask.body.item));
	ask.core.changed();
	ask.core.announce([ticket.id]);
	return ok(true, ask.asked.method === "POST" ? 201 : 200);
}

/** Tickets, articles, history, search, merge and tags. */
export const ticketRoutes: Route[] = [
	route("GET", "/tickets/search", search),
	route("POST", "/tickets/search", search),
	route("GET", "/tickets", list),
	route("POST", "/tickets", (ask) => {
		const ticket = transaction(ask.core, ask.caller, (work) => createTicket(work, ask.body));
		return shown(ask, ticket, 201);
	}),
	route("GET", "/tickets/:", (ask) => shown(ask, ticketFor(ask, ask.params[0] ?? ""))),
	route("PUT", "/tickets/:", (ask) => {
		const ticket = ticketFor(ask, ask.params[0] ?? "");
		transaction(ask.core, ask.caller, (work) => updateTicket(work, ticket, ask.body));
		return shown(ask, ticket);
	}),
	route("DELETE", "/tickets/:", remove),
	route("GET", "/ticket_history/:", history),
	route("PUT", "/ticket_merge/:/:", merge),
	route("GET", "/ticket_articles/by_ticket/:", (ask) => {
		const ticket = ticketFor(ask, ask.params[0] ?? "");
		const articles = articlesOf(ask.core.state, ticket.id).filter((article) => agentOf(ask) || !article.internal);
		return ok(articles.map((article) => articleShown(ask.core.state, article)));
	}),
	route("GET", "/ticket_articles/:", (ask) => {
		const article = ask.core.state.articles.find((candidate) => String(candidate.id) === ask.params[0]);
		if (!article) throw notFound("Ticket::Article", ask.params[0] ?? "");
		ticketFor(ask, String(article.ticket_id));
		return ok(articleShown(ask.core.state, article));
	}),
	// Showing or hiding a message is no event: nothing is sent for it.
	route("PUT", "/ticket_articles/:", (ask) => {
		need(ask.core.state, ask.caller, "ticket.agent");
		const article = ask.core.state.articles.find((candidate) => String(candidate.id) === ask.params[0]);
		if (!article) throw notFound("Ticket::Article", ask.params[0] ?? "");
		ticketFor(ask, String(article.ticket_id));
		if (ask.body.internal !== undefined) article.internal = isTrue(ask.body.internal);
		article.updated_by_id = ask.caller.user.id;
		article.updated_at = stampOf(ask.core);
		ask.core.changed();
		return ok(articleShown(ask.core.state, article));
	}),
	route("POST", "/ticket_articles", (ask) => {
		const { ticket_id } = ask.body;
		if (ticket_id !== undefined && ticket_id !== null) ticketFor(ask, String(ticket_id));
		const article = transaction(ask.core, ask.caller, (work) => createArticle(work, ask.body));
		return ok(articleShown(ask.core.state, article), 201);
	}),
	route("GET", "/tags", (ask) => ok({ tags: ticketFor(ask, String(ask.body.o_id)).tags })),
	route("POST", "/tags/add", (ask) => tag(ask, (tags, item) => (tags.includes(item) ? tags : [...tags, item]))),
	route("DELETE", "/tags/remove", (ask) => tag(ask, (tags, item) => tags.filter((other) => other !== item))),
	route("GET", "/ticket_customer", (ask) => {
		const { state } = ask.core;
		const theirs = state.tickets.filter((ticket) => String(ticket.customer_id) === String(ask.body.customer_id));
		const over = (ticket: TicketRow) => [5, 6, 7].includes(row(state.states, ticket.state_id, "state").state_type_id);
		return ok({
			ticket_ids_open: theirs.filter((ticket) => !over(ticket)).map((ticket) => ticket.id),
			ticket_ids_closed: theirs.filter(over).map((ticket) => ticket.id),
			assets: assets(state, theirs),
		});
	}),
];
