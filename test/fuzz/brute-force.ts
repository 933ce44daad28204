import type { CalendarDefinition, HolidaySets } from "@stipt/shared/calendar/calendar";
import { isOpenFor, MINUTE_MS, type WallMinute, wallMinutes } from "./calendar-oracle.ts";

/** Spans of instants, `null`: without an end. Whole minutes. */
export type Spans = readonly (readonly [from: number, to: number | null])[];

export type DayQuestion = { from: "open" | "arrival"; count: "after" | "same"; end: "close" | "midnight" | "sameTime" };

/** Not to be told from the minutes that were walked. */
export const beyond = Symbol("beyond the minutes walked");

/**
 * Every question about a calendar answered by walking minute after minute through a part of it, without a sum, a search
 * or an offset. What lies outside of that part is `beyond`.
 */
export function bruteForce(definition: CalendarDefinition, sets: HolidaySets, start: number, minutes: number) {
	const walls = wallMinutes(definition.zone, start, minutes);
	/** The open minutes of each date. A range ends on the date after it starts at the latest. */
	const owned = new Map<number, number[]>();
	/** Of two dates that own a minute, the one whose shift runs on from the day before. */
	const owners = walls.map((wall, minute): number | null => {
		const both = [wall.day - 1, wall.day].filter((owner) => isOpenFor(definition, owner, wall, sets));
		for (const owner of both) {
			const minutesOfOwner = owned.get(owner) ?? [];
			if (minutesOfOwner.push(minute) === 1) owned.set(owner, minutesOfOwner);
		}
		return both[0] ?? null;
	});
	const isOpenAt = (minute: number): boolean => owners[minute] !== null && owners[minute] !== undefined;
	const at = (minute: number): number => start + minute * MINUTE_MS;
	const minuteOf = (t: number): number => Math.floor((t - start) / MINUTE_MS);
	const ownedBy = (day: number): number[] => owned.get(day) ?? [];

	/** Open milliseconds from the start of the walk. */
	function passed(t: number): number {
		let sum = 0;
		for (let minute = 0; minute < minuteOf(t); minute++) if (isOpenAt(minute)) sum += MINUTE_MS;
		return isOpenAt(minuteOf(t)) ? sum + (t - at(minuteOf(t))) : sum;
	}

	function add(t: number, ms: number): number | typeof beyond {
		let left = ms + (isOpenAt(minuteOf(t)) ? t - at(minuteOf(t)) : 0);
		for (let minute = minuteOf(t); minute < minutes; minute++) {
			if (!isOpenAt(minute)) continue;
			if (left <= MINUTE_MS) return at(minute) + left;
			left -= MINUTE_MS;
		}
		return beyond;
	}

	function subtract(t: number, ms: number): number | typeof beyond {
		let left = ms;
		for (let minute = minuteOf(t); minute >= 0; minute--) {
			if (!isOpenAt(minute)) continue;
			const end = Math.min(t, at(minute + 1));
			if (left <= end - at(minute)) return end - left;
			left -= end - at(minute);
		}
		return beyond;
	}

	function nextOpen(t: number): number | typeof beyond {
		if (isOpenAt(minuteOf(t))) return t;
		for (let minute = minuteOf(t); minute < minutes; minute++) if (isOpenAt(minute)) return at(minute);
		return beyond;
	}

	function nextClose(t: number): number | typeof beyond {
		const opening = nextOpen(t);
		if (opening === beyond) return beyond;
		for (let minute = minuteOf(opening); minute < minutes; minute++) if (!isOpenAt(minute)) return at(minute);
		return beyond;
	}

	function isDuring(spans: Spans, minute: number): boolean {
		return spans.some(([from, to]) => from <= at(minute) && (to === null || at(minute) < to));
	}

	function due(t: number, ms: number, pauses: Spans): number | null | typeof beyond {
		let left = ms;
		for (let minute = minuteOf(t); minute < minutes; minute++) {
			if (pauses.some(([from, to]) => to === null && from <= at(minute))) return null;
			if (!isOpenAt(minute) || isDuring(pauses, minute)) continue;
			if (left <= MINUTE_MS) return at(minute) + left;
			left -= MINUTE_MS;
		}
		return beyond;
	}

	function elapsed(from: number, to: number, pauses: Spans): number {
		let sum = 0;
		for (let minute = minuteOf(from); minute < minuteOf(to); minute++) {
			if (isOpenAt(minute) && !isDuring(pauses, minute)) sum += MINUTE_MS;
		}
		return sum;
	}

	function availability(from: number, to: number, side: "in" | "out" | "all", down: Spans, planned: Spans) {
		let [downMs, measuredMs] = [0, 0];
		for (let minute = minuteOf(from); minute < minuteOf(to); minute++) {
			const isOnSide = side === "all" || (side === "in") === isOpenAt(minute);
			if (!isOnSide || isDuring(planned, minute)) continue;
			measuredMs += MINUTE_MS;
			if (isDuring(down, minute)) downMs += MINUTE_MS;
		}
		return { downMs, measuredMs };
	}

	/** The date on which a count of days begins, with the time by which a day ends that ends at the same time. */
	function dayZero(t: number, from: DayQuestion["from"]): WallMinute | typeof beyond {
		if (from === "arrival") return walls[minuteOf(t)] ?? beyond;
		const opening = nextOpen(t);
		if (opening === beyond) return beyond;
		const [wall, owner] = [walls[minuteOf(opening)], owners[minuteOf(opening)]];
		if (!wall || owner === null || owner === undefined) return beyond;
		return { day: owner, minute: wall.minute + (wall.day - owner) * 1440 };
	}

	/** `t` is a whole minute. */
	function addWorkingDays(t: number, count: number, question: DayQuestion): number | typeof beyond {
		const zero = dayZero(t, question.from);
		if (typeof zero === "symbol") return beyond;
		const isLeft = ownedBy(zero.day).some((minute) => at(minute) >= t);
		let day = isLeft && (question.count === "same" || count === 0) ? zero.day : zero.day + 1;
		for (let left = Math.max(1, count); ; day++) {
			if (day >= (walls.at(-1)?.day ?? 0) - 1) return beyond;
			if (ownedBy(day).length > 0 && --left === 0) break;
		}
		const last = ownedBy(day).at(-1) ?? 0;
		const close = at(last + 1);
		const shows = (from: number, to: number) =>
			walls.flatMap((wall, minute) => {
				const now = wall.day * 1440 + wall.minute;
				return now >= from && now < to ? [minute] : [];
			});
		if (question.end === "close") return close;
		if (question.end === "midnight") {
			const last = shows(day * 1440, (day + 1) * 1440).at(-1);
			// A date that the clock leaves out ends where the next begins.
			return at(last === undefined ? (shows((day + 1) * 1440, (day + 2) * 1440)[0] ?? 0) : last + 1);
		}
		const [sameTime] = shows(day * 1440 + zero.minute, (day + 2) * 1440);
		const next = ownedBy(day).find((minute) => sameTime !== undefined && minute >= sameTime);
		return next === undefined ? close : at(next);
	}

	function workingDaysBetween(a: number, b: number, from: DayQuestion["from"]): number | typeof beyond {
		if (b <= a) return 0;
		const [zero, last] = [dayZero(a, from), walls[minuteOf(b)]];
		if (typeof zero === "symbol" || !last) return beyond;
		let count = 0;
		for (let day = zero.day + 1; day <= last.day; day++) if (ownedBy(day).length > 0) count++;
		return count;
	}

	return {
		start,
		walls,
		isOpen: (t: number) => isOpenAt(minuteOf(t)),
		between: (a: number, b: number) => passed(b) - passed(a),
		isWorkingDay: (day: number) => ownedBy(day).length > 0,
		...{ add, subtract, nextOpen, nextClose, due, elapsed, availability, addWorkingDays, workingDaysBetween },
	};
}
