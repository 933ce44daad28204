import type { Instant } from "@stipt/shared/calendar/calendar";
import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { ImportPart, ListedTickets } from "../helpdesk.ts";
import { type ZammadApi, type ZammadContext, zammadApi } from "./api.ts";
import { isoOf } from "./changed-since.ts";
import { stateRows } from "./replies.ts";

const perPage = 100;
/** How many tickets of one and the same instant are waded through, in pages. */
const mostPages = 100;
/** How many are asked for at once by their ids. */
const idsAtOnce = 100;

const finished = ["closed", "merged", "removed"];

const rows = z.array(
	z.looseObject({ id: z.int().positive(), created_at: z.string().transform((text): Instant => Date.parse(text)) }),
);

/**
 * Tickets by their date of creation, the newest first. The search includes the instant itself: a page ends only where
 * the instant does, and the next begins just before it.
 */
export async function listed(
	{ part, cursor, since }: { part: ImportPart; cursor: string | null; since: Instant | null },
	context: ZammadContext,
): Promise<ListedTickets> {
	const api = zammadApi(context);
	const condition = {
		"ticket.state_id": { operator: "is", value: await statesOf(part, api) },
		...(cursor === null
			? {}
			: { "ticket.created_at": { operator: "before (absolute)", value: isoOf(Number(cursor)) } }),
	};
	const found = new Map<string, Instant>();
	for (let page = 1; page <= mostPages; page++) {
		const asked = { condition, sort_by: "created_at", order_by: "desc", expand: true, page, per_page: perPage };
		const body = await api.send("POST", "/tickets/search", asked);
		const read = expectReply(rows, body, "tickets of Zammad");
		for (const row of read) found.set(String(row.id), row.created_at);
		const last = read.at(-1);
		const isEnd = read.length < perPage || last === undefined;
		if (!isEnd && last.created_at === read[0]?.created_at) continue;
		const oldest = Math.min(...found.values());
		const complete = [...found].filter(([, at]) => isEnd || at > oldest);
		const wanted = complete.filter(([, at]) => since === null || at >= since);
		const isDone = isEnd || wanted.length < complete.length;
		return {
			tickets: wanted.map(([ticket]) => ticket),
			next: isDone ? null : String(oldest),
			left: isDone ? 0 : Math.min(...complete.map(([ticket]) => Number(ticket))) - 1,
		};
	}
	throw new ServiceError("refused", `Expected at most ${perPage * mostPages} tickets of one instant, found more.`);
}

/** Which of these tickets Zammad still has and shows us. */
export async function present(tickets: readonly string[], context: ZammadContext): Promise<string[]> {
	const api = zammadApi(context);
	const found: string[] = [];
	for (let at = 0; at < tickets.length; at += idsAtOnce) {
		const ids = tickets.slice(at, at + idsAtOnce).map(Number);
		const body = await api.send("POST", "/tickets/search", {
			condition: { "ticket.id": { operator: "is", value: ids } },
			...{ sort_by: "id", order_by: "asc", expand: true, page: 1, per_page: idsAtOnce },
		});
		found.push(...expectReply(rows, body, "tickets of Zammad").map(({ id }) => String(id)));
	}
	return found;
}

/** Ids of the states that are open, or finished: by their types, since states can be renamed. */
async function statesOf(part: ImportPart, api: ZammadApi): Promise<number[]> {
	const states = expectReply(stateRows, await api.send("GET", "/ticket_states?expand=true"), "the states of Zammad");
	const isWanted = (type: string) => finished.includes(type) === (part === "history");
	return states.filter(({ state_type }) => isWanted(state_type)).map(({ id }) => id);
}
