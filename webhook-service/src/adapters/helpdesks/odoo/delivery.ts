import type { Instant } from "@stipt/shared/calendar/calendar";
import { z } from "zod";
import { sha256 } from "../../../verify.ts";
import { expectInput } from "../expect-reply.ts";
import type { Hint, Scheme } from "../helpdesk.ts";
import { ticketModels } from "./dialects.ts";
import { odooInstant } from "./instants.ts";

/** Odoo cannot sign: whoever knows the address may deliver, and nothing but a number is taken from what he says. */
export const scheme: Scheme = { kind: "address" };

/** Odoo sends neither an id nor a date, but the row's `write_date` to the microsecond: equal bodies are repeats. */
export function deliveryId(_headers: Record<string, string>, body: Uint8Array): string {
	return `body-${sha256(body)}`;
}

const delivery = z.object({
	_model: z.string(),
	_id: z.int().positive(),
	write_date: odooInstant.optional().catch(undefined),
});
const message = z.object({
	model: z.union([z.string(), z.literal(false)]),
	res_id: z.int().nonnegative(),
	create_date: odooInstant.optional().catch(undefined),
});

/** Whose ticket, or whose message's ticket, it is about. Messages of other records are none of our business. */
export function hint(body: unknown): Hint {
	const what = "a delivery of an Odoo automation rule";
	const { _model, _id, write_date } = expectInput(delivery, body, what, "unreadable");
	if (ticketModels.includes(_model)) return hinted(_id, write_date);
	if (_model !== "mail.message") return { ignored: "about another model than tickets and messages" };
	const { model, res_id, create_date } = expectInput(message, body, what, "unreadable");
	if (model === false || !ticketModels.includes(model) || res_id === 0)
		return { ignored: "a message that belongs to no ticket" };
	return hinted(res_id, create_date);
}

/** Odoo delivers before it commits: a reading without that date has come too early, or the change was rolled back. */
function hinted(ticket: number, changedAt: Instant | undefined): Hint {
	return {
		tickets: [String(ticket)],
		...(changedAt === undefined ? {} : { changedAt: Math.floor(changedAt / 1000) * 1000 }),
	};
}
