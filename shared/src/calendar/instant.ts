import type { Instant } from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import { DAY_MS, dayNumber, daysInMonth } from "./civil-date.ts";

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):?(\d{2}))$/;

/**
 * The instant that an ISO 8601 text names. An explicit offset or `Z` is required; what is finer than a
 * millisecond is dropped. Throws INVALID_INSTANT.
 */
export function parseInstant(text: unknown, path: string): Instant {
	const parts = typeof text === "string" ? INSTANT.exec(text) : null;
	if (parts) {
		const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
			.slice(1, 7)
			.map((part) => Number(part ?? 0));
		const [offsetHours, offsetMinutes] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)];
		const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
		if (exists && hour < 24 && minute < 60 && second < 60 && offsetHours < 24 && offsetMinutes < 60) {
			const local = dayNumber(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
			const offset = (offsetHours * 60 + offsetMinutes) * 60_000 * (parts[8] === "-" ? -1 : 1);
			return local + Number((parts[7] ?? "0").padEnd(3, "0").slice(0, 3)) - offset;
		}
	}
	throw new CalendarError("INVALID_INSTANT", {
		path,
		expected: "an ISO 8601 instant with an offset or Z, such as 2026-03-02T09:00:00+01:00",
		found: text,
	});
}

/** ISO 8601 in UTC, with milliseconds. */
export function formatInstant(instant: Instant): string {
	return new Date(instant).toISOString();
}
