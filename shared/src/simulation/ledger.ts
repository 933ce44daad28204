import type { Instant } from "../calendar/calendar.ts";
import type { PolicyTimeline } from "../policy/policy.ts";
import type { Fact } from "../sla/fact.ts";

/** One ticket to be replayed. */
export type Ledger = {
	connection: string;
	ticket: string;
	facts: readonly Fact[];
	/** What judges it in truth; absent: there is nothing to compare with. */
	inForce?: PolicyTimeline | undefined;
	/** Nobody is told of what was owed before. Absent: somebody always was. */
	heardSince?: Instant | undefined;
};
