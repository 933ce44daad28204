import type { ZammadDesk } from "./desk.ts";

/**
 * Fills a desk with copies of the tickets that it has, each with its articles and history, until there are `count`; a
 * copy is `stepMs` older than the one before. Nobody is told.
 */
export function multiply({ state }: Pick<ZammadDesk, "state">, count: number, stepMs: number): void {
	const originals = state.tickets.map((ticket) => ({
		ticket,
		articles: state.articles.filter(({ ticket_id }) => ticket_id === ticket.id),
		history: state.history.filter((entry) => entry.ticket === ticket.id),
	}));
	const ids = { ticket: 1_000_000, article: 1_000_000, history: 1_000_000 };
	for (let copy = 0; state.tickets.length < count; copy += 1) {
		const original = originals[copy % originals.length];
		if (original === undefined) return;
		const shifted = (stamp: string) => new Date(Date.parse(stamp) - (copy + 1) * stepMs).toISOString();
		const id = ids.ticket - copy;
		const { ticket, articles, history } = original;
		const dates = { created_at: shifted(ticket.created_at), updated_at: shifted(ticket.updated_at) };
		state.tickets.push({ ...ticket, ...dates, id, number: String(id) });
		const moved = new Map(articles.map((article, index) => [article.id, ids.article + copy * 10 + index]));
		for (const article of articles) {
			const own = moved.get(article.id) ?? 0;
			state.articles.push({ ...article, id: own, ticket_id: id, created_at: shifted(article.created_at) });
		}
		for (const [index, { row }] of history.entries()) {
			const object = row.object === "Ticket" ? id : (moved.get(Number(row.o_id)) ?? row.o_id);
			const copied = { ...row, id: ids.history + copy * 20 + index, o_id: object, created_at: shifted(row.created_at) };
			state.history.push({ ticket: id, row: copied });
		}
	}
}
