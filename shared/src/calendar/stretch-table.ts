import type { Duration, Instant } from "./calendar.ts";
import type { OwnedStretch } from "./open-year.ts";

/**
 * Everything open in `[from, to)`, merged, with running sums, so that each question is one or two searches.
 * All numbers are whole milliseconds.
 */
export type StretchTable = {
	readonly from: Instant;
	readonly to: Instant;
	readonly count: number;
	readonly starts: Float64Array;
	readonly ends: Float64Array;
	/** Open time up to the end of each stretch. */
	readonly sums: Float64Array;
	readonly total: Duration;
	readonly endGuide: Guide;
	readonly sumGuide: Guide;
};

/**
 * Equal buckets over a sorted list of keys: the keys that reach bucket `b` begin at `first[b]`. A search looks only
 * between two neighbours, so it takes the same time however long the list is.
 */
type Guide = { readonly origin: number; readonly scale: number; readonly first: Int32Array };

const BUCKETS_PER_KEY = 2;

/** Builds the table; `open` is sorted by start, and what touches or overlaps becomes one stretch. */
export function stretchTable(open: readonly OwnedStretch[], from: Instant, to: Instant): StretchTable {
	const starts = new Float64Array(open.length);
	const ends = new Float64Array(open.length);
	let count = 0;
	for (const { start, end } of open) {
		if (count > 0 && start <= at(ends, count - 1)) ends[count - 1] = Math.max(end, at(ends, count - 1));
		else {
			starts[count] = start;
			ends[count] = end;
			count++;
		}
	}
	const sums = new Float64Array(count);
	let total = 0;
	for (let index = 0; index < count; index++) {
		total += at(ends, index) - at(starts, index);
		sums[index] = total;
	}
	return {
		from,
		to,
		count,
		starts: starts.slice(0, count),
		ends: ends.slice(0, count),
		sums,
		total,
		endGuide: guideTo(ends, count, from, to),
		sumGuide: guideTo(sums, count, 0, total),
	};
}

/** Index of the first stretch that ends after `t`; `count` when there is none. `t` lies in `[from, to]`. */
export function stretchAfter(table: StretchTable, t: Instant): number {
	return firstAbove(table.ends, table.endGuide, t);
}

/** Open time in `[from, t)`. `t` lies in `[from, to]`. */
export function openBefore(table: StretchTable, t: Instant): Duration {
	const index = firstAbove(table.ends, table.endGuide, t);
	if (index === table.count) return table.total;
	const start = at(table.starts, index);
	const left = at(table.ends, index) - (t > start ? t : start);
	return at(table.sums, index) - left;
}

/** The earliest instant before which `sum` is open. `sum` lies in `(0, total]`. */
export function earliestAt(table: StretchTable, sum: Duration): Instant {
	const index = firstAbove(table.sums, table.sumGuide, sum - 1);
	return at(table.ends, index) - (at(table.sums, index) - sum);
}

/** The latest instant before which no more than `sum` is open. `sum` lies in `[0, total)`. */
export function latestAt(table: StretchTable, sum: Duration): Instant {
	const index = firstAbove(table.sums, table.sumGuide, sum);
	return at(table.ends, index) - (at(table.sums, index) - sum);
}

/** Index of the first of the sorted whole numbers that is greater than `key`. */
function firstAbove(keys: Float64Array, guide: Guide, key: number): number {
	const bucket = ((key - guide.origin) * guide.scale) | 0;
	let low = guide.first[bucket] as number;
	let high = guide.first[bucket + 1] as number;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((keys[middle] as number) > key) high = middle;
		else low = middle + 1;
	}
	return low;
}

function guideTo(keys: Float64Array, count: number, origin: number, last: number): Guide {
	const buckets = count * BUCKETS_PER_KEY + 1;
	const scale = last > origin ? buckets / (last - origin) : 0;
	const first = new Int32Array(buckets + 2);
	let index = 0;
	for (let bucket = 0; bucket < first.length; bucket++) {
		while (index < count && (((at(keys, index) - origin) * scale) | 0) < bucket) index++;
		first[bucket] = index;
	}
	return { origin, scale, first };
}

/** An element that is known to be there. */
function at(list: Float64Array, index: number): number {
	return list[index] as number;
}
