import { createArticle } from "./articles.ts";
import { Refusal } from "./refusal.ts";
import { fullName, nextId, row, type TicketRow } from "./state.ts";
import { type Body, guessCustomer, ownerIn, readWishes, requirePendingTime, type Wishes } from "./wishes.ts";
import { eventOf, remember, rememberChange, setTime, stamp, type Work } from "./work.ts";

type Pointer = "group_id" | "priority_id" | "state_id" | "owner_id" | "customer_id";

function label(work: Work, column: Pointer, id: number): string {
	if (column === "group_id") return row(work.state.groups, id, "group").name;
	if (column === "priority_id") return row(work.state.priorities, id, "priority").name;
	if (column === "state_id") return row(work.state.states, id, "state").name;
	return fullName(row(work.state.users, id, "user"));
}

function point(work: Work, ticket: TicketRow, column: Pointer, id: number): boolean {
	const from = ticket[column];
	if (from === id) return false;
	rememberChange(
		work,
		ticket.id,
		column.slice(0, -3),
		{ id: from, value: label(work, column, from) },
		{ id, value: label(work, column, id) },
	);
	ticket[column] = id;
	eventOf(work, ticket.id, "update").changed.add(column);
	return true;
}

function setCustomer(work: Work, ticket: TicketRow, id: number): void {
	const organization = row(work.state.users, id, "user").organization_id;
	if (organization !== ticket.organization_id) {
		const from = { id: ticket.organization_id, value: String(ticket.organization_id ?? "") };
		rememberChange(work, ticket.id, "organization", from, { id: organization, value: String(organization ?? "") });
		ticket.organization_id = organization;
	}
	point(work, ticket, "customer_id", id);
}

/** What goes with a new state: the close time, the pending time, the owner's clock. */
function followState(work: Work, ticket: TicketRow): void {
	const { state_type } = row(work.state.states, ticket.state_id, "state");
	if (!state_type.startsWith("pending")) setTime(work, ticket, "pending_time", null);
	if (state_type === "closed" && ticket.close_at === null) setTime(work, ticket, "close_at", work.at);
	if (state_type === "closed" || ticket.owner_id === 1) setTime(work, ticket, "last_owner_update_at", null);
	else setTime(work, ticket, "last_owner_update_at", work.at);
}

function apply(work: Work, ticket: TicketRow, wishes: Wishes): void {
	if (wishes.customer_id !== undefined && wishes.customer_id !== ticket.customer_id) {
		setCustomer(work, ticket, wishes.customer_id);
	}
	if (wishes.title !== undefined && wishes.title !== ticket.title) {
		rememberChange(work, ticket.id, "title", { value: ticket.title }, { value: wishes.title });
		ticket.title = wishes.title;
		eventOf(work, ticket.id, "update").changed.add("title");
	}
	if (wishes.group_id !== undefined) point(work, ticket, "group_id", wishes.group_id);
	const owner = ownerIn(work, wishes.owner_id ?? ticket.owner_id, ticket.group_id);
	const owned = point(work, ticket, "owner_id", owner);
	if (wishes.priority_id !== undefined) point(work, ticket, "priority_id", wishes.priority_id);
	if (wishes.pending_time !== undefined) {
		const { state_type } = row(work.state.states, wishes.state_id ?? ticket.state_id, "state");
		if (state_type.startsWith("pending")) setTime(work, ticket, "pending_time", wishes.pending_time);
	}
	const moved = wishes.state_id !== undefined && point(work, ticket, "state_id", wishes.state_id);
	for (const [name, value] of Object.entries(wishes.custom)) {
		const from = ticket.custom[name] ?? null;
		if (from === value) continue;
		rememberChange(work, ticket.id, name, { value: from ?? "" }, { value: value ?? "" });
		ticket.custom[name] = value;
		eventOf(work, ticket.id, "update").changed.add(name);
	}
	if (wishes.preferences) ticket.preferences = { ...ticket.preferences, ...wishes.preferences };
	if (moved || owned) followState(work, ticket);
}

