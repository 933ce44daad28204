import type { Fact } from "@stipt/shared/sla/fact";
import { expectReply } from "../expect-reply.ts";
import type { ZammadApi, ZammadContext } from "./api.ts";
import {
	type ArticleReply,
	articleReply,
	articlesReply,
	type HistoryReply,
	historyReply,
	type TicketReply,
	ticketReply,
} from "./replies.ts";

/** What Zammad tells of one ticket. */
export type Told = {
	ticket: TicketReply;
	history: HistoryReply;
	articles: ArticleReply[];
	/** Messages that a merge took away; they are still what happened to it. */
	moved: ArticleReply[];
};

/** How many messages of a merged ticket are looked up one by one. */
const mostMovedArticles = 100;

/** What a Zammad calls the kinds of messages and of senders, by their numbers. Nobody can rename these. */
type Kinds = { types: Map<number, string>; senders: Map<number, string> };

/** By address. No list of them can be asked for: they are learned from every message that comes with its names. */
const learned = new Map<string, Kinds>();

function kindsAt({ connection }: ZammadContext): Kinds {
	const kinds = learned.get(connection.url) ?? { types: new Map(), senders: new Map() };
	learned.set(connection.url, kinds);
	return kinds;
}

/**
 * Everything about a ticket in three requests; `undefined` when there is no such ticket. Its row first: a change that
 * comes in between is in the history, so what the ticket was at first is never taken from a later moment.
 */
export async function toldInFull(id: string, context: ZammadContext, api: ZammadApi): Promise<Told | undefined> {
	const path = encodeURIComponent(id);
	const row = await api.find(`/tickets/${path}?expand=true`);
	if (row === undefined) return undefined;
	const ticket = expectReply(ticketReply, row, "a ticket of Zammad");
	const [history, articles] = await Promise.all([findHistory(path, api), findArticles(path, kindsAt(context), api)]);
	if (history === undefined || articles === undefined) return undefined;
	return { ticket, history, articles, moved: await movedArticles(history, articles, ticket.id, api) };
}

/**
 * The same in one request, for a ticket that is `known`: its row and its messages come along with its history, which
 * spares a busy Zammad most of the work. `undefined` where they do not tell all: the row is newer than the history, a
 * message is missing, or of a kind that has not been met before.
 */
export async function toldByHistory(
	id: string,
	known: readonly Fact[],
	context: ZammadContext,
	api: ZammadApi,
): Promise<Told | undefined> {
	const atFirst = (fact: string) => {
		const found = known.find((each) => each.id === fact);
		return found !== undefined && "label" in found ? found.label : undefined;
	};
	const [state, priority, group] = [atFirst("0-state"), atFirst("0-priority"), atFirst("0-group")];
	if (state === undefined || priority === undefined || group === undefined) return undefined;
	const history = await findHistory(encodeURIComponent(id), api);
	const row = history?.assets?.Ticket?.[id];
	if (history === undefined || row === undefined) return undefined;
	const changes = history.history.filter(({ object, o_id }) => object === "Ticket" && o_id === row.id);
	// Zammad dates a change and the row that it made alike.
	if (!changes.some(({ created_at }) => created_at === row.updated_at)) return undefined;
	const articles = broughtAlong(row, history, kindsAt(context));
	if (articles === undefined) return undefined;
	const latest = (attribute: string) =>
		changes.filter((change) => change.type === "updated" && change.attribute === attribute).at(-1)?.value_to;
	const ticket = {
		...row,
		state: latest("state") || state,
		priority: latest("priority") || priority,
		group: latest("group") || group,
	};
	return { ticket, history, articles, moved: await movedArticles(history, articles, row.id, api) };
}

async function findHistory(path: string, api: ZammadApi): Promise<HistoryReply | undefined> {
	const found = await api.find(`/ticket_history/${path}`);
	return found === undefined ? undefined : expectReply(historyReply, found, "a ticket's history of Zammad");
}

async function findArticles(path: string, kinds: Kinds, api: ZammadApi): Promise<ArticleReply[] | undefined> {
	const found = await api.find(`/ticket_articles/by_ticket/${path}`);
	if (found === undefined) return undefined;
	const articles = expectReply(articlesReply, found, "a ticket's articles of Zammad");
	for (const { type, type_id, sender, sender_id } of articles) {
		if (type_id !== undefined) kinds.types.set(type_id, type);
		if (sender_id !== undefined) kinds.senders.set(sender_id, sender);
	}
	return articles;
}

/** The messages that came along with a history; `undefined` when one is missing, or of a kind that is not known. */
function broughtAlong(
	ticket: { id: number; article_ids: number[] },
	history: HistoryReply,
	{ types, senders }: Kinds,
): ArticleReply[] | undefined {
	const assets = history.assets?.TicketArticle ?? {};
	const written = writtenHere(history);
	// What a merge brought in has its history with the ticket that it was written in, and counts there.
	const hasReceived = history.history.some((row) => row.type === "received_merge" && row.o_id === ticket.id);
	const needed = ticket.article_ids.filter((id) => !hasReceived || written.includes(id));
	if (needed.some((id) => assets[id] === undefined)) return undefined;
	const articles: ArticleReply[] = [];
	for (const asset of Object.values(assets)) {
		if (asset.ticket_id !== ticket.id && !written.includes(asset.id)) continue;
		const [type, sender] = [types.get(asset.type_id), senders.get(asset.sender_id)];
		if (type === undefined || sender === undefined) return undefined;
		articles.push({ ...asset, type, sender });
	}
	return articles;
}

function writtenHere({ history }: HistoryReply): number[] {
	return history.filter((row) => row.object === "Ticket::Article" && row.type === "created").map((row) => row.o_id);
}

/** A merge takes a ticket's messages away. Deleted ones stay away. */
async function movedArticles(
	history: HistoryReply,
	present: ArticleReply[],
	ticket: number,
	api: ZammadApi,
): Promise<ArticleReply[]> {
	const isMerged = history.history.some(
		(row) => row.object === "Ticket" && row.o_id === ticket && row.type === "merged_into",
	);
	if (!isMerged) return [];
	const here = new Set(present.map(({ id }) => id));
	const missing = writtenHere(history).filter((id) => !here.has(id));
	const found = await Promise.all(
		missing.slice(0, mostMovedArticles).map((id) => api.find(`/ticket_articles/${id}?expand=true`)),
	);
	return found
		.filter((body) => body !== undefined)
		.map((body) => expectReply(articleReply, body, "an article of Zammad"));
}
