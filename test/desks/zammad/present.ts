import { createHash } from "node:crypto";
import { ofTicket } from "./of-ticket.ts";
import { groupShown, login, organizationShown, roleShown, type Shown, seeded, userShown } from "./present-people.ts";
import {
	type ArticleRow,
	articleTypes,
	type DeskState,
	type PriorityRow,
	row,
	type StateRow,
	senders,
	type TicketRow,
} from "./state.ts";

/** Every column of a ticket, ids only. */
export function ticketColumns(state: DeskState, ticket: TicketRow): Shown {
	const custom: Shown = {};
	for (const { name, to_create } of state.attributes) {
		if (!to_create) custom[name] = ticket.custom[name] ?? null;
	}
	return {
		id: ticket.id,
		group_id: ticket.group_id,
		priority_id: ticket.priority_id,
		state_id: ticket.state_id,
		organization_id: ticket.organization_id,
		number: ticket.number,
		title: ticket.title,
		owner_id: ticket.owner_id,
		customer_id: ticket.customer_id,
		note: null,
		first_response_at: ticket.first_response_at,
		first_response_escalation_at: null,
		first_response_in_min: null,
		first_response_diff_in_min: null,
		close_at: ticket.close_at,
		close_escalation_at: null,
		close_in_min: null,
		close_diff_in_min: null,
		update_escalation_at: null,
		update_in_min: null,
		update_diff_in_min: null,
		last_contact_at: ticket.last_contact_at,
		last_contact_agent_at: ticket.last_contact_agent_at,
		last_contact_customer_at: ticket.last_contact_customer_at,
		last_owner_update_at: ticket.last_owner_update_at,
		create_article_type_id: ticket.create_article_type_id,
		create_article_sender_id: ticket.create_article_sender_id,
		article_count: ticket.article_count,
		escalation_at: null,
		pending_time: ticket.pending_time,
		type: null,
		time_unit: null,
		preferences: ticket.preferences,
		updated_by_id: ticket.updated_by_id,
		created_by_id: ticket.created_by_id,
		created_at: ticket.created_at,
		updated_at: ticket.updated_at,
		...custom,
	};
}

export function articlesOf(state: DeskState, ticket: number): ArticleRow[] {
	return ofTicket(state.articles, ({ ticket_id }) => ticket_id, ticket);
}

/** Columns with the ids of what hangs on the ticket. */
export function ticketShown(state: DeskState, ticket: TicketRow): Shown {
	return {
		...ticketColumns(state, ticket),
		article_ids: articlesOf(state, ticket.id).map((article) => article.id),
		ticket_time_accounting_ids: [],
	};
}

const typeName = (id: number | null) => articleTypes.find((type) => type.id === id)?.name;
const senderName = (id: number | null) => senders.find((sender) => sender.id === id)?.name;

/** `expand=true`: names beside the ids. */
export function ticketExpanded(state: DeskState, ticket: TicketRow): Shown {
	const organization = state.organizations.find((candidate) => candidate.id === ticket.organization_id);
	const articles = articlesOf(state, ticket.id);
	return {
		...ticketShown(state, ticket),
		group: row(state.groups, ticket.group_id, "group").name,
		...(organization ? { organization: organization.name } : {}),
		ticket_time_accounting: [],
		...(articles.length === 0 ? { articles: [] } : {}),
		state: row(state.states, ticket.state_id, "state").name,
		priority: row(state.priorities, ticket.priority_id, "priority").name,
		owner: login(state, ticket.owner_id),
		customer: login(state, ticket.customer_id),
		created_by: login(state, ticket.created_by_id),
		updated_by: login(state, ticket.updated_by_id),
		...(ticket.create_article_type_id ? { create_article_type: typeName(ticket.create_article_type_id) } : {}),
		...(ticket.create_article_sender_id ? { create_article_sender: senderName(ticket.create_article_sender_id) } : {}),
	};
}

export function articleColumns(article: ArticleRow): Shown {
	return {
		id: article.id,
		ticket_id: article.ticket_id,
		type_id: article.type_id,
		sender_id: article.sender_id,
		from: article.from,
		to: article.to,
		cc: article.cc,
		subject: article.subject,
		reply_to: article.reply_to,
		message_id: article.message_id,
		message_id_md5: article.message_id && createHash("md5").update(article.message_id).digest("hex"),
		in_reply_to: article.in_reply_to,
		content_type: article.content_type,
		references: null,
		body: article.body,
		internal: article.internal,
		preferences: article.preferences,
		updated_by_id: article.updated_by_id,
		created_by_id: article.created_by_id,
		origin_by_id: article.origin_by_id,
		created_at: article.created_at,
		updated_at: article.updated_at,
		attachments: article.attachments.map(({ data: _, ...shown }) => shown),
	};
}

/** An article with the names of its type, sender and authors. */
export function articleShown(state: DeskState, article: ArticleRow): Shown {
	return {
		...articleColumns(article),
		type: typeName(article.type_id),
		sender: senderName(article.sender_id),
		created_by: login(state, article.created_by_id),
		updated_by: login(state, article.updated_by_id),
		...(article.origin_by_id ? { origin_by: login(state, article.origin_by_id) } : {}),
	};
}

export function stateShown(state: DeskState, { state_type: _, ...shown }: StateRow): Shown {
	return { ...shown, ...seeded(state) };
}

export function priorityShown(state: DeskState, priority: PriorityRow): Shown {
	return { ...priority, ...seeded(state) };
}

/** Everything that a page needs to show some tickets, by model and id. */
export function assets(state: DeskState, tickets: TicketRow[], articles: ArticleRow[] = []): Record<string, Shown> {
	const byId = (rows: { id: number }[], show: (id: number) => Shown) =>
		Object.fromEntries(rows.map(({ id }) => [id, show(id)]));
	const people = new Set(state.users.filter((user) => user.groups.length > 0).map((user) => user.id));
	people.add(1);
	for (const ticket of tickets) for (const id of [ticket.customer_id, ticket.created_by_id]) people.add(id);
	for (const article of articles) people.add(article.created_by_id);
	const organizations = new Set(tickets.map((ticket) => ticket.organization_id));
	return {
		Group: byId(state.groups, (id) => groupShown(state, row(state.groups, id, "group"))),
		User: byId(
			[...people].map((id) => ({ id })),
			(id) => ({ ...userShown(state, row(state.users, id, "user")), accounts: {} }),
		),
		Role: byId(state.roles, (id) => roleShown(state, row(state.roles, id, "role"))),
		Organization: byId(
			state.organizations.filter((organization) => organizations.has(organization.id)),
			(id) => organizationShown(state, row(state.organizations, id, "organisation")),
		),
		Ticket: byId(tickets, (id) => ticketShown(state, row(tickets, id, "ticket"))),
		...(articles.length > 0
			? { TicketArticle: byId(articles, (id) => articleColumns(row(articles, id, "article"))) }
			: {}),
	};
}
