import { type DeskState, nextId, type Stamp, type TicketRow, type UserRow } from "./state.ts";

export type TicketAction = "create" | "update" | "update.merged_into" | "update.received_merge";

/** What happened to one ticket within one request. */
export type TicketEvent = {
	ticket: number;
	action: TicketAction;
	/** Columns that changed. */
	changed: Set<string>;
	/** The last article that this request added. */
	article: number | null;
};

/** One request's changes: who makes them, when, and what they came to. */
export type Work = {
	state: DeskState;
	by: UserRow;
	/** The caller may read why a form rule refuses. */
	admin: boolean;
	/** The caller's rights include `ticket.agent`. */
	agent: boolean;
	at: Stamp;
	/** The desk's own address, in message ids. */
	host: string;
	events: TicketEvent[];
};

/** The event that collects this request's changes of a ticket; a creation swallows later updates. */
export function eventOf(work: Work, ticket: number, action: "create" | "update"): TicketEvent {
	const known = work.events.find(
		(event) => event.ticket === ticket && (event.action === "create" || event.action === "update"),
	);
	if (known) return known;
	const event: TicketEvent = { ticket, action, changed: new Set(), article: null };
	work.events.push(event);
	return event;
}

/** Adds a row to a ticket's history. */
export function remember(work: Work, ticket: number, row: Record<string, unknown>, by: number = work.by.id): void {
	const id = nextId(work.state, "history");
	work.state.history.push({ ticket, row: { id, ...row, created_by_id: by, created_at: work.at } });
}

export type Side = { id?: number | null; value: string };

/** Adds an `updated` row: an attribute by its name, with ids where it points at another row. */
export function rememberChange(work: Work, ticket: number, attribute: string, from: Side, to: Side): void {
	const ids = from.id === undefined ? {} : { id_to: to.id, id_from: from.id };
	remember(work, ticket, {
		o_id: ticket,
		related_history_object_id: null,
		...ids,
		value_from: from.value,
		value_to: to.value,
		object: "Ticket",
		type: "updated",
		attribute,
	});
}

/** An instant as the history writes it, `2027-01-15 09:00:00 UTC`; nothing for none. */
export function historyTime(stamp: Stamp | null): string {
	return stamp === null ? "" : `${stamp.slice(0, 19).replace("T", " ")} UTC`;
}

type TimeColumn =
	| "pending_time"
	| "first_response_at"
	| "close_at"
	| "last_contact_at"
	| "last_contact_agent_at"
	| "last_contact_customer_at"
	| "last_owner_update_at";

/** Sets an instant of a ticket and writes it into the history. */
export function setTime(work: Work, ticket: TicketRow, column: TimeColumn, value: Stamp | null): void {
	if (ticket[column] === value) return;
	rememberChange(work, ticket.id, column, { value: historyTime(ticket[column]) }, { value: historyTime(value) });
	ticket[column] = value;
	eventOf(work, ticket.id, "update").changed.add(column);
}

/** Marks a ticket as written by this request's author. */
export function stamp(work: Work, ticket: TicketRow): void {
	if (ticket.updated_by_id !== work.by.id) eventOf(work, ticket.id, "update").changed.add("updated_by_id");
	ticket.updated_by_id = work.by.id;
	ticket.updated_at = work.at;
}
