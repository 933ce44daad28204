import type { Instant } from "@stipt/shared/calendar/calendar";
import { z } from "zod";

/** An ISO 8601 instant, as milliseconds. */
const instant = z
	.string()
	.transform((text): Instant => Date.parse(text))
	.refine((at) => Number.isSafeInteger(at), "an ISO 8601 instant");

const id = z.int().positive();
const name = z.string();

const ticketColumns = z.looseObject({
	id,
	number: z.string(),
	title: z.string(),
	customer_id: id,
	owner_id: id,
	created_by_id: id,
	created_at: instant,
	updated_at: instant,
	state_id: id,
});

/** `GET /tickets/{id}?expand=true`: the columns, and names beside ids. Custom attributes are further keys. */
export const ticketReply = ticketColumns.extend({ state: name, priority: name, group: name });
export type TicketReply = z.infer<typeof ticketReply>;

/** `GET /tickets?…&expand=true` and searches: only what a list is read for. */
export const ticketRows = z.array(z.looseObject({ id, updated_at: instant }));

/** One row of a ticket's history. `object` says whose row it is; a ticket's history also lists its articles'. */
export const historyRow = z.object({
	id,
	object: z.string(),
	o_id: id,
	type: z.string(),
	attribute: z.string().nullish(),
	value_from: z.string().nullish(),
	value_to: z.string().nullish(),
	id_from: z.int().nullish(),
	id_to: z.int().nullish(),
	created_by_id: id,
	created_at: instant,
});
export type HistoryRow = z.infer<typeof historyRow>;

const accountReply = z.object({ group_ids: z.record(z.string(), z.unknown()).nullish() });

const articleColumns = z.object({
	id,
	ticket_id: id,
	internal: z.boolean(),
	body: z.string().nullish(),
	preferences: z.record(z.string(), z.unknown()).nullish(),
	created_by_id: id,
	origin_by_id: id.nullish(),
	created_at: instant,
});

/** A ticket and a message as they come along with a history: without the names of what they are. */
const ticketAsset = ticketColumns.extend({ article_ids: z.array(id) });
const articleAsset = articleColumns.extend({ type_id: id, sender_id: id });

/** `GET /ticket_history/{id}`. What the rows are about comes along, as far as Zammad still has it. */
export const historyReply = z.object({
	history: z.array(historyRow),
	assets: z
		.object({
			User: z.record(z.string(), accountReply).optional(),
			Ticket: z.record(z.string(), ticketAsset).optional().catch(undefined),
			TicketArticle: z.record(z.string(), articleAsset).optional().catch(undefined),
		})
		.optional(),
});
export type HistoryReply = z.infer<typeof historyReply>;

export const articleReply = articleColumns.extend({
	type: name,
	sender: name,
	type_id: id.optional(),
	sender_id: id.optional(),
});
export type ArticleReply = z.infer<typeof articleReply>;
export const articlesReply = z.array(articleReply);

export const stateRows = z.array(z.object({ id, name, state_type: z.string() }));
export type StateRows = z.infer<typeof stateRows>;

export const priorityRows = z.array(z.object({ id, name, active: z.boolean().optional() }));

export const meReply = z.object({
	id,
	login: z.string(),
	active: z.boolean().optional(),
	groups: z.record(z.string(), z.array(z.string())).nullish(),
});

export const webhookRow = z.looseObject({ id, name, endpoint: z.string() });
export const triggerRow = z.looseObject({ id, name });
export const groupRows = z.array(z.looseObject({ id, name, active: z.boolean().optional() }));
