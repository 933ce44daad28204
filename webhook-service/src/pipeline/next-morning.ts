import type { Calendar, Instant } from "@stipt/shared/calendar/calendar";
import { CalendarError } from "@stipt/shared/calendar/calendar-error";

/** When the service's hours start again after those that run now, or `null` when they never end or never start. */
export function nextMorning(calendar: Calendar, now: Instant): Instant | null {
	try {
		const close = calendar.isOpen(now) ? calendar.nextClose(now) : now;
		return close === null ? null : calendar.nextOpen(close);
	} catch (error) {
		if (error instanceof CalendarError) return null;
		throw error;
	}
}
