import type { Instant, Stretch } from "./calendar.ts";
import type { Coverage } from "./coverage.ts";
import { beyondHorizon, checkInstant, HORIZON_DAYS, horizonOf } from "./questions.ts";
import { stretchAfter } from "./stretch-table.ts";

/** See `Calendar.isOpen`. */
export function isOpen(coverage: Coverage, t: Instant): boolean {
	checkInstant(t, "t");
	const table = coverage.cover(t, t);
	return (table.starts[stretchAfter(table, t)] ?? Infinity) <= t;
}

/** See `Calendar.nextOpen`. */
export function nextOpen(coverage: Coverage, t: Instant, horizonDays: number = HORIZON_DAYS): Instant {
	checkInstant(t, "t");
	const limit = t + horizonOf(horizonDays);
	if (coverage.neverOpens) throw beyondHorizon(0, "1 ms", horizonDays);
	let table = coverage.cover(t, t);
	while (stretchAfter(table, t) === table.count && table.to <= limit) table = coverage.cover(t, table.to);
	const found = Math.max(t, table.starts[stretchAfter(table, t)] ?? Infinity);
	if (found <= limit) return found;
	throw beyondHorizon(0, "1 ms", horizonDays);
}

/** See `Calendar.nextClose`. */
export function nextClose(coverage: Coverage, t: Instant, horizonDays: number = HORIZON_DAYS): Instant | null {
	checkInstant(t, "t");
	const limit = t + horizonOf(horizonDays);
	if (coverage.neverOpens) return null;
	let table = coverage.cover(t, t);
	// A stretch that reaches the end of the table may go on after it.
	while ((table.ends[stretchAfter(table, t)] ?? table.to) >= table.to && table.to <= limit) {
		table = coverage.cover(t, table.to);
	}
	const found = table.ends[stretchAfter(table, t)] ?? Infinity;
	return found <= limit ? found : null;
}

/** See `Calendar.stretches`. */
export function stretches(coverage: Coverage, a: Instant, b: Instant): Stretch[] {
	checkInstant(a, "a");
	checkInstant(b, "b");
	if (coverage.neverOpens || a >= b) return [];
	const table = coverage.cover(a, b);
	const found: Stretch[] = [];
	for (let index = stretchAfter(table, a); index < table.count; index++) {
		const start = Math.max(a, table.starts[index] ?? b);
		if (start >= b) break;
		found.push({ start, end: Math.min(b, table.ends[index] ?? b) });
	}
	return found;
}
