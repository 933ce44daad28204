import type { Calendar, Instant, WorkingDayOptions } from "./calendar.ts";
import { DAY_MS, type DayNumber, parseDate, utcYear } from "./civil-date.ts";
import type { Coverage } from "./coverage.ts";
import { type DayTable, dayTable, indexFrom, stretchesOf } from "./day-table.ts";
import { instantsOf, type OwnedStretch, type PlanInForce } from "./open-year.ts";
import { nextOpen } from "./openings.ts";
import { beyondHorizon, checkDays, checkInstant, HORIZON_DAYS, horizonOf } from "./questions.ts";
import { type StretchTable, stretchAfter } from "./stretch-table.ts";
import { wallClock } from "./zone.ts";

/** A date and how far the wall clock is past its midnight; more than a day in the tail of its night shift. */
type LocalTime = { day: DayNumber; time: number };

/** What a date owns may lie this much outside its UTC day: a shift over midnight, and the zone's offset. */
const REACH_MS = 3 * DAY_MS;

/** The questions about working days of a calendar. A working day is a date that owns open time. */
export function workingDays(
	plans: readonly PlanInForce[],
	coverage: Coverage,
): Pick<Calendar, "addWorkingDays" | "workingDaysBetween" | "isWorkingDay"> {
	let built: { from: StretchTable; days: DayTable } | null = null;

	function daysCovering(from: Instant, to: Instant): DayTable {
		const table = coverage.cover(from - REACH_MS, to + REACH_MS);
		if (built?.from !== table) built = { from: table, days: dayTable(coverage.owned()) };
		return built.days;
	}

	function zoneAt(t: Instant): string {
		return plans.find(({ to }) => t < to)?.plan.zone ?? "UTC";
	}

	function localAt(t: Instant): LocalTime {
		const local = wallClock(zoneAt(t), t);
		const day = Math.floor(local / DAY_MS);
		return { day, time: local - day * DAY_MS };
	}

	/** By the date that owns an open instant: where two dates do, the one whose shift runs on from the day before. */
	function ownedAt(t: Instant): LocalTime {
		const { day, time } = localAt(t);
		const runsOn = stretchesOf(daysCovering(t, t), day - 1).some(({ start, end }) => start <= t && t < end);
		return runsOn ? { day: day - 1, time: time + DAY_MS } : { day, time };
	}

	function endOf(day: DayNumber, stretches: OwnedStretch[], time: number, end: WorkingDayOptions["end"]): Instant {
		const close = Math.max(...stretches.map((stretch) => stretch.end));
		const zone = zoneAt(close - 1);
		if (end === "midnight") return midnightAfter(day, zone);
		if (end !== "sameTime") return close;
		const [sameTime] = shown(zone, day * DAY_MS + time, (day + 2) * DAY_MS)[0] ?? [close];
		const next = stretches.find((stretch) => stretch.end > sameTime);
		return next ? Math.max(next.start, sameTime) : close;
	}

	function addWorkingDays(t: Instant, count: number, options: WorkingDayOptions = {}): Instant {
		checkInstant(t, "t");
		checkDays(count, "days");
		const horizonDays = options.horizonDays ?? HORIZON_DAYS;
		const limit = t + horizonOf(horizonDays);
		const opening = nextOpen(coverage, t, horizonDays);
		const zero = options.from === "arrival" ? localAt(t) : ownedAt(opening);
		// A day whose hours are over cannot count any more.
		const isLeft = stretchesOf(daysCovering(t, opening), zero.day).some(({ end }) => end > t);
		const firstDay = isLeft && (options.count === "same" || count === 0) ? zero.day : zero.day + 1;
		for (let days = daysCovering(t, opening); ; days = daysCovering(t, coverage.table.to)) {
			const { to } = coverage.table;
			const day = days.days[indexFrom(days, firstDay) + Math.max(count, 1) - 1];
			if (day !== undefined && day * DAY_MS + REACH_MS < to) {
				const found = endOf(day, stretchesOf(days, day), zero.time, options.end);
				if (found <= limit) return found;
				throw beyondHorizon(1, `${count} working days`, horizonDays);
			}
			if (to > limit + REACH_MS) throw beyondHorizon(1, `${count} working days`, horizonDays);
		}
	}

	function workingDaysBetween(a: Instant, b: Instant, options: Pick<WorkingDayOptions, "from"> = {}): number {
		checkInstant(a, "a");
		checkInstant(b, "b");
		if (b <= a) return 0;
		const days = daysCovering(a, b);
		const table = coverage.table;
		const opening = Math.max(a, table.starts[stretchAfter(table, a)] ?? Infinity);
		const arrives = options.from === "arrival";
		if (!arrives && opening > b + REACH_MS) return 0;
		const zero = arrives ? localAt(a).day : ownedAt(opening).day;
		return Math.max(0, indexFrom(days, localAt(b).day + 1) - indexFrom(days, zero + 1));
	}

	function isWorkingDay(date: string): boolean {
		const day = parseDate(date, "date");
		return stretchesOf(daysCovering(day * DAY_MS, (day + 1) * DAY_MS), day).length > 0;
	}

	return { addWorkingDays, workingDaysBetween, isWorkingDay };
}

/** The end of a date: its last instant on the wall clock. One that the clock leaves out (Samoa, 2011-12-30) ends where the next begins. */
function midnightAfter(day: DayNumber, zone: string): Instant {
	const last = shown(zone, day * DAY_MS, (day + 1) * DAY_MS).map(([, end]) => end);
	if (last.length > 0) return Math.max(...last);
	const [next] = shown(zone, (day + 1) * DAY_MS, (day + 2) * DAY_MS);
	if (next === undefined) throw new RangeError(`Expected the date after day ${day} in ${zone}, found none.`);
	return next[0];
}

/** The instants at which the wall clock shows a time in `[start, end)`, in order. */
function shown(zone: string, start: number, end: number): [start: Instant, end: Instant][] {
	const first = utcYear(start - DAY_MS);
	const last = utcYear(end + DAY_MS);
	return (first === last ? [first] : [first, last]).flatMap((year) => instantsOf([start, end], zone, year));
}
