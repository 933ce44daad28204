import type { Calendar, Duration, Instant } from "../calendar/calendar.ts";
import type { Pause } from "../calendar/pauses.ts";
import type { Target } from "../policy/policy.ts";
import { joinCalendars } from "./joined-calendar.ts";
import type { Run } from "./runs.ts";
import { type Standstill, standstillsOf } from "./standstill.ts";
import type { Agreed, Story } from "./story.ts";
import { serviceOf, type Terms, targetOf } from "./terms.ts";
import { dueIfEver, lastDayOf, openBetween } from "./total-time.ts";
import type { Versions } from "./versions.ts";

/** A deadline that people agreed, or that somebody promised with an acknowledgement; `null` takes it back. */
export type Agreement = Pick<Agreed, "at" | "deadline" | "reason"> & { isPromise: boolean };

/** What a run is counted by at some point of its course. */
export type Counting = {
	terms: Terms;
	/** From where the target counts: the start, or the change of terms that began it anew. */
	countedFrom: Instant;
	/** The deadline that people agreed. */
	agreed: Agreement | null;
	/** Those that judge it, each the time in which it is in force. */
	versions: Versions;
};

/** What a counting amounts to. */
export type Measure = {
	/** `null` for best effort. */
	target: Target | null;
	/** The target's, for best effort that of the service; `null` when the policy has none for it. */
	calendar: Calendar | null;
	calendarName: string | null;
	standstills: Standstill[];
	/** What moves the deadline: the standstills, unless people agreed an instant. */
	pauses: Pause[];
	/** The target as open time, `null` for best effort, or when working days never come. */
	total: Duration | null;
	deadline: Instant | null;
};

/** Works out what a run's countings amount to; asked the same again it knows the answer. */
export type Measuring = (counting: Counting) => Measure;

/** The measuring of one run. */
export function measuring(run: Run, story: Story): Measuring {
	let last: { counting: Counting; measure: Measure } | null = null;
	return (counting) => {
		if (last === null || !isSame(last.counting, counting)) {
			const { terms, countedFrom, agreed, versions } = counting;
			last = { counting: { terms, countedFrom, agreed, versions }, measure: measure(run, counting, story) };
		}
		return last.measure;
	};
}

function isSame(a: Counting, b: Counting): boolean {
	const isAlike = a.terms === b.terms && a.agreed === b.agreed && a.countedFrom === b.countedFrom;
	return isAlike && a.versions.length === b.versions.length;
}

/**
 * Works out a run's deadline. Working days become the open time that they are; an agreed deadline is an instant, and the
 * open time until then is its target, whatever pauses there are.
 */
function measure(run: Run, { terms, countedFrom, agreed, versions }: Counting, story: Story): Measure {
	const stated = targetOf(terms, run.goal, countedFrom);
	const calendarName = stated?.calendar ?? terms.service?.calendar ?? null;
	const calendar = calendarOf(run, { terms, countedFrom, versions });
	const standstills = standstillsOf(run, { story, versions, calendar });
	const target = terms.isBestEffort ? null : stated;
	const found: Measure = { target, calendar, calendarName, standstills, pauses: [], total: null, deadline: null };
	if (agreed !== null && agreed.deadline !== null) {
		found.deadline = agreed.deadline;
		found.total = calendar ? openBetween(calendar, countedFrom, agreed.deadline) : null;
		return found;
	}
	const pauses = standstills.map(({ start, end }): Pause => [start, end]);
	found.pauses = pauses;
	if (target === null || calendar === null) return found;
	const { amount } = target;
	if (amount.kind === "business") {
		found.total = amount.duration;
		found.deadline = dueIfEver(calendar, countedFrom, amount.duration, pauses);
		return found;
	}
	const end = lastDayOf(calendar, countedFrom, amount.days, terms.policy.workingDays);
	if (end === null) return found;
	found.total = openBetween(calendar, countedFrom, end);
	const moved = dueIfEver(calendar, countedFrom, found.total, pauses);
	found.deadline = moved === dueIfEver(calendar, countedFrom, found.total, []) ? end : moved;
	return found;
}

/** The calendar of a goal under some terms; each version of the policy says of its own time when it is open. */
function calendarOf(
	{ goal }: Run,
	{ terms, countedFrom, versions }: Pick<Counting, "terms" | "countedFrom" | "versions">,
): Calendar | null {
	let joined: Calendar | null = null;
	for (const { policy, from } of versions) {
		const own = policy === terms.policy ? terms : { ...terms, service: serviceOf(policy, terms.group) };
		const name = targetOf(own, goal, countedFrom)?.calendar ?? own.service?.calendar;
		const calendar = name === undefined ? undefined : policy.calendars[name];
		if (calendar) joined = joined === null ? calendar : joinCalendars(joined, from, calendar);
	}
	return joined;
}
