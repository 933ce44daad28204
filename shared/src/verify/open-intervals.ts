import type { Claim, ClaimedCalendar } from "./claim.ts";
import { instantsShowing, wallTime } from "./wall-clock.ts";

export type Interval = [from: number, to: number];

const dayMs = 86_400_000;

/** The time that one date of a calendar owns. */
export function ownedBy(calendar: ClaimedCalendar, day: number): Interval[] {
	const midnight = day * dayMs;
	return union(
		calendar.hoursOn(day).flatMap(([start, end]) => instantsShowing(calendar.zone, midnight + start, midnight + end)),
	);
}

/** The open time between two instants, each calendar in the time in which it holds. */
export function openBetween({ calendars }: Claim, from: number, to: number): Interval[] {
	const open: Interval[] = [];
	for (const [index, calendar] of calendars.entries()) {
		const start = Math.max(from, calendar.since);
		const end = Math.min(to, calendars[index + 1]?.since ?? Number.POSITIVE_INFINITY);
		if (start >= end) continue;
		// Hours that run past midnight belong to the date before.
		const first = dayOf(calendar.zone, start) - 1;
		const last = dayOf(calendar.zone, end);
		for (let day = first; day <= last; day++) open.push(...within(ownedBy(calendar, day), start, end));
	}
	return union(open);
}

/** What is left of intervals, in order and apart, without what lies in others. */
export function without(intervals: readonly Interval[], others: readonly Interval[]): Interval[] {
	const cuts = union(others);
	const left: Interval[] = [];
	for (const [start, end] of intervals) {
		let from = start;
		for (const [cutFrom, cutTo] of cuts) {
			if (cutTo <= from) continue;
			if (cutFrom >= end) break;
			if (cutFrom > from) left.push([from, cutFrom]);
			from = cutTo;
		}
		if (from < end) left.push([from, end]);
	}
	return left;
}

export function within(intervals: readonly Interval[], from: number, to: number): Interval[] {
	return intervals.flatMap(([start, end]): Interval[] => {
		const [first, last] = [Math.max(start, from), Math.min(end, to)];
		return first < last ? [[first, last]] : [];
	});
}

export function lengthOf(intervals: readonly Interval[]): number {
	return intervals.reduce((sum, [start, end]) => sum + end - start, 0);
}

/** The first instant by which so much has passed; `null` when the intervals are shorter together. */
export function instantAfter(intervals: readonly Interval[], length: number): number | null {
	let left = length;
	for (const [start, end] of intervals) {
		if (end - start >= left) return start + left;
		left -= end - start;
	}
	return null;
}

/** Days since 1970 of the date that a zone's wall clock shows. */
export function dayOf(zone: string, instant: number): number {
	return Math.floor(wallTime(zone, instant) / dayMs);
}

function union(intervals: readonly Interval[]): Interval[] {
	const joined: Interval[] = [];
	for (const [start, end] of [...intervals].sort(([a], [b]) => a - b)) {
		const last = joined.at(-1);
		if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
		else joined.push([start, end]);
	}
	return joined;
}
