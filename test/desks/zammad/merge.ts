import { createArticle } from "./articles.ts";
import { ticketColumns } from "./present.ts";
import type { TicketRow } from "./state.ts";
import { updateTicket } from "./tickets.ts";
import { remember, type Work } from "./work.ts";

/**
 * Merges one ticket into another: its articles move, it gets state `merged` and loses its owner. A merge is two events
 * of its own kinds, and one ordinary update of the source.
 */
export function mergeTickets(work: Work, source: TicketRow, target: TicketRow): Record<string, unknown> {
	const before = ticketColumns(work.state, target);
	for (const article of work.state.articles) if (article.ticket_id === source.id) article.ticket_id = target.id;
	work.state.articles = [...work.state.articles];
	const moved = { history_attribute_id: null, related_history_object_id: null, id_to: target.id, id_from: source.id };
	work.events.push({ ticket: source.id, action: "update.merged_into", changed: new Set(), article: null });
	remember(work, source.id, { ...moved, o_id: source.id, object: "Ticket", type: "merged_into" });
	work.events.push({ ticket: target.id, action: "update.received_merge", changed: new Set(), article: null });
	remember(work, target.id, { ...moved, o_id: target.id, object: "Ticket", type: "received_merge" });
	target.article_count = work.state.articles.filter((article) => article.ticket_id === target.id).length;
	source.article_count = 0;
	createArticle(work, {
		ticket_id: source.id,
		type: "note",
		sender: "Agent",
		internal: false,
		content_type: "text/plain",
		body: "merged",
	});
	updateTicket(work, source, { state: "merged", owner_id: 1 });
	target.updated_by_id = work.by.id;
	target.updated_at = work.at;
	return { result: "success", target_ticket: before, source_ticket: ticketColumns(work.state, source) };
}