/** Changes a ticket as `PUT /tickets/:id` does; values that are there already change nothing. */
export function updateTicket(work: Work, ticket: TicketRow, body: Body): TicketRow {
	const wishes = readWishes(work, body);
	requirePendingTime(work, wishes.state_id ?? ticket.state_id, wishes.pending_time ?? ticket.pending_time);
	const before = work.events.find((event) => event.ticket === ticket.id)?.changed.size ?? 0;
	apply(work, ticket, wishes);
	const after = work.events.find((event) => event.ticket === ticket.id)?.changed.size ?? 0;
	if (after > before) stamp(work, ticket);
	const article = body.article;
	if (article !== null && typeof article === "object" && !Array.isArray(article)) {
		const given = article as Body;
		if (typeof given.body === "string" && given.body !== "") createArticle(work, { ...given, ticket_id: ticket.id });
	}
	return ticket;
}

/** What a real desk's database answers when a column without default is left out. */
const aborted = (): Refusal =>
	new Refusal(
		422,
		"PG::InFailedSqlTransaction: ERROR:  current transaction is aborted, commands ignored until end of transaction block\n",
		{ human: false },
	);

function customerFor(work: Work, guess: string | null, wishes: Wishes): number {
	if (!work.agent) return work.by.id;
	if (guess !== null) return guessCustomer(work, guess).id;
	if (wishes.customer_id === undefined) throw aborted();
	return wishes.customer_id;
}

/** Makes a ticket as `POST /tickets` does, with its first article when one is given. */
export function createTicket(work: Work, body: Body): TicketRow {
	const guess = /^guess:(.+)$/.exec(String(body.customer_id))?.[1] ?? null;
	const wishes = readWishes(work, guess === null ? body : { ...body, customer_id: undefined });
	if (wishes.group_id === undefined) throw new Refusal(422, "The required value 'group_id' is missing.");
	if (wishes.title === undefined) throw aborted();
	const customer = customerFor(work, guess, wishes);
	const state = wishes.state_id ?? work.state.states.find((candidate) => candidate.default_create)?.id ?? 1;
	requirePendingTime(work, state, wishes.pending_time ?? null);
	const id = nextId(work.state, "ticket");
	const custom: Record<string, string | null> = {};
	for (const { name, to_create } of work.state.attributes) if (!to_create) custom[name] = wishes.custom[name] ?? "";
	const owner = ownerIn(work, wishes.owner_id ?? 1, wishes.group_id);
	const ticket: TicketRow = {
		id,
		number: String(33_000 + id),
		title: wishes.title,
		group_id: wishes.group_id,
		priority_id: wishes.priority_id ?? work.state.priorities.find((priority) => priority.default_create)?.id ?? 2,
		state_id: state,
		owner_id: owner,
		customer_id: customer,
		organization_id: row(work.state.users, customer, "user").organization_id,
		pending_time: wishes.pending_time ?? null,
		first_response_at: null,
		close_at: row(work.state.states, state, "state").state_type === "closed" ? work.at : null,
		last_contact_at: null,
		last_contact_agent_at: null,
		last_contact_customer_at: null,
		last_owner_update_at: owner === 1 ? null : work.at,
		create_article_type_id: null,
		create_article_sender_id: null,
		article_count: null,
		preferences: wishes.preferences ?? {},
		created_by_id: work.by.id,
		updated_by_id: work.by.id,
		created_at: work.at,
		updated_at: work.at,
		custom,
		tags: [],
	};
	work.state.tickets.push(ticket);
	eventOf(work, id, "create");
	remember(work, id, {
		history_attribute_id: null,
		o_id: id,
		related_history_object_id: null,
		object: "Ticket",
		type: "created",
	});
	const article = body.article;
	if (article !== null && typeof article === "object" && !Array.isArray(article)) {
		createArticle(work, { ...(article as Body), ticket_id: id });
	}
	return ticket;
}
