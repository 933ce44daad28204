import type { Duration, Instant } from "../calendar/calendar.ts";
import type { Clock, Evaluation } from "../sla/evaluation.ts";
import type { Goal } from "../sla/fact.ts";

/** One clock of a ticket before and after a change of policy; `null` on the side that has no such clock. */
export type ClockPair = { goal: Goal; cycle: number; before: Clock | null; after: Clock | null };

/** The clocks of two evaluations of one ledger side by side, in the order in which they began. */
export function clockPairs(before: Evaluation, after: Evaluation): ClockPair[] {
	const pairs: ClockPair[] = [];
	for (const clock of [...before.past, ...before.clocks]) {
		pairs.push({ goal: clock.goal, cycle: clock.cycle, before: clock, after: null });
	}
	for (const clock of [...after.past, ...after.clocks]) {
		const pair = pairs.find(({ goal, cycle }) => goal === clock.goal && cycle === clock.cycle);
		if (pair === undefined) pairs.push({ goal: clock.goal, cycle: clock.cycle, before: null, after: clock });
		else pair.after = clock;
	}
	return pairs;
}

/** How far deadlines move one way, in wall-clock time. */
export type Shifts = { count: number; median: Duration; p90: Duration; most: Duration };

export type MovedDeadlines = {
	/** How many clocks were looked at. */
	clocks: number;
	moved: number;
	earlier: Shifts;
	later: Shifts;
	/** Had none, and get one. */
	gained: number;
	/** Had one, and have none any more. */
	lost: number;
};

/** Counts how deadlines move, one pair after another. */
export function countMoves(): { add(before: Instant | null, after: Instant | null): void; counted(): MovedDeadlines } {
	const earlier: Duration[] = [];
	const later: Duration[] = [];
	let clocks = 0;
	let gained = 0;
	let lost = 0;
	return {
		add(before, after) {
			clocks += 1;
			if (before === after) return;
			if (before === null) gained += 1;
			else if (after === null) lost += 1;
			else if (after < before) earlier.push(before - after);
			else later.push(after - before);
		},
		counted: () => ({
			clocks,
			moved: earlier.length + later.length + gained + lost,
			earlier: shiftsOf(earlier),
			later: shiftsOf(later),
			gained,
			lost,
		}),
	};
}

function shiftsOf(shifts: Duration[]): Shifts {
	shifts.sort((a, b) => a - b);
	const quantile = (part: number) => shifts[Math.max(0, Math.ceil(shifts.length * part) - 1)] ?? 0;
	return { count: shifts.length, median: quantile(0.5), p90: quantile(0.9), most: quantile(1) };
}
