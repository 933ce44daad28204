import type { Instant } from "./calendar.ts";
import type { CalendarPlan } from "./calendar-plan.ts";
import { DAY_MS, type DayNumber, utcYearStart } from "./civil-date.ts";
import { layDays } from "./laid-days.ts";
import type { LocalRange } from "./local-ranges.ts";
import { zoneYear } from "./zone.ts";

/** Open time that one local date owns: `[start, end)`. The owner is the date on which the range starts. */
export type OwnedStretch = { start: Instant; end: Instant; owner: DayNumber };

/** A plan and the time in which it is in force: `[from, to)`. */
export type PlanInForce = { plan: CalendarPlan; from: Instant; to: Instant };

/** A night shift starts on the date before, and a zone's date may be one off UTC's. */
const MARGIN_DAYS = 2;

/** What is open in a UTC year, by start. Two dates may own the same time where their ranges overlap. */
export function openYear(plans: readonly PlanInForce[], year: number): OwnedStretch[] {
	const yearStart = utcYearStart(year);
	const yearEnd = utcYearStart(year + 1);
	const open: OwnedStretch[] = [];
	for (const { plan, from, to } of plans) {
		if (plan.neverOpens || to <= yearStart || from >= yearEnd) continue;
		const firstDay = yearStart / DAY_MS - MARGIN_DAYS;
		const lastDay = yearEnd / DAY_MS + MARGIN_DAYS;
		for (const [index, { ranges }] of layDays(plan, firstDay, lastDay).entries()) {
			for (const range of ranges) {
				for (const [start, end] of instantsOf(range, plan.zone, year, from, to)) {
					open.push({ start, end, owner: firstDay + index });
				}
			}
		}
	}
	return open.sort((a, b) => a.start - b.start || a.owner - b.owner);
}

/**
 * The instants of a UTC year, within `[from, to)`, at which the zone's wall clock shows a time in a range.
 * A time that the clock skips has none, one that it shows twice has two.
 */
export function instantsOf(
	[start, end]: LocalRange,
	zone: string,
	year: number,
	from: Instant = -Infinity,
	to: Instant = Infinity,
): [start: Instant, end: Instant][] {
	const found: [Instant, Instant][] = [];
	for (const segment of zoneYear(zone, year)) {
		const first = Math.max(start - segment.offset, segment.from, from);
		const last = Math.min(end - segment.offset, segment.to, to);
		if (first < last) found.push([first, last]);
	}
	return found;
}
