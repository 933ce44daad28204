import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Mapping } from "../helpdesk.ts";
import type { ArticleReply, HistoryReply, StateRows, TicketReply } from "./replies.ts";

/** Everything that was read about one ticket. */
export type ZammadReading = {
	ticket: TicketReply;
	history: HistoryReply;
	articles: ArticleReply[];
	/** Our own user. */
	userId: number;
	mapping: Mapping;
	/** The helpdesk's states; may be empty when the mapping has them all. */
	states: StateRows;
	seenAt: Instant;
};
