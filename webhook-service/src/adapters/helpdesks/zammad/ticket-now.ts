import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { ZammadApi } from "./api.ts";
import { type TicketReply, ticketReply } from "./replies.ts";

/** A ticket's row as it is now, with names beside ids. Throws `unknown`. */
export async function ticketNow(ticket: string, api: ZammadApi): Promise<TicketReply> {
	const body = await api.find(`/tickets/${encodeURIComponent(ticket)}?expand=true`);
	if (body === undefined) throw new ServiceError("unknown", `Expected ticket ${ticket}, found none.`);
	return expectReply(ticketReply, body, "a ticket of Zammad");
}
