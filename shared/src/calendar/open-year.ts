import type { Instant } from "./calendar.ts";
import type { CalendarPlan } from "./calendar-plan.ts";
import { DAY_MS, type DayNumber, utcYearStart, weekdayOf } from "./civil-date.ts";
import { cutRanges, type LocalRange, type MinuteRange } from "./local-ranges.ts";
import { zoneYear } from "./zone.ts";

/** Open time that one local date owns: `[start, end)`. The owner is the date on which the range starts. */
export type OwnedStretch = { start: Instant; end: Instant; owner: DayNumber };

/** A plan and the time in which it is in force: `[from, to)`. */
export type PlanInForce = { plan: CalendarPlan; from: Instant; to: Instant };

/** A night shift starts on the date before, and a zone's date may be one off UTC's. */
const MARGIN_DAYS = 2;
const MINUTE_MS = 60_000;

/** What is open in a UTC year, by start. Two dates may own the same time where their ranges overlap. */
export function openYear(plans: readonly PlanInForce[], year: number): OwnedStretch[] {
	const yearStart = utcYearStart(year);
	const yearEnd = utcYearStart(year + 1);
	const open: OwnedStretch[] = [];
	for (const { plan, from, to } of plans) {
		if (plan.neverOpens || to <= yearStart || from >= yearEnd) continue;
		const firstDay = yearStart / DAY_MS - MARGIN_DAYS;
		const lastDay = yearEnd / DAY_MS + MARGIN_DAYS;
		for (const [index, ranges] of localRanges(plan, firstDay, lastDay).entries()) {
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

/** The ranges that each date of `firstDay … lastDay` owns: weekly hours, then holidays, then exceptions in order. */
function localRanges(plan: CalendarPlan, firstDay: DayNumber, lastDay: DayNumber): LocalRange[][] {
	const owned: LocalRange[][] = [];
	for (let day = firstDay; day <= lastDay; day++) {
		owned.push(plan.ownHours.has(day) ? [] : toLocal(plan.weekly[weekdayOf(day)] ?? [], day));
	}
	const cut = (from: number, to: number): void => {
		const first = Math.max(0, Math.floor(from / DAY_MS) - 1 - firstDay);
		const last = Math.min(owned.length - 1, Math.ceil(to / DAY_MS) - 1 - firstDay);
		for (let index = first; index <= last; index++) owned[index] = cutRanges(owned[index] ?? [], from, to);
	};
	for (let day = firstDay; day <= lastDay; day++) {
		if (plan.isHoliday(day) && !plan.ownHours.has(day)) cut(day * DAY_MS, (day + 1) * DAY_MS);
	}
	for (const layer of plan.layers) {
		if (layer.to < firstDay - 1 || layer.from > lastDay) continue;
		if (layer.kind === "closed") cut(layer.from * DAY_MS, (layer.to + 1) * DAY_MS);
		else if (layer.kind === "remove") for (const [from, to] of toLocal(layer.ranges, layer.from)) cut(from, to);
		else owned[layer.from - firstDay]?.push(...toLocal(layer.ranges, layer.from));
	}
	return owned;
}

function toLocal(ranges: readonly MinuteRange[], day: DayNumber): LocalRange[] {
	return ranges.map(([start, end]) => [day * DAY_MS + start * MINUTE_MS, day * DAY_MS + end * MINUTE_MS]);
}
