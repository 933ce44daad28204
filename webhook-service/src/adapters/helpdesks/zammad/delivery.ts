import { z } from "zod";
import { sha256 } from "../../../verify.ts";
import { expectInput } from "../expect-reply.ts";
import type { Hint, Scheme } from "../helpdesk.ts";

/** Signed over the exact bytes; there is no other hash and no timestamp. */
export const scheme: Scheme = { kind: "hmac", header: "x-hub-signature", hash: "sha1", prefix: "sha1=" };

/** Zammad repeats its own id on every try of one delivery, while the body may be newer each time. */
export function deliveryId(headers: Record<string, string>, body: Uint8Array): string {
	const id = headers["x-zammad-delivery"];
	return id !== undefined && /^[0-9a-f]{8}-[0-9a-f-]{20,40}$/i.test(id) ? id.toLowerCase() : `body-${sha256(body)}`;
}

const delivery = z.object({ ticket: z.object({ id: z.int().positive() }) });

/**
 * The body is a late picture of the ticket, without what changed or who did it: only whose it is, is taken from it.
 * Both tickets of a merge send one of their own.
 */
export function hint(body: unknown): Hint {
	const { ticket } = expectInput(delivery, body, "a delivery of Zammad with a ticket", "unreadable");
	return { tickets: [String(ticket.id)] };
}
