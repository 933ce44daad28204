const dayMs = 86_400_000;
const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
/** No zone is further from UTC. */
const furthestMs = 16 * 3_600_000;

const formatters = new Map<string, Intl.DateTimeFormat>();
/** Offsets at whole quarters of an hour in UTC, by zone. */
const quarters = new Map<string, Map<number, number>>();
const mostQuarters = 20_000;

/** What a zone's wall clock shows at an instant, as milliseconds counted as if that clock were UTC. Throws `RangeError`. */
export function wallTime(zone: string, instant: number): number {
	return instant + offsetAt(zone, instant);
}

/** `2026-03-02T09:00:00.000+01:00` */
export function writeLocal(zone: string, instant: number): string {
	const offset = offsetAt(zone, instant);
	const minutes = Math.trunc(Math.abs(offset) / minuteMs);
	const seconds = Math.trunc(Math.abs(offset) / 1000) % 60;
	const two = (count: number) => String(count).padStart(2, "0");
	const tail = `${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}${seconds === 0 ? "" : `:${two(seconds)}`}`;
	return `${new Date(instant + offset).toISOString().slice(0, -1)}${offset < 0 ? "-" : "+"}${tail}`;
}

/**
 * The instants at which the wall clock shows a time in `[start, end)`, both as if the clock were UTC. Where the zone's
 * offset is the same all around, that is the range less the offset; elsewhere every minute is
 * asked.
 */
export function instantsShowing(zone: string, start: number, end: number): [from: number, to: number][] {
	if (end <= start) return [];
	const [first, last] = [start - furthestMs, end + furthestMs];
	const offset = offsetAt(zone, first);
	let isSteady = offsetAt(zone, last) === offset;
	for (let day = Math.ceil(first / dayMs) * dayMs; isSteady && day <= last; day += dayMs) {
		isSteady = offsetAtWhole(zone, day) === offset;
	}
	if (isSteady) return [[start - offset, end - offset]];
	const found: [number, number][] = [];
	for (let minute = Math.floor(first / minuteMs) * minuteMs; minute < last; minute += minuteMs) {
		const shown = wallTime(zone, minute);
		if (shown < start || shown >= end) continue;
		const before = found.at(-1);
		if (before !== undefined && before[1] === minute) before[1] = minute + minuteMs;
		else found.push([minute, minute + minuteMs]);
	}
	return found;
}

/** No zone changes its offset twice in a day: where it is the same at both ends of a day or a quarter, it is between. */
function offsetAt(zone: string, instant: number): number {
	for (const unit of [dayMs, quarterMs]) {
		const from = Math.floor(instant / unit) * unit;
		const offset = offsetAtWhole(zone, from);
		if (offset === offsetAtWhole(zone, from + unit)) return offset;
	}
	return askOffset(zone, instant);
}

/** At a whole quarter of an hour. */
function offsetAtWhole(zone: string, instant: number): number {
	const known = quarters.get(zone) ?? new Map<number, number>();
	quarters.set(zone, known);
	let offset = known.get(instant);
	if (offset === undefined) {
		offset = askOffset(zone, instant);
		if (known.size >= mostQuarters) known.clear();
		known.set(instant, offset);
	}
	return offset;
}

function askOffset(zone: string, instant: number): number {
	const second = Math.floor(instant / 1000) * 1000;
	const shown: Partial<Record<string, number>> = {};
	for (const { type, value } of formatterOf(zone).formatToParts(second)) shown[type] = Number(value);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = shown;
	return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
	const known = formatters.get(zone);
	if (known !== undefined) return known;
	const made = new Intl.DateTimeFormat("en-US", {
		timeZone: zone,
		hourCycle: "h23",
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
		second: "numeric",
	});
	formatters.set(zone, made);
	return made;
}
