import { expect, test } from "vitest";
import { openingArticle } from "./facts-from-articles.ts";
import type { ArticleReply, HistoryRow, TicketReply } from "./replies.ts";

const opened = Date.parse("2026-03-02T08:00:00Z");
const ticket = { id: 7, created_at: opened, created_by_id: 3 } as TicketReply;

/** The ticket's first message, so long after the ticket itself. */
function first(afterMs: number, created_by_id: number): ArticleReply {
	return { id: 70, created_at: opened + afterMs, created_by_id, sender: "Customer", type: "email" } as ArticleReply;
}

function changed(afterMs: number): HistoryRow {
	const row = { id: 1, object: "Ticket", o_id: 7, type: "updated", attribute: "state", created_by_id: 3 };
	return { ...row, created_at: opened + afterMs } as HistoryRow;
}

const openedWith = (article: ArticleReply, rows: HistoryRow[] = []) =>
	openingArticle({ ticket, articles: [article], history: { history: rows } }) !== undefined;

test("a message within seconds opened the ticket, whoever wrote it", () => {
	expect(openedWith(first(200, 9))).toBe(true);
});

test("a busy Zammad took 57 s for the request: still the opening, not an answer", () => {
	expect(openedWith(first(57_000, 3))).toBe(true);
	expect(openedWith(first(57_000, 3), [changed(58_000)])).toBe(true);
});

test("what another wrote, what came after a change, and what came minutes later opened nothing", () => {
	expect(openedWith(first(57_000, 9))).toBe(false);
	expect(openedWith(first(57_000, 3), [changed(30_000)])).toBe(false);
	expect(openedWith(first(180_000, 3))).toBe(false);
});
