import type { Calendar, Instant, WorkingDayOptions } from "../calendar/calendar.ts";

/**
 * Two calendars as one: the first before an instant, the second from it on. What was open before it stays open, whatever
 * the second says of that time. The zone is the second's. Throws what they throw.
 */
export function joinCalendars(before: Calendar, at: Instant, after: Calendar): Calendar {
	if (before.version === after.version) return after;

	function between(a: Instant, b: Instant): number {
		if (b < a) return 0 - between(b, a);
		return (a < at ? before.between(a, Math.min(b, at)) : 0) + (b > at ? after.between(Math.max(a, at), b) : 0);
	}
	function add(t: Instant, duration: number, horizonDays?: number): Instant {
		if (duration < 0) return subtract(t, -duration, horizonDays);
		if (t >= at || duration === 0) return after.add(t, duration, horizonDays);
		const open = before.between(t, at);
		return open >= duration ? before.add(t, duration, horizonDays) : after.add(at, duration - open, horizonDays);
	}
	function subtract(t: Instant, duration: number, horizonDays?: number): Instant {
		if (duration < 0) return add(t, -duration, horizonDays);
		if (t <= at || duration === 0) return before.subtract(t, duration, horizonDays);
		const open = after.between(at, t);
		return open >= duration
			? after.subtract(t, duration, horizonDays)
			: before.subtract(at, duration - open, horizonDays);
	}
	function nextOpen(t: Instant, horizonDays?: number): Instant {
		if (t >= at) return after.nextOpen(t, horizonDays);
		return before.between(t, at) > 0 ? before.nextOpen(t, horizonDays) : after.nextOpen(at, horizonDays);
	}
	function nextClose(t: Instant, horizonDays?: number): Instant | null {
		if (t >= at) return after.nextClose(t, horizonDays);
		const close = before.nextClose(t, horizonDays);
		if (close !== null && close <= at && !(close === at && after.isOpen(at))) return close;
		return after.nextClose(at, horizonDays);
	}
	/** Days that were working days are; the others are counted from the date of the change on. */
	function addWorkingDays(t: Instant, days: number, options: WorkingDayOptions = {}): Instant {
		if (t >= at) return after.addWorkingDays(t, days, options);
		const passed = before.workingDaysBetween(t, at, options) + (options.count === "same" ? 1 : 0);
		if (passed > days || options.end === "sameTime") return before.addWorkingDays(t, days, options);
		const { count: _after, ...others } = options;
		const found = after.addWorkingDays(at, days - passed, { ...others, from: "arrival" });
		return found > at ? found : before.addWorkingDays(t, days, options);
	}
	/** On the date of the change it is the later one that says. */
	function ownerOf(date: string): Calendar {
		const changed = after.days(at, at + 1).at(-1)?.date ?? "";
		return date < changed ? before : after;
	}
	const ends = [before.completeUntil, after.completeUntil].filter((year) => year !== null);
	return {
		zone: after.zone,
		version: `${before.version}+${after.version}`,
		completeUntil: ends.length === 0 ? null : Math.min(...ends),
		between,
		add,
		subtract,
		nextOpen,
		nextClose,
		addWorkingDays,
		isOpen: (t) => (t < at ? before : after).isOpen(t),
		stretches(a, b) {
			const found = [
				...(a < at ? before.stretches(a, Math.min(b, at)) : []),
				...(b > at ? after.stretches(Math.max(a, at), b) : []),
			];
			return found.filter((stretch, index) => {
				const next = found[index + 1];
				if (stretch.end !== at || next?.start !== at) return true;
				next.start = stretch.start;
				return false;
			});
		},
		workingDaysBetween: (a, b, options) =>
			b <= at
				? before.workingDaysBetween(a, b, options)
				: a >= at
					? after.workingDaysBetween(a, b, options)
					: before.workingDaysBetween(a, at, options) + after.workingDaysBetween(at, b, { from: "arrival" }),
		isWorkingDay: (date) => ownerOf(date).isWorkingDay(date),
		dayOf: (date) => ownerOf(date).dayOf(date),
		days(a, b) {
			const earlier = a < at ? before.days(a, Math.min(b, at)) : [];
			const later = b > at ? after.days(Math.max(a, at), b) : [];
			return [...earlier.filter(({ date }) => date < (later[0]?.date ?? "~")), ...later];
		},
	};
}
