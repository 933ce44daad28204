import type { Claim, ClaimedTarget } from "./claim.ts";
import { dayOf, type Interval, openBetween, ownedBy } from "./open-intervals.ts";
import { instantsShowing, wallTime } from "./wall-clock.ts";

type WorkingDays = Extract<ClaimedTarget, { kind: "working-days" }>;

const dayMs = 86_400_000;

/** When so many working days from the counted start end, date by date; `null` when the proof's dates do not reach so far. */
export function endOfWorkingDays(claim: Claim, target: WorkingDays): number | null {
	const calendar = claim.calendars.at(-1);
	if (calendar === undefined) return null;
	const { zone, last } = calendar;
	const from = claim.countedFrom;
	const opening = openBetween(claim, from, (last + 1) * dayMs + 2 * dayMs)[0]?.[0];
	if (opening === undefined) return null;
	const arrival = target.from === "arrival" ? from : opening;
	let zero = dayOf(zone, arrival);
	if (target.from === "open" && ownedBy(calendar, zero - 1).some(([start, end]) => start <= opening && opening < end)) {
		zero -= 1;
	}
	const time = wallTime(zone, arrival) - zero * dayMs;
	const isZeroLeft = ownedBy(calendar, zero).some(([, end]) => end > from);
	let left = Math.max(target.days, 1);
	let day = isZeroLeft && (target.count === "same" || target.days === 0) ? zero : zero + 1;
	for (; day <= last; day++) {
		const hours = ownedBy(calendar, day);
		if (hours.length > 0) left -= 1;
		if (left === 0) return endOfDay(zone, day, hours, time, target.end);
	}
	return null;
}

function endOfDay(zone: string, day: number, hours: Interval[], time: number, end: WorkingDays["end"]): number {
	const close = Math.max(...hours.map(([, last]) => last));
	const midnight = day * dayMs;
	if (end === "midnight") return Math.max(...instantsShowing(zone, midnight, midnight + dayMs).map(([, last]) => last));
	if (end === "close") return close;
	const sameTime = instantsShowing(zone, midnight + time, midnight + 2 * dayMs)[0]?.[0] ?? close;
	const next = hours.find(([, last]) => last > sameTime);
	return next === undefined ? close : Math.max(next[0], sameTime);
}
