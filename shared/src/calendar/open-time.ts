import type { Duration, Instant } from "./calendar.ts";
import { DAY_MS } from "./civil-date.ts";
import type { Coverage } from "./coverage.ts";
import { beyondHorizon, checkDuration, checkInstant, HORIZON_DAYS, horizonOf } from "./questions.ts";
import { earliestAt, latestAt, openBefore } from "./stretch-table.ts";

const HORIZON_MS = HORIZON_DAYS * DAY_MS;

/** See `Calendar.add`. What lies within the years already worked out is answered without a further look. */
export function add(coverage: Coverage, t: Instant, duration: Duration, horizonDays: number = HORIZON_DAYS): Instant {
	const table = coverage.table;
	if (t >= table.from && t < table.to && duration > 0 && isWhole(t) && isWhole(duration)) {
		const sum = openBefore(table, t) + duration;
		if (sum <= table.total) {
			const found = earliestAt(table, sum);
			if (found - t <= HORIZON_MS && horizonDays === HORIZON_DAYS) return found;
		}
	}
	return addSlowly(coverage, t, duration, horizonDays);
}

function addSlowly(coverage: Coverage, t: Instant, duration: Duration, horizonDays: number): Instant {
	checkInstant(t, "t");
	checkDuration(duration);
	const limit = t + horizonOf(horizonDays);
	if (duration === 0) return t;
	if (duration < 0) return subtract(coverage, t, -duration, horizonDays);
	if (coverage.neverOpens) throw beyondHorizon(0, `${duration} ms`, horizonDays);
	let table = coverage.cover(t, t);
	while (openBefore(table, t) + duration > table.total && table.to <= limit) table = coverage.cover(t, table.to);
	const before = openBefore(table, t);
	const found = before + duration <= table.total ? earliestAt(table, before + duration) : Infinity;
	if (found <= limit) return found;
	throw beyondHorizon(openBefore(table, Math.min(limit, table.to)) - before, `${duration} ms`, horizonDays);
}

/** See `Calendar.subtract`. */
export function subtract(
	coverage: Coverage,
	t: Instant,
	duration: Duration,
	horizonDays: number = HORIZON_DAYS,
): Instant {
	const table = coverage.table;
	if (t >= table.from && t < table.to && duration > 0 && isWhole(t) && isWhole(duration)) {
		const sum = openBefore(table, t) - duration;
		if (sum >= 0) {
			const found = latestAt(table, sum);
			if (t - found <= HORIZON_MS && horizonDays === HORIZON_DAYS) return found;
		}
	}
	return subtractSlowly(coverage, t, duration, horizonDays);
}

function subtractSlowly(coverage: Coverage, t: Instant, duration: Duration, horizonDays: number): Instant {
	checkInstant(t, "t");
	checkDuration(duration);
	const limit = t - horizonOf(horizonDays);
	if (duration === 0) return t;
	if (duration < 0) return add(coverage, t, -duration, horizonDays);
	if (coverage.neverOpens) throw beyondHorizon(0, `${duration} ms`, horizonDays);
	let table = coverage.cover(t, t);
	while (openBefore(table, t) < duration && table.from > limit) table = coverage.cover(table.from - 1, t);
	const before = openBefore(table, t);
	const found = before >= duration ? latestAt(table, before - duration) : -Infinity;
	if (found >= limit) return found;
	throw beyondHorizon(before - openBefore(table, Math.max(limit, table.from)), `${duration} ms`, horizonDays);
}

/** See `Calendar.between`. */
export function between(coverage: Coverage, a: Instant, b: Instant): Duration {
	let table = coverage.table;
	if (!(a >= table.from && a < table.to && b >= table.from && b < table.to && isWhole(a) && isWhole(b))) {
		checkInstant(a, "a");
		checkInstant(b, "b");
		if (coverage.neverOpens) return 0;
		table = coverage.cover(Math.min(a, b), Math.max(a, b));
	}
	return openBefore(table, b) - openBefore(table, a);
}

function isWhole(value: number): boolean {
	return Math.floor(value) === value;
}
