import type { DayNumber } from "./civil-date.ts";
import type { OwnedStretch } from "./open-year.ts";

/** The dates that own open time, in order, each with its stretches. */
export type DayTable = {
	readonly days: Int32Array;
	/** Where the stretches of each date begin in `stretches`; one more than there are dates. */
	readonly begins: Int32Array;
	readonly stretches: readonly OwnedStretch[];
};

export function dayTable(open: readonly OwnedStretch[]): DayTable {
	const stretches = [...open].sort((a, b) => a.owner - b.owner || a.start - b.start);
	const days: DayNumber[] = [];
	const begins: number[] = [];
	for (const [index, { owner }] of stretches.entries()) {
		if (owner === days.at(-1)) continue;
		days.push(owner);
		begins.push(index);
	}
	begins.push(stretches.length);
	return { days: Int32Array.from(days), begins: Int32Array.from(begins), stretches };
}

/** Index of the first date on or after a day; the number of dates when there is none. */
export function indexFrom({ days }: DayTable, day: DayNumber): number {
	let low = 0;
	let high = days.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((days[middle] ?? day) < day) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** What a date owns, by start; nothing when it is no working day. */
export function stretchesOf(table: DayTable, day: DayNumber): OwnedStretch[] {
	const index = indexFrom(table, day);
	return table.days[index] === day ? table.stretches.slice(table.begins[index], table.begins[index + 1]) : [];
}
