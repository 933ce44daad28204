import { CalendarError } from "./calendar-error.ts";
import { DAY_MS, type DayNumber } from "./civil-date.ts";

/** Minutes after the midnight with which the owning date begins: `[start, end)`. Past 1440 it is the next date. */
export type MinuteRange = readonly [start: number, end: number];

/** Milliseconds of a wall clock counted as if it were UTC: `[start, end)`. */
export type LocalRange = readonly [start: number, end: number];

export const DAY_MINUTES = 1440;
const MINUTE_MS = 60_000;

const RANGE = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

/** Reads ranges of one date, in order of their start; throws INVALID_RANGE or OVERLAPPING_RANGES. */
export function parseRanges(texts: unknown, path: string): MinuteRange[] {
	if (!Array.isArray(texts))
		throw new CalendarError("INVALID_RANGE", { path, expected: "a list of ranges", found: texts });
	const ranges = texts.map((text, index) => parseRange(text, `${path}[${index}]`)).sort((a, b) => a[0] - b[0]);
	for (const [index, range] of ranges.entries()) {
		const next = ranges[index + 1];
		if (next && next[0] < range[1]) {
			throw new CalendarError("OVERLAPPING_RANGES", {
				path,
				expected: "ranges that do not overlap",
				words: `${formatRange(range)} and ${formatRange(next)}`,
			});
		}
	}
	return ranges;
}

/** Ranges that start on a day, by the wall clock. */
export function toLocal(ranges: readonly MinuteRange[], day: DayNumber): LocalRange[] {
	return ranges.map(([start, end]) => [day * DAY_MS + start * MINUTE_MS, day * DAY_MS + end * MINUTE_MS]);
}

/** The minutes of a day that owns these ranges: in order, and those that touch or overlap as one. */
export function toMinutes(ranges: readonly LocalRange[], day: DayNumber): MinuteRange[] {
	const merged: [start: number, end: number][] = [];
	for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
		const [start, end] = [(from - day * DAY_MS) / MINUTE_MS, (to - day * DAY_MS) / MINUTE_MS];
		const last = merged.at(-1);
		if (last && start <= last[1]) last[1] = Math.max(last[1], end);
		else merged.push([start, end]);
	}
	return merged;
}

/** What is left of ranges without `[from, to)`; a range that it does not touch stays itself. */
export function cutRanges(ranges: readonly LocalRange[], from: number, to: number): LocalRange[] {
	return ranges.flatMap((range): LocalRange[] => {
		const [start, end] = range;
		if (end <= from || start >= to) return [range];
		const left: LocalRange[] = [];
		if (start < from) left.push([start, from]);
		if (end > to) left.push([to, end]);
		return left;
	});
}

function parseRange(text: unknown, path: string): MinuteRange {
	const parts = typeof text === "string" ? RANGE.exec(text) : null;
	if (parts) {
		const start = Number(parts[1]) * 60 + Number(parts[2]);
		const end = parts[3] === undefined ? DAY_MINUTES : Number(parts[3]) * 60 + Number(parts[4]);
		if (end !== start) return [start, end < start ? end + DAY_MINUTES : end];
	}
	throw new CalendarError("INVALID_RANGE", {
		path,
		expected:
			"a range HH:MM-HH:MM that is not empty (a whole day is 00:00-24:00; an end before its start is the next day)",
		found: text,
	});
}

function formatRange([start, end]: MinuteRange): string {
	return `${formatMinutes(start)}-${formatMinutes(end > DAY_MINUTES ? end - DAY_MINUTES : end)}`;
}

function formatMinutes(minutes: number): string {
	return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
