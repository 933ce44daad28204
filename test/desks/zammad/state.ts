/** An instant as the desk writes it: ISO 8601, UTC, milliseconds. */
export type Stamp = string;

export type StateRow = {
	id: number;
	name: string;
	state_type_id: number;
	state_type: string;
	ignore_escalation: boolean;
	next_state_id: number | null;
	default_create: boolean;
	default_follow_up: boolean;
	active: boolean;
};

export type PriorityRow = {
	id: number;
	name: string;
	default_create: boolean;
	ui_icon: string | null;
	ui_color: string | null;
	active: boolean;
};

export type GroupRow = { id: number; name: string; note: string | null; updated_at: Stamp };
export type OrganizationRow = { id: number; name: string; updated_at: Stamp };
export type RoleRow = { id: number; name: string; permissions: string[] };

export type UserRow = {
	id: number;
	login: string;
	firstname: string;
	lastname: string;
	email: string;
	organization_id: number | null;
	role_ids: number[];
	/** Groups in which this user has `full` access. */
	groups: number[];
	active: boolean;
	/** Language in which this person writes; `null` for machines. */
	writes: "nl" | "fr" | "de" | "en" | null;
	updated_at: Stamp;
	updated_by_id: number;
};

/** A custom attribute of tickets: a select. */
export type AttributeRow = {
	id: number;
	name: string;
	display: string;
	position: number;
	options: Record<string, string>;
	to_create: boolean;
	created_by_id: number;
	created_at: Stamp;
};

export type TicketRow = {
	id: number;
	number: string;
	title: string;
	group_id: number;
	priority_id: number;
	state_id: number;
	owner_id: number;
	customer_id: number;
	organization_id: number | null;
	pending_time: Stamp | null;
	first_response_at: Stamp | null;
	close_at: Stamp | null;
	last_contact_at: Stamp | null;
	last_contact_agent_at: Stamp | null;
	last_contact_customer_at: Stamp | null;
	last_owner_update_at: Stamp | null;
	create_article_type_id: number | null;
	create_article_sender_id: number | null;
	article_count: number | null;
	preferences: Record<string, unknown>;
	created_by_id: number;
	updated_by_id: number;
	created_at: Stamp;
	updated_at: Stamp;
	/** Values of the custom attributes; absent on tickets older than the attribute. */
	custom: Record<string, string | null>;
	tags: string[];
};

export type Attachment = {
	id: number;
	store_file_id: number;
	filename: string;
	size: string;
	preferences: Record<string, string>;
	data: string;
};

export type ArticleRow = {
	id: number;
	ticket_id: number;
	type_id: number;
	sender_id: number;
	from: string | null;
	to: string | null;
	cc: string | null;
	subject: string | null;
	reply_to: string | null;
	message_id: string | null;
	in_reply_to: string | null;
	content_type: string;
	body: string;
	internal: boolean;
	preferences: Record<string, unknown>;
	attachments: Attachment[];
	created_by_id: number;
	updated_by_id: number;
	origin_by_id: number | null;
	created_at: Stamp;
	updated_at: Stamp;
};

/** A row of a ticket's history, as it is answered. `ticket` is where it belongs; `o_id` may be an article's. */
export type HistoryRow = { ticket: number; row: Record<string, unknown> & { id: number; created_at: Stamp } };

export type WebhookRow = {
	id: number;
	name: string;
	endpoint: string;
	signature_token: string | null;
	ssl_verify: boolean;
	note: string | null;
	active: boolean;
	created_by_id: number;
	updated_by_id: number;
	created_at: Stamp;
	updated_at: Stamp;
};

export type Condition = Record<string, { operator: string; value?: unknown; pre_condition?: string }>;

export type TriggerRow = {
	id: number;
	name: string;
	condition: Condition;
	perform: Record<string, Record<string, unknown>>;
	disable_notification: boolean;
	note: string | null;
	active: boolean;
	created_by_id: number;
	updated_by_id: number;
	created_at: Stamp;
	updated_at: Stamp;
};

export type TokenRow = {
	id: number;
	user_id: number;
	label: string;
	permission: string[];
	value: string;
	last_used_at: Stamp | null;
	expires_at: Stamp | null;
	created_at: Stamp;
};

/** One try of one delivery. */
export type HttpLogRow = {
	id: number;
	url: string;
	status: string;
	request: string;
	response: string;
	created_at: Stamp;
};

export type DeskState = {
	roles: RoleRow[];
	states: StateRow[];
	priorities: PriorityRow[];
	groups: GroupRow[];
	organizations: OrganizationRow[];
	users: UserRow[];
	attributes: AttributeRow[];
	tickets: TicketRow[];
	articles: ArticleRow[];
	history: HistoryRow[];
	webhooks: WebhookRow[];
	triggers: TriggerRow[];
	tokens: TokenRow[];
	httpLogs: HttpLogRow[];
	/** Last id given per kind of row. */
	ids: Record<string, number>;
	/** Base64 of the key that session cookies and CSRF tokens are made with. */
	sessionKey: string;
};

export const articleTypes = [
	{ id: 1, name: "email", communication: true },
	{ id: 5, name: "phone", communication: true },
	{ id: 10, name: "note", communication: false },
	{ id: 11, name: "web", communication: true },
] as const;

export const senders = [
	{ id: 1, name: "Agent" },
	{ id: 2, name: "Customer" },
	{ id: 3, name: "System" },
] as const;

export type Rows = { id: number };

/** The row with that id, or a thrown error that names what is missing. */
export function row<T extends Rows>(rows: readonly T[], id: number, what: string): T {
	const found = rows.find((candidate) => candidate.id === id);
	if (!found) throw new Error(`Expected a ${what} with id ${id}, found none.`);
	return found;
}

/** The next id of a kind of row. */
export function nextId(state: DeskState, kind: string): number {
	const id = (state.ids[kind] ?? 0) + 1;
	state.ids[kind] = id;
	return id;
}

/** First and last name as Zammad joins them; `-` for nobody. */
export function fullName(user: UserRow): string {
	return `${user.firstname} ${user.lastname}`.trim() || user.login;
}

export function isAgent(state: DeskState, user: UserRow): boolean {
	return user.role_ids.some((id) => row(state.roles, id, "role").permissions.includes("ticket.agent"));
}
