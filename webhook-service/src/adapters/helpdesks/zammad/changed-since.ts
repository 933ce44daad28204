import type { Instant } from "@stipt/shared/calendar/calendar";
import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { ChangedTickets } from "../helpdesk.ts";
import { type ZammadContext, zammadApi } from "./api.ts";
import { ticketRows } from "./replies.ts";

const perPage = 100;
/** How many tickets of one and the same instant are waded through, in pages. */
const mostPages = 100;

/**
 * Tickets by their date of change. The search includes the instant itself, so a full page that shares one instant
 * would come back for ever: then it reads on until the instant passes.
 */
export async function changedSince(since: Instant, context: ZammadContext): Promise<ChangedTickets> {
	const api = zammadApi(context);
	const value = isoOf(since);
	const found = new Map<string, Instant>();
	for (let page = 1; page <= mostPages; page++) {
		const body = await api.send("POST", "/tickets/search", {
			condition: { "ticket.updated_at": { operator: "after (absolute)", value } },
			sort_by: "updated_at",
			order_by: "asc",
			expand: true,
			page,
			per_page: perPage,
		});
		const rows = expectReply(ticketRows, body, "tickets of Zammad");
		for (const row of rows) found.set(String(row.id), row.updated_at);
		const more = rows.length >= perPage;
		if (!more || (rows.at(-1)?.updated_at ?? since) > since) {
			return { tickets: [...found].map(([ticket, updatedAt]) => ({ ticket, updatedAt })), more };
		}
	}
	throw new ServiceError("refused", `Expected at most ${perPage * mostPages} tickets changed at ${value}, found more.`);
}

/** Zammad answers an unreadable date with every ticket it has, so none is ever sent. */
export function isoOf(at: Instant): string {
	if (Number.isSafeInteger(at) && Math.abs(at) <= 8.64e15) {
		const iso = new Date(at).toISOString();
		if (/^\d{4}-/.test(iso)) return iso;
	}
	throw new ServiceError("unreadable", `Expected an instant in milliseconds, found ${at}.`);
}
