import type {
	Calendar,
	CalendarDefinition,
	Duration,
	HolidaySets,
	Instant,
	VersionedCalendarDefinition,
} from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import { planCalendar } from "./calendar-plan.ts";
import { DAY_MS } from "./civil-date.ts";
import { coverPlans } from "./coverage.ts";
import { parseInstant } from "./instant.ts";
import type { PlanInForce } from "./open-year.ts";
import { beyondHorizon, checkDuration, checkInstant, HORIZON_DAYS, horizonOf } from "./questions.ts";
import { earliestAt, latestAt, openBefore, stretchAfter } from "./stretch-table.ts";
import { workingDays } from "./working-days.ts";

const HORIZON_MS = HORIZON_DAYS * DAY_MS;

/**
 * Reads a definition (or successive ones, each in force from its own instant) and answers questions about it.
 * Years are worked out when they are first asked for. Throws a `CalendarError` for the first fault found.
 */
export function compileCalendar(
	definition: CalendarDefinition | VersionedCalendarDefinition,
	holidaySets: HolidaySets,
): Calendar {
	const plans = plansInForce(definition, holidaySets);
	const coverage = coverPlans(plans);
	const neverOpens = plans.every(({ plan }) => plan.neverOpens);

	function add(t: Instant, duration: Duration, horizonDays: number = HORIZON_DAYS): Instant {
		const table = coverage.table();
		if (t >= table.from && t < table.to && duration > 0 && isWhole(t) && isWhole(duration)) {
			const sum = openBefore(table, t) + duration;
			if (sum <= table.total) {
				const found = earliestAt(table, sum);
				if (found - t <= HORIZON_MS && horizonDays === HORIZON_DAYS) return found;
			}
		}
		return addSlowly(t, duration, horizonDays);
	}

	function addSlowly(t: Instant, duration: Duration, horizonDays: number): Instant {
		checkInstant(t, "t");
		checkDuration(duration);
		const limit = t + horizonOf(horizonDays);
		if (duration === 0) return t;
		if (duration < 0) return subtract(t, -duration, horizonDays);
		if (neverOpens) throw beyondHorizon(0, `${duration} ms`, horizonDays);
		let table = coverage.cover(t, t);
		while (openBefore(table, t) + duration > table.total && table.to <= limit) table = coverage.cover(t, table.to);
		const before = openBefore(table, t);
		const found = before + duration <= table.total ? earliestAt(table, before + duration) : Infinity;
		if (found <= limit) return found;
		throw beyondHorizon(openBefore(table, Math.min(limit, table.to)) - before, `${duration} ms`, horizonDays);
	}

	function subtract(t: Instant, duration: Duration, horizonDays: number = HORIZON_DAYS): Instant {
		const table = coverage.table();
		if (t >= table.from && t < table.to && duration > 0 && isWhole(t) && isWhole(duration)) {
			const sum = openBefore(table, t) - duration;
			if (sum >= 0) {
				const found = latestAt(table, sum);
				if (t - found <= HORIZON_MS && horizonDays === HORIZON_DAYS) return found;
			}
		}
		return subtractSlowly(t, duration, horizonDays);
	}

	function subtractSlowly(t: Instant, duration: Duration, horizonDays: number): Instant {
		checkInstant(t, "t");
		checkDuration(duration);
		const limit = t - horizonOf(horizonDays);
		if (duration === 0) return t;
		if (duration < 0) return add(t, -duration, horizonDays);
		if (neverOpens) throw beyondHorizon(0, `${duration} ms`, horizonDays);
		let table = coverage.cover(t, t);
		while (openBefore(table, t) < duration && table.from > limit) table = coverage.cover(table.from - 1, t);
		const before = openBefore(table, t);
		const found = before >= duration ? latestAt(table, before - duration) : -Infinity;
		if (found >= limit) return found;
		throw beyondHorizon(before - openBefore(table, Math.max(limit, table.from)), `${duration} ms`, horizonDays);
	}

	function between(a: Instant, b: Instant): Duration {
		let table = coverage.table();
		if (!(a >= table.from && a < table.to && b >= table.from && b < table.to && isWhole(a) && isWhole(b))) {
			checkInstant(a, "a");
			checkInstant(b, "b");
			if (neverOpens) return 0;
			table = coverage.cover(Math.min(a, b), Math.max(a, b));
		}
		return openBefore(table, b) - openBefore(table, a);
	}

	function isOpen(t: Instant): boolean {
		checkInstant(t, "t");
		const table = coverage.cover(t, t);
		return (table.starts[stretchAfter(table, t)] ?? Infinity) <= t;
	}

	function nextOpen(t: Instant, horizonDays: number = HORIZON_DAYS): Instant {
		checkInstant(t, "t");
		const limit = t + horizonOf(horizonDays);
		if (neverOpens) throw beyondHorizon(0, "1 ms", horizonDays);
		let table = coverage.cover(t, t);
		while (stretchAfter(table, t) === table.count && table.to <= limit) table = coverage.cover(t, table.to);
		const found = Math.max(t, table.starts[stretchAfter(table, t)] ?? Infinity);
		if (found <= limit) return found;
		throw beyondHorizon(0, "1 ms", horizonDays);
	}

	function nextClose(t: Instant, horizonDays: number = HORIZON_DAYS): Instant | null {
		checkInstant(t, "t");
		const limit = t + horizonOf(horizonDays);
		if (neverOpens) return null;
		let table = coverage.cover(t, t);
		// A stretch that reaches the end of the table may go on after it.
		while ((table.ends[stretchAfter(table, t)] ?? table.to) >= table.to && table.to <= limit) {
			table = coverage.cover(t, table.to);
		}
		const found = table.ends[stretchAfter(table, t)] ?? Infinity;
		return found <= limit ? found : null;
	}

	function stretches(a: Instant, b: Instant): { start: Instant; end: Instant }[] {
		checkInstant(a, "a");
		checkInstant(b, "b");
		if (neverOpens || a >= b) return [];
		const table = coverage.cover(a, b);
		const found: { start: Instant; end: Instant }[] = [];
		for (let index = stretchAfter(table, a); index < table.count; index++) {
			const start = Math.max(a, table.starts[index] ?? b);
			if (start >= b) break;
			found.push({ start, end: Math.min(b, table.ends[index] ?? b) });
		}
		return found;
	}

	return {
		zone: plans.at(-1)?.plan.zone ?? "UTC",
		add,
		subtract,
		between,
		isOpen,
		nextOpen,
		nextClose,
		stretches,
		...workingDays(plans, coverage, nextOpen),
	};
}

