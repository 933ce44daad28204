import { z } from "zod";
import { odooInstant, odooInstantOrNone } from "./instants.ts";

const id = z.int().positive();
const none = z.literal(false).transform(() => null);

/** A reference with its name, as `read` gives it by default; `false` when empty. */
const named = z.union([z.tuple([id, z.string()]).transform(([key, name]) => ({ id: key, name })), none]);
/** A reference as a bare id, as `load: ""` gives it. */
const reference = z.union([id, none]);
const text = z.union([z.string(), none]);

export const ticketFields = [
	"number",
	"name",
	"stage_id",
	"priority",
	"team_id",
	"user_id",
	"partner_id",
	"channel_id",
	"active",
	"create_date",
	"create_uid",
	"write_date",
	"write_uid",
	"last_stage_update",
	"assigned_date",
];

export const ticketRow = z.object({
	id,
	number: text,
	name: text,
	stage_id: named,
	priority: text,
	team_id: named,
	user_id: named,
	partner_id: named,
	channel_id: named,
	active: z.boolean(),
	create_date: odooInstant,
	create_uid: named,
	write_date: odooInstant,
	write_uid: named,
	last_stage_update: odooInstantOrNone,
	assigned_date: odooInstantOrNone,
	/** The label of an end that a ticket has by a field of its own, whatever its stage. */
	ended: text.optional(),
	x_impact: text.optional(),
	x_urgency: text.optional(),
});
export type TicketRow = z.infer<typeof ticketRow>;

export const messageFields = ["create_date", "message_type", "subtype_id", "author_id", "is_internal"];

export const messageRow = z.object({
	id,
	create_date: odooInstant,
	message_type: z.string(),
	subtype_id: reference,
	author_id: reference,
	is_internal: z.boolean(),
});
export type MessageRow = z.infer<typeof messageRow>;

/** `internal` subtypes are notes; one with a model of its own announces something, and is nobody's answer. */
export const subtypeRow = z.object({ id, internal: z.boolean(), res_model: text });
export type SubtypeRow = z.infer<typeof subtypeRow>;

/** `share`: a portal user. Kept for archived users too, unlike a contact's own flag. */
export const userRow = z.object({ id, share: z.boolean(), partner_id: reference });
export type UserRow = z.infer<typeof userRow>;

export const namedRow = z.object({ id, name: z.string() });
export const stageRow = z.object({ id, name: z.string(), closed: z.boolean(), unattended: z.boolean() });
export type StageRow = z.infer<typeof stageRow>;
/** A stage of any dialect: its flags have other names there. */
export const anyStageRow = z.looseObject({ id, name: z.string() });
