import type { DayLayer } from "./calendar.ts";
import type { CalendarPlan } from "./calendar-plan.ts";
import { DAY_MS, type DayNumber } from "./civil-date.ts";
import { cutRanges, type LocalRange, toLocal } from "./local-ranges.ts";

/** What a date owns by the wall clock, in no order, and the layers that say something about it, the last one on top. */
export type LaidDay = { ranges: LocalRange[]; because: DayLayer[] };

/** A range ends on the date after it starts at the latest, so a date needs to know of its neighbours only. */
const REACH_DAYS = 1;

/** The dates of `firstDay … lastDay`: the week's hours, then holidays, then exceptions in order. */
export function layDays(plan: CalendarPlan, firstDay: DayNumber, lastDay: DayNumber): LaidDay[] {
	const from = firstDay - REACH_DAYS;
	const to = lastDay + REACH_DAYS;
	const laid: LaidDay[] = [];
	for (let day = from; day <= to; day++) {
		const { ranges, layer } = plan.hoursOn(day);
		laid.push({ ranges: plan.ownHours.has(day) ? [] : toLocal(ranges, day), because: [layer] });
	}

	/** Calls `change` with each date that there is; notes the layer where it is named or where it changed something. */
	function lay(layer: DayLayer, first: DayNumber, last: DayNumber, change: (day: LaidDay) => boolean): void {
		for (let day = Math.max(from, first); day <= Math.min(to, last); day++) {
			const found = laid[day - from];
			if (found && change(found) && found.because.at(-1) !== layer) found.because.push(layer);
		}
	}
	function cut(layer: DayLayer, start: number, end: number): void {
		lay(layer, Math.floor(start / DAY_MS) - 1, Math.ceil(end / DAY_MS) - 1, (day) => {
			const left = cutRanges(day.ranges, start, end);
			const isCut = left.length !== day.ranges.length || left.some((range, index) => range !== day.ranges[index]);
			day.ranges = left;
			return isCut;
		});
	}
	function close(layer: DayLayer, first: DayNumber, last: DayNumber): void {
		if (!plan.closesShifts) cut(layer, first * DAY_MS, (last + 1) * DAY_MS);
		lay(layer, first, last, (day) => {
			day.ranges = plan.closesShifts ? [] : day.ranges;
			return true;
		});
	}

	for (let day = from; day <= to; day++) {
		const holiday = plan.holidayOn(day);
		if (holiday && plan.ownHours.has(day)) lay(holiday, day, day, () => true);
		else if (holiday) close(holiday, day, day);
	}
	for (const exception of plan.exceptions) {
		const { layer, from: first, to: last } = exception;
		if (exception.kind === "closed") close(layer, first, last);
		else {
			const ranges = toLocal(exception.ranges, first);
			if (exception.kind === "remove") for (const [start, end] of ranges) cut(layer, start, end);
			lay(layer, first, last, (day) => {
				if (exception.kind !== "remove") day.ranges.push(...ranges);
				return true;
			});
		}
	}
	return laid.slice(REACH_DAYS, -REACH_DAYS);
}
