import type { Instant } from "@stipt/shared/calendar/calendar";
import { z } from "zod";
import { expectReply } from "../expect-reply.ts";
import type { ImportPart, ListedTickets } from "../helpdesk.ts";
import { odooText } from "./instants.ts";
import { ticketId } from "./read.ts";
import { type OdooContext, odooRpc, plain } from "./rpc.ts";

const perPage = 500;

const idRow = z.object({ id: z.int().positive() });

/** Tickets by their ids, the newest first; archived ones are history. */
export async function listed(
	{ part, cursor, since }: { part: ImportPart; cursor: string | null; since: Instant | null },
	context: OdooContext,
): Promise<ListedTickets> {
	const rpc = odooRpc(context);
	const domain = [
		...(cursor === null ? [] : [["id", "<", ticketId(cursor)]]),
		...(since === null ? [] : [["create_date", ">=", odooText(since)]]),
		...rpc.dialect[part],
	];
	const rows = await rpc.search(rpc.dialect.model, {
		domain,
		fields: ["id"],
		order: "id desc",
		limit: perPage,
		row: idRow,
	});
	const tickets = rows.map(({ id }) => String(id));
	const last = tickets.at(-1);
	if (rows.length < perPage || last === undefined) return { tickets, next: null, left: 0 };
	const count = await rpc.execute(rpc.dialect.model, "search_count", [domain], { context: plain });
	const total = expectReply(z.int(), count, "a count of tickets");
	return { tickets, next: last, left: Math.max(0, total - tickets.length) };
}

/** Which of these tickets Odoo still has and shows us, archived ones included. */
export async function present(tickets: readonly string[], context: OdooContext): Promise<string[]> {
	const rpc = odooRpc(context);
	const rows = await rpc.search(rpc.dialect.model, {
		domain: [["id", "in", tickets.map(ticketId)]],
		fields: ["id"],
		order: "id asc",
		row: idRow,
	});
	return rows.map(({ id }) => String(id));
}
