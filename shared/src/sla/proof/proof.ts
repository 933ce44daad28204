import type { Words } from "../../wire/language.ts";
import type { Clock } from "../evaluation.ts";
import type { Goal, PauseOwner } from "../fact.ts";

/** An instant twice: ISO 8601 in UTC, and what the wall clock of the proof's zone showed, with its offset. */
export type Moment = { at: string; local: string };

/** A local date, `YYYY-MM-DD`. */
export type LocalDate = string;

export type WeekdayName = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/** Opening hours of a date: `HH:MM-HH:MM`; past midnight the hours run on (`22:00-30:00`). `minutes` is their sum. */
export type Hours = { hours: string[]; minutes: number };

/** The same hours every week, from one date to another. Only weekdays that occur in it are there. */
export type WeekSpan = {
	from: LocalDate;
	to: LocalDate;
	/** From the first to the last, both included. */
	days: number;
	layer: "always" | "weekly" | "rota" | "season";
	/** A season's name; `2/3` for the second week of a rota of three. */
	name: Words | null;
	week: Partial<Record<WeekdayName, Hours>>;
};

/** A date with other hours than its week has, by a holiday or an exception of its own (or the night before the holiday). */
export type SpecialDay = Hours & {
	date: LocalDate;
	weekday: WeekdayName;
	because: "holiday" | "exception";
	name: Words | null;
	/** The holiday set that names it. */
	set: string | null;
};

/** What a calendar says between the first and the last instant of a proof. */
export type ProofCalendar = {
	name: string;
	/** Of its hours and its holiday sets together: the same content always has the same version. */
	version: string;
	zone: string;
	/** Some of these dates lie in years whose holidays are not all decided yet. */
	provisional: boolean;
	weeks: WeekSpan[];
	special: SpecialDay[];
	/** In force here from then; `null`: since before the start. */
	since: Moment | null;
	policyVersion: string;
};

/** Open, unpaused time that counts. Equal days in a row are one line. */
export type CountedLine =
	| { kind: "stretch"; from: Moment; to: Moment; ms: number }
	| { kind: "days"; from: Moment; to: Moment; days: number; each: number; ms: number };

export type ProofTarget =
	/** `stated` as a policy writes it: `1h 30m`. */
	| { kind: "business"; stated: string; ms: number }
	| {
			kind: "working-days";
			days: number;
			/** As the policy states it: `3 working days`. */
			stated: string;
			from: "open" | "arrival";
			count: "after" | "same";
			end: "close" | "midnight" | "sameTime";
			/** When the last of them ends, pauses left aside; `null` when that never comes. */
			ends: Moment | null;
			/** The open time until then. */
			ms: number | null;
	  }
	/** What the resolution's target leaves for passing a ticket on: the next line is to have its minimum of it. */
	| {
			kind: "left-for-line";
			/** The next line. */
			line: string;
			/** The resolution's target, and what of it was used when this line received the ticket. */
			resolution: number;
			used: number;
			minimum: number;
			/** `resolution` less `used` and `minimum`: negative when it was too late already. */
			left: number;
			ms: number;
	  };

export type ProofPause = {
	from: Moment;
	/** `null` while it lasts. */
	until: Moment | null;
	/** `rule`: the ticket's state; `hand`: somebody; `information`: somebody, until the customer answers; `solved`: it was solved and then reopened. */
	by: "rule" | "hand" | "information" | "solved";
	reason: Words | null;
	owner: PauseOwner | null;
	/** Open time between the counted start and the end of the count that lay in it. */
	ms: number;
};

/** What changed while the clock ran, and what that did to its target. */
export type ProofChange = Moment & {
	what: "priority" | "service" | "channel" | "policy";
	from: string;
	to: string;
	/**
	 * `counted-back`: as if it had held from the start. `overtaken`: the clock began anew after it. `none`: the target
	 * stayed as it was, or the clock had been missed.
	 */
	effect: "counted-back" | "begun-anew" | "overtaken" | "none";
};

/**
 * The sum behind one clock, complete enough to be checked by somebody who has nothing else: every number in it follows
 * from others that are in it. Times are those of `zone`.
 */
export type Proof = {
	proof: "stipt/1";
	zone: string;
	asOf: Moment;
	/** Edition of the time zone database that was used. */
	tzData: string;
	ticket: { connection: string; ticket: string; number: string } | null;
	/** Goal and cycle in one, such as `resolution 2`. */
	id: string;
	goal: Goal;
	cycle: number;
	state: Clock["state"];
	policy: { name: string; title: string; version: string };
	/** The rule that gave the target. */
	rule: {
		service: string;
		serviceName: Words | null;
		priority: string;
		priorityName: Words | null;
		line: string | null;
		/** `null`: best effort, with no target or over a channel without a promise. */
		target: ProofTarget | null;
		promise: Clock["promise"];
		/** Why there is no target. */
		without: "no-target" | "channel" | null;
	};
	started: Moment & { because: "opened" | "question" | "answered" | "received" | "reopened" };
	/** From where the target counts: the start, or a change that began it anew. */
	countedFrom: Moment;
	changes: ProofChange[];
	/** A deadline that people agreed, and when: from then on nothing moves it. */
	agreed: (Moment & { reason: string; deadline: Moment }) | null;
	/** In order of time; more than one when a later version of the policy took over. */
	calendars: ProofCalendar[];
	pauses: ProofPause[];
	/** Nothing moves a deadline that was agreed (for a line: that of the resolution): up to it, pauses count too. */
	unpaused: boolean;
	counted: CountedLine[];
	/** Where the count ends: the deadline, else the stop, else now. */
	countedTo: Moment;
	/** Sum of all lines: the target when there is a deadline, else what was used. */
	sum: number;
	/** Open time used until it stopped, or until now; of a line, since it received the ticket. */
	elapsed: number;
	/** Target less used, negative when overdue; `null` without a target. */
	remaining: number | null;
	/** `null`: best effort, or it stands still until somebody resumes it. */
	deadline: Moment | null;
	/** Why there is none: best effort, a pause without an end, or a calendar that does not open long enough in ten years. */
	withoutDeadline: "best-effort" | "standing" | "never-open" | null;
	/** Stands still: the deadline if it were resumed now. */
	ifResumedNow: Moment | null;
	stopped: Moment | null;
	/**
	 * `earlier-target`: it was overdue already by the target that it had before. `policy`: a version that came into force
	 * made it so. `received`: the line received it too late. `resolution`: another deadline was agreed for the resolution.
	 */
	breached:
		| (Moment & { by: "time" | "earlier-target" | "re-prioritisation" | "policy" | "received" | "resolution" })
		| null;
};
