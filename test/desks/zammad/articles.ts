import { randomUUID } from "node:crypto";
import { mailbox } from "./present-people.ts";
import { notFound, Refusal } from "./refusal.ts";
import { sanitise } from "./sanitise.ts";
import { type ArticleRow, type Attachment, articleTypes, fullName, nextId, row, senders } from "./state.ts";
import { type Body, inspect } from "./wishes.ts";
import { eventOf, remember, rememberChange, setTime, stamp, type Work } from "./work.ts";

const longest = 1_500_000;

function lookup<T extends { id: number; name: string }>(rows: readonly T[], body: Body, field: string): T | undefined {
	const name = body[field];
	if (typeof name === "string") {
		const found = rows.find((candidate) => candidate.name === name);
		if (!found) throw new Refusal(422, `No lookup value found for '${field}': ${inspect(name)}`);
		return found;
	}
	const id = body[`${field}_id`];
	if (id === undefined || id === null || id === "") return undefined;
	const found = rows.find((candidate) => String(candidate.id) === String(id));
	if (!found) throw new Refusal(422, `Invalid value for param '${field}_id': ${inspect(id)}`);
	return found;
}

const word = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

function readAttachments(work: Work, value: unknown): Attachment[] {
	if (!Array.isArray(value)) return [];
	return value.map((given: Body) => {
		const id = nextId(work.state, "attachment");
		const data = typeof given.data === "string" ? given.data : "";
		return {
			id,
			store_file_id: id,
			filename: word(given.filename) ?? "file",
			size: String(Buffer.from(data, "base64").length),
			preferences: { "Mime-Type": word(given["mime-type"]) ?? "application/octet-stream" },
			data,
		};
	});
}

/** Moves the contact times and the state that a public message moves. */
function recordContact(work: Work, article: ArticleRow, first: boolean): void {
	const ticket = row(work.state.tickets, article.ticket_id, "ticket");
	const type = articleTypes.find((candidate) => candidate.id === article.type_id);
	if (article.internal || !type?.communication || article.sender_id === 3) return;
	if (article.sender_id === 1) {
		if (ticket.first_response_at === null) setTime(work, ticket, "first_response_at", work.at);
		setTime(work, ticket, "last_contact_at", work.at);
		setTime(work, ticket, "last_contact_agent_at", work.at);
		if (ticket.owner_id !== 1) setTime(work, ticket, "last_owner_update_at", work.at);
		if (!first && row(work.state.states, ticket.state_id, "state").default_create) {
			const open = work.state.states.find((state) => state.default_follow_up);
			if (open) {
				rememberChange(
					work,
					ticket.id,
					"state",
					{ id: ticket.state_id, value: "new" },
					{ id: open.id, value: open.name },
				);
				ticket.state_id = open.id;
				eventOf(work, ticket.id, "update").changed.add("state_id");
			}
		}
		return;
	}
	const answered =
		ticket.last_contact_customer_at === null ||
		(ticket.last_contact_agent_at !== null && ticket.last_contact_agent_at > ticket.last_contact_customer_at);
	setTime(work, ticket, "last_contact_at", work.at);
	if (answered) setTime(work, ticket, "last_contact_customer_at", work.at);
}

function senderLine(work: Work, type: string, sender: string, customer: number): string {
	if (sender === "Customer") {
		const user = work.agent ? row(work.state.users, customer, "user") : work.by;
		return type === "note" ? fullName(user) : mailbox(user);
	}
	if (sender === "System") return `"Practice desk" <desk@desk.example>`;
	return type === "email" ? `"${fullName(work.by)} via Practice desk" <desk@desk.example>` : fullName(work.by);
}

/** Adds an article to a ticket as `POST /ticket_articles` does. */
export function createArticle(work: Work, body: Body): ArticleRow {
	if (body.ticket_id === undefined || body.ticket_id === null) {
		throw new Refusal(404, "Couldn't find Ticket without an ID");
	}
	const ticket = work.state.tickets.find((candidate) => String(candidate.id) === String(body.ticket_id));
	if (!ticket) throw notFound("Ticket", String(body.ticket_id));
	if (typeof body.body !== "string" || body.body === "") {
		throw new Refusal(422, "Need at least an 'article body' field.");
	}
	if (body.body.length > longest) {
		throw new Refusal(422, `body of article is too large, ${body.body.length} chars - only ${longest} allowed`);
	}
	const type = lookup(articleTypes, body, "type") ?? { id: 10, name: "note" };
	const asked = work.agent ? lookup(senders, body, "sender") : senders[1];
	const sender = asked ?? (work.by.id === 1 ? senders[2] : senders[0]);
	const html = body.content_type === "text/html";
	const id = nextId(work.state, "article");
	const first = !work.state.articles.some((candidate) => candidate.ticket_id === ticket.id);
	const article: ArticleRow = {
		id,
		ticket_id: ticket.id,
		type_id: type.id,
		sender_id: sender.id,
		from: senderLine(work, type.name, sender.name, ticket.customer_id),
		to: word(body.to),
		cc: word(body.cc),
		subject: word(body.subject),
		reply_to: null,
		message_id: type.name === "email" ? `<${ticket.id}.${randomUUID()}@${work.host}>` : null,
		in_reply_to: word(body.in_reply_to),
		content_type: html ? "text/html" : "text/plain",
		body: html ? sanitise(body.body) : body.body,
		internal: work.agent && (body.internal === true || body.internal === "true"),
		preferences: (body.preferences as Record<string, unknown> | undefined) ?? {},
		attachments: readAttachments(work, body.attachments),
		created_by_id: work.by.id,
		updated_by_id: work.by.id,
		origin_by_id: work.agent && sender.name === "Customer" ? ticket.customer_id : null,
		created_at: work.at,
		updated_at: work.at,
	};
	work.state.articles.push(article);
	remember(work, ticket.id, {
		history_attribute_id: null,
		o_id: id,
		related_o_id: ticket.id,
		object: "Ticket::Article",
		type: "created",
		related_object: "Ticket",
	});
	eventOf(work, ticket.id, "update").article = id;
	if (sender.name !== "System") ticket.article_count = (ticket.article_count ?? 0) + 1;
	if (first) {
		ticket.create_article_type_id = type.id;
		ticket.create_article_sender_id = sender.id;
	}
	recordContact(work, article, first);
	stamp(work, ticket);
	return article;
}
