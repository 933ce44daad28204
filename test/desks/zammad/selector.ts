import { articlesOf, ticketColumns } from "./present.ts";
import { crash, Refusal } from "./refusal.ts";
import { type ArticleRow, type Condition, type DeskState, row, type TicketRow, type UserRow } from "./state.ts";
import { inspect } from "./wishes.ts";

type Test = Condition[string];
type Row = Record<string, unknown>;

const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map((item) => String(item ?? ""));

function among(actual: unknown, test: Test, user: UserRow): boolean {
	if (test.pre_condition === "not_set") return actual === null || actual === undefined || actual === "" || actual === 1;
	if (test.pre_condition === "current_user.id") return actual === user.id;
	if (test.value === null || test.value === undefined) return actual === null || actual === undefined;
	return list(test.value).includes(String(actual ?? ""));
}

const units: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 };

function relative(actual: unknown, test: Test, now: number): boolean {
	const { range, value } = test as { range?: string; value?: unknown };
	const span = (units[range ?? "hour"] ?? 3_600_000) * Number(value ?? 0);
	const at = Date.parse(String(actual));
	if (test.operator === "within last (relative)") return at <= now && at >= now - span;
	if (test.operator === "within next (relative)") return at >= now && at <= now + span;
	return test.operator === "before (relative)" ? at < now - span : at > now + span;
}

/** Whether one value of a row passes one test; throws what a real desk answers to an operator it does not know. */
function passes(actual: unknown, test: Test, user: UserRow, now: number): boolean {
	const { operator, value } = test;
	if (operator === "is") return among(actual, test, user);
	if (operator === "is not") return !among(actual, test, user);
	if (operator === "contains")
		return String(actual ?? "")
			.toLowerCase()
			.includes(String(value).toLowerCase());
	if (operator === "contains not")
		return !String(actual ?? "")
			.toLowerCase()
			.includes(String(value).toLowerCase());
	if (operator === "contains one") return list(String(value).split(", ")).some((tag) => list(actual).includes(tag));
	if (operator === "contains all") return list(String(value).split(", ")).every((tag) => list(actual).includes(tag));
	if (operator === "has changed") return true;
	if (operator === "before (absolute)" || operator === "after (absolute)") {
		const limit = Date.parse(String(value));
		// A date that cannot be read is no condition at all.
		if (Number.isNaN(limit)) return true;
		if (actual === null || actual === undefined) return false;
		const at = Date.parse(String(actual));
		return operator === "before (absolute)" ? at <= limit : at >= limit;
	}
	if (operator?.endsWith("(relative)")) return actual !== null && relative(actual, test, now);
	if (Array.isArray(value)) throw crash(`Invalid operator '${operator}' for '${inspect(value)}'`);
	throw crash(`Invalid selector, operator ${operator ?? ""} is invalid ${inspect(test)}`);
}

function missing(table: string, column: string): Refusal {
	return new Refusal(422, `PG::UndefinedColumn: ERROR:  column ${table}.${column} does not exist\n`, { human: false });
}

function value(table: string, of: Row, column: string): unknown {
	if (!Object.hasOwn(of, column)) throw missing(table, column);
	return of[column];
}

/** What a condition is asked about. `article` is the one of a change; without it any article of the ticket counts. */
export type Subject = { ticket: TicketRow; article?: ArticleRow | null };

/** Whether a ticket meets a condition, without its `ticket.action`. */
export function meets(state: DeskState, condition: Condition, subject: Subject, user: UserRow, now: number): boolean {
	const { ticket } = subject;
	return Object.entries(condition).every(([key, test]) => {
		const [object = "", column = ""] = key.split(".");
		if (key === "ticket.action") return true;
		if (key === "ticket.tags") return passes(ticket.tags, test, user, now);
		if (object === "ticket") return passes(value("tickets", ticketColumns(state, ticket), column), test, user, now);
		if (object === "ticket_state")
			return passes(value("states", row(state.states, ticket.state_id, "state"), column), test, user, now);
		if (object === "customer")
			return passes(value("users", row(state.users, ticket.customer_id, "user"), column), test, user, now);
		if (object === "article") {
			const articles = subject.article === undefined ? articlesOf(state, ticket.id) : [subject.article];
			return articles.some((article) => article && passes(value("ticket_articles", article, column), test, user, now));
		}
		throw crash(`invalid selector "${key}"->${inspect(key.split("."))}`);
	});
}

/** Tries a condition on an empty desk too, so that a wrong one is refused before anything is there to meet it. */
export function checkCondition(state: DeskState, condition: Condition, user: UserRow, now: number): void {
	const stamp = new Date(now).toISOString();
	const blank = {
		id: 0,
		number: "0",
		title: "",
		group_id: 1,
		priority_id: 2,
		state_id: 1,
		owner_id: 1,
		customer_id: 1,
		organization_id: null,
		pending_time: null,
		first_response_at: null,
		close_at: null,
		last_contact_at: null,
		last_contact_agent_at: null,
		last_contact_customer_at: null,
		last_owner_update_at: null,
		create_article_type_id: null,
		create_article_sender_id: null,
		article_count: null,
		preferences: {},
		created_by_id: 1,
		updated_by_id: 1,
		created_at: stamp,
		updated_at: stamp,
		custom: {},
		tags: [],
	} satisfies TicketRow;
	const article = {
		...{ id: 0, ticket_id: 0, type_id: 10, sender_id: 1, from: null, to: null, cc: null, subject: null },
		...{ reply_to: null, message_id: null, in_reply_to: null, content_type: "text/plain", body: "", internal: true },
		...{ preferences: {}, attachments: [], created_by_id: 1, updated_by_id: 1, origin_by_id: null },
		...{ created_at: stamp, updated_at: stamp },
	} satisfies ArticleRow;
	for (const [key, test] of Object.entries(condition)) {
		meets(state, { [key]: test }, { ticket: blank, article }, user, now);
	}
}
