import type { Instant } from "../calendar/calendar.ts";
import type { Pause } from "../calendar/pauses.ts";

/** A time in which a component did not work. */
export type Outage = {
	start: Instant;
	/** `null`: it still does not. */
	end: Instant | null;
	/** Who caused it: we, or somebody on whom we depend. */
	cause: "own" | "third-party";
};

/** Work on a component that makes it unavailable. */
export type Work = {
	/** When those concerned were told. */
	announcedAt: Instant;
	start: Instant;
	end: Instant;
};

/** When a component was down; without what third parties caused where that is asked. */
export function downSpans(outages: readonly Outage[], thirdParty: "count" | "exclude"): Pause[] {
	const counted = thirdParty === "count" ? outages : outages.filter(({ cause }) => cause === "own");
	return counted.map(({ start, end }): Pause => [start, end]);
}

/** Work that was announced before it began. What was announced later, and what overran its end, is unplanned. */
export function plannedSpans(work: readonly Work[]): Pause[] {
	return work.filter(({ announcedAt, start }) => announcedAt < start).map(({ start, end }): Pause => [start, end]);
}
