import type { Calendar, CalendarDay, Instant } from "./calendar.ts";
import { DAY_MS, type DayNumber, formatDate, parseDate } from "./civil-date.ts";
import { layDays } from "./laid-days.ts";
import { DAY_MINUTES, toMinutes } from "./local-ranges.ts";
import type { PlanInForce } from "./open-year.ts";
import { checkInstant } from "./questions.ts";
import { wallClock } from "./zone.ts";

/** What a calendar says of its dates, for people. Where versions follow one another, a date is told by that of its noon. */
export function describedDays(plans: readonly PlanInForce[]): Pick<Calendar, "dayOf" | "days"> {
	function describe(first: DayNumber, last: DayNumber): CalendarDay[] {
		const days: CalendarDay[] = [];
		let next = first;
		for (const { plan, to } of plans) {
			const from = next;
			while (next <= last && noonOf(plan.zone, next) < to) next++;
			if (next === from) continue;
			for (const [index, { ranges, because }] of layDays(plan, from, next - 1).entries()) {
				const day = from + index;
				days.push({ date: formatDate(day), ranges: toMinutes(ranges, day), because });
			}
		}
		return days;
	}

	function localAt(t: Instant): number {
		return wallClock(plans.find(({ to }) => t < to)?.plan.zone ?? "UTC", t);
	}

	return {
		dayOf(date) {
			const day = parseDate(date, "date");
			return describe(day, day)[0] ?? { date, ranges: [], because: [] };
		},
		days(a, b) {
			checkInstant(a, "a");
			checkInstant(b, "b");
			if (b <= a) return [];
			const from = localAt(a);
			const first = Math.floor(from / DAY_MS);
			// Where the clock is set back, the last instant may show an earlier date than one before it.
			const last = Math.max(first, Math.floor(localAt(b - 1) / DAY_MS));
			const days = describe(first - 1, last);
			const reachesIn = days[0]?.ranges.some(([, end]) => (first - 1) * DAY_MINUTES + end > from / 60_000);
			return reachesIn ? days : days.slice(1);
		},
	};
}

/** The instant at which a zone's clock shows noon, or close to it. */
function noonOf(zone: string, day: DayNumber): Instant {
	const noon = day * DAY_MS + DAY_MS / 2;
	return 2 * noon - wallClock(zone, noon);
}
