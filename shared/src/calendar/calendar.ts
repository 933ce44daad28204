/** Milliseconds since 1970-01-01T00:00:00Z, a whole number. */
export type Instant = number;

/** Milliseconds of elapsed real time, a whole number. A "day" is never a duration. */
export type Duration = number;

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/** The hours of a week: ranges `HH:MM-HH:MM` that start on each weekday; a weekday without any is closed. */
export type Weekly = Partial<Record<Weekday, string[]>>;

/** What something is called: one text, or one per language. */
export type Named = string | Record<string, string>;

/** Weeks that follow one another over and over; the week of `anchor`, a Monday, has the first one's hours. */
export type Rota = { anchor: string; weeks: Weekly[] };

/**
 * Another week between two dates, both included: `MM-DD` holds every year and may pass New Year, `YYYY-MM-DD` holds
 * once. Of seasons that overlap the last wins.
 */
export type Season = { from: string; to: string; weekly: Weekly; name?: Named };

/** Layers over the week's hours, in order, the last wins. Ranges are `HH:MM-HH:MM`; dates are `YYYY-MM-DD`. */
export type CalendarException = (
	| { date: string; hours: string[] }
	| { date: string; add: string[] }
	| { date: string; remove: string[] }
	| { date: string; closed: true }
	| { from: string; to: string; closed: true }
) & { name?: Named };

/** What a person writes: a zone, the hours of a week (or a rota, or always), seasons, holidays and exceptions. */
export type CalendarDefinition = {
	zone: string;
	always?: boolean;
	weekly?: Weekly;
	/** Instead of `weekly`. */
	rota?: Rota;
	seasons?: Season[];
	/** `@set`, or a date. */
	holidays?: string[];
	/**
	 * What a closed date closes: itself from midnight to midnight (`date`, default), or the shifts that start on it, to
	 * their end (`shift`).
	 */
	holidayScope?: "date" | "shift";
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
) & { name?: Named; years?: number[]; source?: string };

/** Rules, and the last year of which every day is decided; without it they hold for every year. */
export type HolidaySet = { rules: HolidayRule[]; completeUntil?: number };

export type HolidaySets = Record<string, HolidayRule[] | HolidaySet>;

/** An open stretch, half-open: `[start, end)`. */
export type Stretch = { start: Instant; end: Instant };

/** A layer that says something about a date. */
export type DayLayer =
	| { layer: "always" }
	| { layer: "weekly" }
	/** `week` counts from 1 to `of`. */
	| { layer: "rota"; week: number; of: number }
	| { layer: "season"; from: string; to: string; name: Named | null }
	/** `date` is the holiday's own: it may be the next one, whose midnight ends a night shift. */
	| { layer: "holiday"; date: string; set: string | null; name: Named | null }
	| {
			layer: "exception";
			kind: "closed" | "hours" | "add" | "remove";
			/** Position in the definition, from 0. */
			index: number;
			from: string;
			to: string;
			name: Named | null;
	  };

/** The hours of one date and why it has them. */
export type CalendarDay = {
	/** `YYYY-MM-DD`, in the calendar's zone. */
	date: string;
	/** Minutes after its midnight, `[start, end)`, in order; past 1440 it is the next date. */
	ranges: readonly (readonly [start: number, end: number])[];
	/** What was laid on it, in order; the last one decides. Alone: an ordinary day of its week. */
	because: readonly DayLayer[];
};

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
	/** Identity of the content: the definition with all the holiday rules that it uses. What it is named is no part of it. */
	readonly version: string;
	/** The last year in which every holiday is decided; `null`: in all. */
	readonly completeUntil: number | null;
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
	/** The hours that a local date (`YYYY-MM-DD`) owns, and the layers that gave it those hours. */
	dayOf(date: string): CalendarDay;
	/** The local dates that own time of `[a, b)`, open or not, in order: also the one before whose night shift reaches in. */
	days(a: Instant, b: Instant): CalendarDay[];
}
