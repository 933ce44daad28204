import type { Actor } from "@stipt/shared/sla/fact";
import { openingArticle, ownArticles } from "./facts-from-articles.ts";
import type { ZammadReading } from "./reading.ts";

/** Who is who on one ticket. */
export type Accounts = {
	actor(userId: number): Actor;
	/** Who opened the ticket: whoever its first message is from, not who typed it. */
	opener: Actor;
};

/**
 * Says what kind a user is, from what the ticket itself shows: whoever wrote as an agent, or has access to a group,
 * is one; whoever wrote as a customer, or is the ticket's, is not. User 1 is Zammad itself (triggers, schedulers).
 */
export function accountsOf(reading: Omit<ZammadReading, "mapping" | "states" | "seenAt">): Accounts {
	const { ticket, history, userId } = reading;
	const articles = ownArticles(reading);
	const wroteAs = (sender: string, id: number) =>
		articles.some((article) => article.sender === sender && article.created_by_id === id && !article.origin_by_id);
	const inGroup = (id: number) => Object.keys(history.assets?.User?.[id]?.group_ids ?? {}).length > 0;

	const kindOf = (id: number): Actor["kind"] => {
		if (id === userId) return "us";
		if (id === 1) return "system";
		if (inGroup(id) || wroteAs("Agent", id)) return "agent";
		return id === ticket.customer_id || wroteAs("Customer", id) ? "customer" : "agent";
	};
	const actor = (id: number): Actor => ({ kind: kindOf(id), id: String(id) });

	const opening = openingArticle(reading);
	const opener = (): Actor => {
		if (opening?.sender === "Customer") {
			return { kind: "customer", id: String(opening.origin_by_id ?? opening.created_by_id) };
		}
		return opening?.sender === "System" ? { kind: "system" } : actor(ticket.created_by_id);
	};
	return { actor, opener: opener() };
}
