import type { Instant } from "@stipt/shared/calendar/calendar";
import { z } from "zod";
import type { ChangedTickets } from "../helpdesk.ts";
import { odooInstant, odooText } from "./instants.ts";
import { type OdooContext, type OdooRpc, odooRpc } from "./rpc.ts";

const perPage = 200;
/**
 * Odoo takes messages that we may not read out of a page after it has cut it: a page that is shorter need not be the last.
 * From this many on the next one is looked at.
 */
const leastOfCut = 20;

type Change = { ticket: string; updatedAt: Instant };
type Page = { changes: Change[]; more: boolean };

/**
 * Tickets by their last write, and by their messages, which leave no trace on the ticket itself. Both dates are those
 * of a transaction's start: a slow one appears late, so callers ask again with a few minutes of overlap.
 */
export async function changedSince(since: Instant, context: OdooContext): Promise<ChangedTickets> {
	const rpc = odooRpc(context);
	const { model } = rpc.dialect;
	const written = await page(rpc, since, model, "write_date", []);
	const spoken = await page(rpc, since, "mail.message", "create_date", [
		["model", "=", model],
		["res_id", "!=", 0],
	]);
	const pages = [written, spoken];
	const until = Math.min(...pages.filter(({ more }) => more).map(({ changes }) => changes.at(-1)?.updatedAt ?? since));
	const latest = new Map<string, Instant>();
	for (const { ticket, updatedAt } of pages.flatMap(({ changes }) => changes)) {
		if (updatedAt <= until) latest.set(ticket, Math.max(updatedAt, latest.get(ticket) ?? updatedAt));
	}
	const tickets = [...latest].map(([ticket, updatedAt]) => ({ ticket, updatedAt }));
	return {
		tickets: tickets.sort((a, b) => a.updatedAt - b.updatedAt || Number(a.ticket) - Number(b.ticket)),
		more: pages.some(({ more }) => more),
	};
}

/** One page, or as many as share the first second: whole imports are written in one transaction. */
async function page(
	rpc: OdooRpc,
	since: Instant,
	model: string,
	date: "write_date" | "create_date",
	domain: unknown[],
): Promise<Page> {
	const ticket = model === "mail.message" ? "res_id" : "id";
	const row = z
		.looseObject({ [date]: odooInstant, [ticket]: z.int() })
		.transform((found): Change => ({ ticket: String(found[ticket]), updatedAt: Number(found[date]) }));
	const changes: Change[] = [];
	for (let offset = 0; ; offset += perPage) {
		const ask = (at: number) =>
			rpc.search(model, {
				domain: [...domain, [date, ">=", odooText(since)]],
				fields: [...new Set([date, ticket])],
				order: `${date} asc, id asc`,
				limit: perPage,
				offset: at,
				row,
			});
		const rows = await ask(offset);
		changes.push(...rows);
		const more =
			rows.length >= perPage ||
			(model === "mail.message" && rows.length >= leastOfCut && (await ask(offset + perPage)).length > 0);
		if (!more || (changes.at(-1)?.updatedAt ?? since) > since) return { changes, more };
	}
}
