import type { Instant } from "../calendar/calendar.ts";
import type { Fact } from "../sla/fact.ts";

/**
 * When a ticket is new to us, which decides the version that it begins on: when it was opened, or when its helpdesk was
 * connected if that was later. A ledger that does not tell of its opening counts from its first fact.
 */
export function newAt(facts: readonly Fact[], connectedAt: Instant): Instant {
	let opened: Instant | null = null;
	let first: Instant | null = null;
	for (const { kind, at } of facts) {
		if (kind === "opened" && (opened === null || at < opened)) opened = at;
		if (first === null || at < first) first = at;
	}
	return Math.max(opened ?? first ?? connectedAt, connectedAt);
}
