import type { Instant } from "../calendar/calendar.ts";
import type { OwedStep } from "../sla/evaluation.ts";
import { worst } from "../sla/ladder.ts";

/**
 * Of all that is owed on a ticket at one moment the one step that is sent, and those that are noted as superseded: the
 * ones that say less, and the ones from before `since`, when nobody was to be told yet.
 */
export function coalesced(
	owed: readonly OwedStep[],
	since: Instant,
): { send: OwedStep | null; superseded: { step: OwedStep; because: "higher-owed" | "too-early" }[] } {
	const send = worst(owed.filter(({ owedAt }) => owedAt >= since));
	return {
		send,
		superseded: owed
			.filter((step) => step !== send)
			.map((step) => ({ step, because: step.owedAt >= since ? "higher-owed" : "too-early" })),
	};
}