function isWhole(value: number): boolean {
	return Math.floor(value) === value;
}

function plansInForce(
	definition: CalendarDefinition | VersionedCalendarDefinition,
	holidaySets: HolidaySets,
): PlanInForce[] {
	if (typeof definition !== "object" || definition === null || !("versions" in definition)) {
		return [{ plan: planCalendar(definition, holidaySets), from: -Infinity, to: Infinity }];
	}
	const { versions } = definition;
	if (!Array.isArray(versions) || versions.length === 0) {
		throw new CalendarError("INVALID_ZONE", {
			path: "versions",
			expected: "a list of one or more versions",
			found: versions,
		});
	}
	const froms = versions.map(({ from }, index) =>
		from === null ? -Infinity : parseInstant(from, `versions[${index}].from`),
	);
	return versions.map(({ calendar, from: found }, index) => {
		const from = froms[index] ?? -Infinity;
		if (from <= (froms[index - 1] ?? Number.NEGATIVE_INFINITY) && index > 0) {
			const expected = "an instant after that of the version before";
			throw new CalendarError("INVALID_INSTANT", { path: `versions[${index}].from`, expected, found });
		}
		const plan = planCalendar(calendar, holidaySets, `versions[${index}].calendar`);
		return { plan, from, to: froms[index + 1] ?? Infinity };
	});
}
