/** Milliseconds since 1970-01-01T00:00:00Z, a whole number. */
export type Instant = number;

/** Milliseconds of elapsed real time, a whole number. A "day" is never a duration. */
export type Duration = number;

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/** Layers over the weekly hours, in order, the last wins. Ranges are `HH:MM-HH:MM`; dates are `YYYY-MM-DD`. */
export type CalendarException =
	| { date: string; hours: string[] }
	| { date: string; add: string[] }
	| { date: string; remove: string[] }
	| { date: string; closed: true }
	| { from: string; to: string; closed: true };

/** What a person writes: a zone, weekly hours, holidays (`@set` or a date) and exceptions. */
export type CalendarDefinition = {
	zone: string;
	always?: boolean;
	weekly?: Partial<Record<Weekday, string[]>>;
	holidays?: string[];
	exceptions?: CalendarException[];
};

/** Successive definitions; each is in force from its instant (`null`: since ever). */
export type VersionedCalendarDefinition = {
	versions: { from: string | null; calendar: CalendarDefinition }[];
};

/** One rule of a holiday set. `easter` is an offset in days from Easter Sunday. */
export type HolidayRule = (
	| { fixed: string }
	| { easter: number }
	| { range: [string, string] }
	| { date: string }
	| { include: string }
) & { name?: string | Record<string, string>; years?: number[]; source?: string };

export type HolidaySets = Record<string, HolidayRule[]>;

/** An open stretch, half-open: `[start, end)`. */
export type Stretch = { start: Instant; end: Instant };

export type WorkingDayOptions = {
	/** Which day is day 0: that of the next opening (default), or the local date of arrival. */
	from?: "open" | "arrival";
	/** Whether day 0 counts as day 1 (`same`) or not (`after`, default). */
	count?: "after" | "same";
	/** When the last day ends: at its close (default), at midnight, or at the same wall time. */
	end?: "close" | "midnight" | "sameTime";
	horizonDays?: number;
};

/**
 * Business time of one calendar. Every answer is exact; nothing loops and nothing is guessed:
 * what cannot be answered throws a `CalendarError`.
 */
export interface Calendar {
	/** IANA zone in whose wall clock the hours are written (of the last version). */
	readonly zone: string;
	/** The earliest `u` with `between(t, u) = duration`; `t` itself for 0; `subtract` for a negative one. */
	add(t: Instant, duration: Duration, horizonDays?: number): Instant;
	/** The latest `u ≤ t` with `between(u, t) = duration`. */
	subtract(t: Instant, duration: Duration, horizonDays?: number): Instant;
	/** Open milliseconds in `[a, b)`; negative when `b < a`. */
	between(a: Instant, b: Instant): Duration;
	isOpen(t: Instant): boolean;
	/** `t` when open, else the next opening. */
	nextOpen(t: Instant, horizonDays?: number): Instant;
	/** End of the first stretch that ends after `t`; `null` when there is none within the horizon. */
	nextClose(t: Instant, horizonDays?: number): Instant | null;
	/** The open stretches that meet `[a, b)`, clipped to it, in order. */
	stretches(a: Instant, b: Instant): Stretch[];
	addWorkingDays(t: Instant, days: number, options?: WorkingDayOptions): Instant;
	workingDaysBetween(a: Instant, b: Instant, options?: Pick<WorkingDayOptions, "from">): number;
	/** Whether a local date (`YYYY-MM-DD`) owns at least one open millisecond. */
	isWorkingDay(date: string): boolean;
}
