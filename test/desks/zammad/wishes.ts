import { Refusal, workflow } from "./refusal.ts";
import { isAgent, row, type Stamp, type TicketRow, type UserRow } from "./state.ts";
import type { Work } from "./work.ts";

export type Body = Record<string, unknown>;

/** Columns of a ticket that a request wants to change. */
export type Wishes = Partial<
	Pick<TicketRow, "title" | "group_id" | "priority_id" | "state_id" | "owner_id" | "customer_id" | "pending_time">
> & { custom: Record<string, string | null>; preferences?: Record<string, unknown> };

/** A value as Ruby's `inspect` writes it. */
export function inspect(value: unknown): string {
	if (value === null || value === undefined) return "nil";
	if (Array.isArray(value)) return `[${value.map(inspect).join(", ")}]`;
	if (typeof value === "object") {
		return `{${Object.entries(value)
			.map(([key, inner]) => `${JSON.stringify(key)}=>${inspect(inner)}`)
			.join(", ")}}`;
	}
	return JSON.stringify(value);
}

const text = (value: unknown): string => (typeof value === "object" ? inspect(value) : String(value));

function named<T extends { id: number; name: string }>(rows: T[], field: string, value: string): number {
	const found = rows.find((candidate) => candidate.name === value);
	if (!found) throw new Refusal(422, `No lookup value found for '${field}': ${inspect(value)}`);
	return found.id;
}

function person(work: Work, field: string, value: string): number {
	const wanted = value.toLowerCase();
	const found = work.state.users.find((user) => user.login === wanted || (user.email !== "" && user.email === wanted));
	if (!found) throw new Refusal(422, `No lookup value found for '${field}': ${inspect(value)}`);
	return found.id;
}

function known(rows: { id: number }[], field: string, value: unknown): number {
	const id = typeof value === "number" ? value : Number(/^\d+$/.test(String(value)) ? value : Number.NaN);
	if (!rows.some((candidate) => candidate.id === id)) {
		throw new Refusal(422, `Invalid value for param '${field}': ${inspect(value)}`);
	}
	return id;
}

function reference(
	body: Body,
	field: "state" | "priority" | "group",
	rows: { id: number; name: string }[],
): number | undefined {
	const name = body[field];
	if (typeof name === "string") return named(rows, field, name);
	const id = body[`${field}_id`];
	if (id === undefined || id === null || id === "") return undefined;
	if (field === "group" && !rows.some((candidate) => String(candidate.id) === String(id))) {
		throw workflow(`Invalid value '${text(id)}' for field 'group_id'!`);
	}
	return known(rows, `${field}_id`, id);
}

/** Somebody who can own tickets of a group, or user 1 for nobody. */
export function ownerIn(work: Work, owner: number, group: number): number {
	const user = work.state.users.find((candidate) => candidate.id === owner);
	const able = user?.active && isAgent(work.state, user) && user.groups.includes(group);
	return able ? owner : 1;
}

function instant(value: unknown): Stamp | null {
	const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
	return Number.isNaN(at) ? null : new Date(at).toISOString();
}

function customWishes(work: Work, body: Body): Record<string, string | null> {
	const wishes: Record<string, string | null> = {};
	for (const { name, options, to_create } of work.state.attributes) {
		const value = body[name];
		if (value === undefined || to_create) continue;
		if (value !== null && value !== "" && !Object.hasOwn(options, text(value))) {
			throw workflow(`Invalid value '${text(value)}' for field '${name}'!`);
		}
		wishes[name] = value === null ? null : text(value);
	}
	return wishes;
}

/** Reads what a request wants of a ticket: ids or names, custom attributes, unknown keys dropped. */
export function readWishes(work: Work, body: Body): Wishes {
	const wishes: Wishes = { custom: customWishes(work, body) };
	if (body.title === null) throw new Refusal(422, `Attribute 'title" of relation "tickets' required!`);
	if (body.title !== undefined) wishes.title = text(body.title).slice(0, 250);
	const state = reference(body, "state", work.state.states);
	const priority = reference(body, "priority", work.state.priorities);
	const group = reference(body, "group", work.state.groups);
	if (state !== undefined) wishes.state_id = state;
	if (priority !== undefined) wishes.priority_id = priority;
	if (group !== undefined) wishes.group_id = group;
	if (typeof body.customer === "string") wishes.customer_id = person(work, "customer", body.customer);
	else if (body.customer_id !== undefined && body.customer_id !== null && body.customer_id !== "") {
		wishes.customer_id = known(work.state.users, "customer_id", body.customer_id);
	}
	if (work.agent) {
		if (typeof body.owner === "string") wishes.owner_id = person(work, "owner", body.owner);
		else if (body.owner_id === "" || body.owner_id === null) wishes.owner_id = 1;
		else if (body.owner_id !== undefined) wishes.owner_id = known(work.state.users, "owner_id", body.owner_id);
	}
	if (body.pending_time !== undefined) wishes.pending_time = instant(body.pending_time);
	if (body.preferences !== null && typeof body.preferences === "object" && !Array.isArray(body.preferences)) {
		wishes.preferences = body.preferences as Record<string, unknown>;
	}
	return wishes;
}

/** The person a `guess:` address stands for; made when there is none. */
export function guessCustomer(work: Work, address: string): UserRow {
	const email = address.toLowerCase();
	const found = work.state.users.find((user) => user.email === email);
	if (found) return found;
	const id = (work.state.ids.user ?? work.state.users.length) + 1;
	work.state.ids.user = id;
	const [first = email] = email.split("@");
	const user: UserRow = {
		id,
		login: email,
		firstname: first,
		lastname: "",
		email,
		organization_id: null,
		role_ids: [3],
		groups: [],
		active: true,
		writes: null,
		updated_at: work.at,
		updated_by_id: work.by.id,
	};
	work.state.users.push(user);
	return user;
}

/** A pending state needs its time; one left from an earlier pending state is enough. */
export function requirePendingTime(work: Work, state: number, pending: Stamp | null): void {
	const type = row(work.state.states, state, "state").state_type;
	if (type.startsWith("pending") && pending === null) {
		throw workflow("Missing required value for field 'pending_time'!");
	}
}
