import { IANAZone } from "luxon";
import type { Duration, Instant } from "./calendar.ts";
import { DAY_MS, utcYear, utcYearStart } from "./civil-date.ts";

/** A time during which a zone's clock stands `offset` ahead of UTC: `[from, to)`. */
export type Segment = { readonly from: Instant; readonly to: Instant; readonly offset: Duration };

const SECOND_MS = 1000;
/** No zone has ever moved its clock twice within three days: the nearest were four, in 1939, and a week, in 2000. */
const PROBE_MS = 3 * DAY_MS;
const zones = new Map<string, Map<number, readonly Segment[]>>();

/** Those that were found to exist: asking the platform takes long, and a policy names the same few again and again. */
const known = new Set<string>();

/** Whether a text names a zone of the IANA database, such as `Europe/Brussels`. A bare offset does not. */
export function isZone(name: unknown): name is string {
	if (typeof name !== "string") return false;
	if (known.has(name)) return true;
	const exists = /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
	if (exists) known.add(name);
	return exists;
}

/**
 * The stretches of constant offset that make up a UTC year in a zone, in order and without a hole.
 * Found once per zone and year, for all calendars together: probed every three days, then halved down to the second.
 */
export function zoneYear(zone: string, year: number): readonly Segment[] {
	let years = zones.get(zone);
	if (!years) {
		years = new Map();
		zones.set(zone, years);
	}
	let segments = years.get(year);
	if (!segments) {
		segments = findSegments(zone, utcYearStart(year), utcYearStart(year + 1));
		years.set(year, segments);
	}
	return segments;
}

/** What the zone's wall clock shows at an instant, as milliseconds counted as if that clock were UTC. */
export function wallClock(zone: string, instant: Instant): number {
	const segment = zoneYear(zone, utcYear(instant)).find(({ to }) => instant < to);
	return instant + (segment?.offset ?? 0);
}

function findSegments(zone: string, from: Instant, to: Instant): Segment[] {
	const iana = IANAZone.create(zone);
	const offsetAt = (instant: Instant): Duration => Math.round(iana.offset(instant) * 60_000);
	const segments: Segment[] = [];
	let start = from;
	let offset = offsetAt(from);
	for (let probe = from; probe < to; probe += PROBE_MS) {
		let before = probe;
		let after = Math.min(to, probe + PROBE_MS);
		const offsetNext = offsetAt(after);
		if (offsetNext === offset) continue;
		while (after - before > SECOND_MS) {
			const middle = before + Math.floor((after - before) / (2 * SECOND_MS)) * SECOND_MS;
			if (offsetAt(middle) === offset) before = middle;
			else after = middle;
		}
		if (after === to) break;
		segments.push({ from: start, to: after, offset });
		start = after;
		offset = offsetNext;
	}
	segments.push({ from: start, to, offset });
	return segments;
}
