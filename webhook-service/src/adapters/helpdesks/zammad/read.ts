import type { Fact } from "@stipt/shared/sla/fact";
import { expectReply } from "../expect-reply.ts";
import type { TicketReading, TicketSnapshot } from "../helpdesk.ts";
import { ownUserId, type ZammadApi, type ZammadContext, zammadApi } from "./api.ts";
import { chosen, factsFromHistory, stateLabels } from "./facts-from-history.ts";
import {
	type ArticleReply,
	articleReply,
	articlesReply,
	type HistoryReply,
	historyReply,
	type StateRows,
	stateRows,
	type TicketReply,
	ticketReply,
} from "./replies.ts";

/** How many messages of a merged ticket are looked up one by one. */
const mostMovedArticles = 100;

/**
 * Reads a ticket, then its history and messages. In that order: a change that comes in between is in the history,
 * so what the ticket was at first is never taken from a later moment.
 */
export async function read(ticket: string, known: readonly Fact[], context: ZammadContext): Promise<TicketReading> {
	const api = zammadApi(context);
	const path = encodeURIComponent(ticket);
	const row = await api.find(`/tickets/${path}?expand=true`);
	if (row === undefined) return { found: false };
	const [history, articles, userId] = await Promise.all([
		api.find(`/ticket_history/${path}`),
		api.find(`/ticket_articles/by_ticket/${path}`),
		ownUserId(context, api),
	]);
	if (history === undefined || articles === undefined) return { found: false };

	const read = {
		ticket: expectReply(ticketReply, row, "a ticket of Zammad"),
		history: expectReply(historyReply, history, "a ticket's history of Zammad"),
		articles: expectReply(articlesReply, articles, "a ticket's articles of Zammad"),
	};
	const moved = await movedArticles(read.history, read.articles, read.ticket.id, api);
	const facts = factsFromHistory({
		...read,
		articles: [...read.articles, ...moved],
		userId,
		mapping: context.connection.mapping,
		states: await statesWhereNeeded(read, context, api),
		seenAt: context.now,
	});
	const snapshot = snapshotOf(read.ticket, context.connection.url);
	if (known.length > 0) return { found: true, snapshot, facts };
	const notes = read.articles
		.filter((article) => article.internal && article.created_by_id === userId)
		.map((article) => ({ html: article.body ?? "", at: article.created_at }));
	return { found: true, snapshot, facts, notes };
}

/** What a person sees of a ticket. */
export function snapshotOf(ticket: TicketReply, url: string): TicketSnapshot {
	return {
		ticket: String(ticket.id),
		number: ticket.number,
		title: ticket.title,
		url: `${url}/#ticket/zoom/${ticket.id}`,
		owner: ticket.owner_id === 1 ? null : String(ticket.owner_id),
		priorityLabel: ticket.priority,
		impact: chosen(ticket.impact),
		urgency: chosen(ticket.urgency),
		updatedAt: ticket.updated_at,
	};
}

/** A merge takes a ticket's messages away; they are still what happened to it. Deleted ones stay away. */
async function movedArticles(
	{ history }: HistoryReply,
	present: ArticleReply[],
	ticket: number,
	api: ZammadApi,
): Promise<ArticleReply[]> {
	if (!history.some((row) => row.object === "Ticket" && row.o_id === ticket && row.type === "merged_into")) return [];
	const here = new Set(present.map(({ id }) => id));
	const missing = history
		.filter((row) => row.object === "Ticket::Article" && row.type === "created" && !here.has(row.o_id))
		.map((row) => row.o_id);
	const found = await Promise.all(
		missing.slice(0, mostMovedArticles).map((id) => api.find(`/ticket_articles/${id}?expand=true`)),
	);
	return found
		.filter((body) => body !== undefined)
		.map((body) => expectReply(articleReply, body, "an article of Zammad"));
}

/** The states' types are asked only when a state is not in the mapping. */
async function statesWhereNeeded(
	read: { ticket: TicketReply; history: HistoryReply },
	context: ZammadContext,
	api: ZammadApi,
): Promise<StateRows> {
	const { states } = context.connection.mapping;
	if (stateLabels(read).every((label) => states[label] !== undefined)) return [];
	return expectReply(stateRows, await api.send("GET", "/ticket_states?expand=true"), "the states of Zammad");
}
