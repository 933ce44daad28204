import { z } from "zod";
import { sha256 } from "../../../verify.ts";
import { expectInput } from "../expect-reply.ts";
import type { Hint, Scheme } from "../helpdesk.ts";

/** Odoo cannot sign: whoever knows the address may deliver, and nothing but a number is taken from what he says. */
export const scheme: Scheme = { kind: "address" };

/** Odoo sends neither an id nor a date, but the row's `write_date` to the microsecond: equal bodies are repeats. */
export function deliveryId(_headers: Record<string, string>, body: Uint8Array): string {
	return `body-${sha256(body)}`;
}

const delivery = z.object({ _model: z.string(), _id: z.int().positive() });
const message = z.object({ model: z.union([z.string(), z.literal(false)]), res_id: z.int().nonnegative() });

/** Whose ticket, or whose message's ticket, it is about. Messages of other records are none of our business. */
export function hint(body: unknown): Hint {
	const what = "a delivery of an Odoo automation rule";
	const { _model, _id } = expectInput(delivery, body, what, "unreadable");
	if (_model === "helpdesk.ticket") return { tickets: [String(_id)] };
	if (_model !== "mail.message") return { ignored: "about another model than tickets and messages" };
	const { model, res_id } = expectInput(message, body, what, "unreadable");
	if (model !== "helpdesk.ticket" || res_id === 0) return { ignored: "a message that belongs to no ticket" };
	return { tickets: [String(res_id)] };
}
