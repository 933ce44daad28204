import type { Fact } from "@stipt/shared/sla/fact";
import { expectReply } from "../expect-reply.ts";
import type { TicketReading, TicketSnapshot } from "../helpdesk.ts";
import { ownUserId, type ZammadApi, type ZammadContext, zammadApi } from "./api.ts";
import { chosen, factsFromHistory, stateLabels } from "./facts-from-history.ts";
import { type HistoryReply, type StateRows, stateRows, type TicketReply } from "./replies.ts";
import { toldByHistory, toldInFull } from "./told.ts";

/** Reads a ticket: one that is known in one request where that tells all, else its row, and then what happened to it. */
export async function read(id: string, known: readonly Fact[], context: ZammadContext): Promise<TicketReading> {
	const api = zammadApi(context);
	const [told, userId] = await Promise.all([
		toldByHistory(id, known, context, api).then((all) => all ?? toldInFull(id, context, api)),
		ownUserId(context, api),
	]);
	if (told === undefined) return { found: false };

	const { ticket, history, articles, moved } = told;
	const facts = factsFromHistory({
		ticket,
		history,
		articles: [...articles, ...moved],
		userId,
		mapping: context.connection.mapping,
		states: await statesWhereNeeded({ ticket, history }, context, api),
		seenAt: context.now,
	});
	const snapshot = snapshotOf(ticket, context.connection.url);
	if (known.length > 0) return { found: true, snapshot, facts };
	const notes = articles
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
