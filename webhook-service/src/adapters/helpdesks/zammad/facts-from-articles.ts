import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Actor, Channel, FactBody } from "@stipt/shared/sla/fact";
import type { Accounts } from "./accounts.ts";
import type { ZammadReading } from "./reading.ts";
import type { ArticleReply } from "./replies.ts";

/** A ticket's first message is written within the request that opens it, which a busy Zammad takes long for. */
const openingMs = 120_000;
/** Within this it is the opening whoever wrote it; later only as the first thing that the ticket's own maker did. */
const surelyOpeningMs = 10_000;

const channels: Record<string, Channel> = {
	web: "portal",
	email: "email",
	phone: "phone",
	chat: "chat",
	sms: "chat",
	"telegram personal-message": "chat",
	"whatsapp message": "chat",
	"facebook direct-message": "chat",
	"twitter direct-message": "chat",
};

/** How a message came in. A ticket that begins with a note, or with nothing, was made through the API. */
export function channelOf(type: string | null | undefined): Channel {
	if (type === undefined || type === null || type === "note") return "api";
	return channels[type] ?? "other";
}

/** A row's id, padded: facts of the same instant are read in the order of their ids as texts. */
export function rowId(letter: "a" | "h", id: number): string {
	return `${letter}-${String(id).padStart(10, "0")}`;
}

type ArticleSource = Pick<ZammadReading, "ticket" | "history" | "articles">;

/**
 * The messages written in this ticket, oldest first. What a merge brought in belongs to the ticket it was written
 * in: it must not answer, or ask, anything here in retrospect.
 */
export function ownArticles({ ticket, history, articles }: ArticleSource): ArticleReply[] {
	const received = history.history.some((row) => row.type === "received_merge" && row.o_id === ticket.id);
	const written = new Set(
		history.history.filter((row) => row.object === "Ticket::Article" && row.type === "created").map((row) => row.o_id),
	);
	return articles.filter((article) => !received || written.has(article.id)).sort((a, b) => a.id - b.id);
}

/**
 * The message that the ticket was opened with. Taken from the messages themselves: what the ticket says of it changes
 * when a merge takes the message away. `undefined` for a ticket that was made without any.
 */
export function openingArticle(reading: ArticleSource): ArticleReply | undefined {
	const [first] = ownArticles(reading);
	if (first === undefined) return undefined;
	const { ticket, history } = reading;
	const after = first.created_at - ticket.created_at;
	if (after < surelyOpeningMs) return first;
	const isUntouched = history.history.every(
		(row) =>
			row.object !== "Ticket" || row.o_id !== ticket.id || row.type !== "updated" || row.created_at >= first.created_at,
	);
	return after < openingMs && isUntouched && first.created_by_id === ticket.created_by_id ? first : undefined;
}

/** The messages as facts. The one that opened the ticket on a customer's behalf is the opening, and our notes are ours. */
export function repliesFrom(reading: ZammadReading, accounts: Accounts): (FactBody & { id: string; at: Instant })[] {
	const opening = openingArticle(reading);
	return ownArticles(reading)
		.filter((article) => article !== opening || article.sender !== "Customer")
		.map((article) => ({ article, by: authorOf(article, accounts), internal: wasInternal(article, reading) }))
		.filter(({ by, internal }) => !(by.kind === "us" && internal))
		.map(({ article, by, internal }) => ({
			id: rowId("a", article.id),
			at: article.created_at,
			kind: "replied",
			by,
			channel: article.type === "note" ? "other" : channelOf(article.type),
			public: !internal && reaches(article),
			automatic: isAutomatic(article),
		}));
}

/** A public note of an agent stands in the portal but is sent to nobody: Zammad does not count it as contact either. */
function reaches(article: ArticleReply): boolean {
	return article.sender !== "Agent" || article.type !== "note";
}

function isAutomatic({ sender, preferences }: ArticleReply): boolean {
	return (
		sender === "System" || typeof preferences?.perform_origin === "string" || preferences?.["is-auto-response"] === true
	);
}

function authorOf(article: ArticleReply, accounts: Accounts): Actor {
	if (article.sender === "Customer") {
		return { kind: "customer", id: String(article.origin_by_id ?? article.created_by_id) };
	}
	if (article.sender === "System" || article.created_by_id === 1) return { kind: "system" };
	const { kind, id } = accounts.actor(article.created_by_id);
	return { kind: kind === "us" ? "us" : "agent", ...(id === undefined ? {} : { id }) };
}

/** Whether it was internal when written; who sees it may be changed later, and the history says so. */
function wasInternal(article: ArticleReply, { history }: ZammadReading): boolean {
	const first = history.history
		.filter((row) => row.object === "Ticket::Article" && row.o_id === article.id && row.attribute === "internal")
		.sort((a, b) => a.id - b.id)[0];
	return first === undefined ? article.internal : first.value_from === "true";
}
