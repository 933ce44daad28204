import type { Calendar, Duration, Instant } from "../calendar/calendar.ts";
import { mergePauses, type Pause } from "../calendar/pauses.ts";

/** Which hours of a calendar are measured: its open ones, the others, or both. */
export type Side = "in" | "out" | "all";

export type AvailabilityQuestion = {
	from: Instant;
	to: Instant;
	side: Side;
	/** When it did not work; `null` is until now. Overlapping times count once. */
	down: readonly Pause[];
	/** Announced work: it leaves both figures. */
	planned?: readonly Pause[];
};

/** How long was measured, and how much of that was lost: exact, so that a ratio can be compared as integers. */
export type Availability = { measuredMs: Duration; downMs: Duration };

/** Availability in `[from, to)` on one side of a calendar. An empty period measures nothing. */
export function availability(calendar: Calendar, question: AvailabilityQuestion): Availability {
	const { from, to, side } = question;
	const length = (start: Instant, end: Instant): Duration => {
		if (end <= start) return 0;
		const open = side === "all" ? 0 : calendar.between(start, end);
		return side === "in" ? open : end - start - open;
	};
	const planned = clip(mergePauses(question.planned ?? []), from, to);
	const down = clip(mergePauses(question.down), from, to);
	const plannedMs = planned.reduce((sum, [start, end]) => sum + length(start, end), 0);
	let downMs = 0;
	for (const [start, end] of down) {
		downMs += length(start, end);
		for (const [plannedStart, plannedEnd] of planned) {
			downMs -= length(Math.max(start, plannedStart), Math.min(end, plannedEnd));
		}
	}
	return { measuredMs: length(from, to) - plannedMs, downMs };
}

function clip(spans: readonly (readonly [Instant, Instant])[], from: Instant, to: Instant): [Instant, Instant][] {
	return spans
		.map(([start, end]): [Instant, Instant] => [Math.max(start, from), Math.min(end, to)])
		.filter(([a, b]) => a < b);
}
