import type { Instant, Stretch } from "../../calendar/calendar.ts";
import { mergePauses } from "../../calendar/pauses.ts";
import { formatDuration } from "../../policy/duration-text.ts";
import type { Policy, PolicyTimeline } from "../../policy/policy.ts";
import type { Course } from "../course.ts";
import { readLedger } from "../evaluate.ts";
import type { Fact } from "../fact.ts";
import type { Story } from "../story.ts";
import { lastDayOf, openStretches, openTime } from "../total-time.ts";
import { changesOf } from "./changes-of.ts";
import { countedLines } from "./counted-lines.ts";
import { ifResumedNow } from "./if-resumed-now.ts";
import { momentsOf } from "./moment.ts";
import { hasOwnHours } from "./own-hours.ts";
import type { Moment, Proof, ProofPause, ProofTarget } from "./proof.ts";
import { proofCalendars } from "./proof-calendars.ts";

export type ProofOptions = {
	/** Edition of the time zone database in use, such as `2026a`: what the platform says of itself. */
	tzData: string;
	/** Whose clocks these are. */
	ticket?: NonNullable<Proof["ticket"]>;
};

/**
 * How every clock of a ticket came about, earlier cycles first. Total as `evaluate` is; the times that it reports are
 * those of the same reading.
 */
export function proofsOf(
	facts: readonly Fact[],
	policy: Policy | PolicyTimeline,
	now: Instant,
	options: ProofOptions,
): Proof[] {
	const { courses, story } = readLedger(facts, policy, now);
	return courses.map((course) => proofOf(course, { story, now, ...options }));
}

type Given = ProofOptions & { story: Story; now: Instant };

function proofOf(course: Course, given: Given): Proof {
	const { clock, run, terms, calendar, countedFrom } = course;
	const { policy, service, priority } = terms;
	const { story, now, tzData, ticket = null } = given;
	const zone = calendar?.zone ?? "UTC";
	const moment = momentsOf(zone);
	const momentOrNull = (instant: Instant | null) => (instant === null ? null : moment(instant));
	const until = clock.stoppedAt ?? now;
	const countedTo = clock.deadline ?? until;
	const resumed = ifResumedNow(course, now);
	const target = targetOf(course, now, moment);
	const ends = target?.kind === "working-days" && target.ends !== null ? Date.parse(target.ends.at) : until;
	const calendars = proofCalendars(course.bound?.resolution ?? course, {
		from: Math.min(countedFrom, run.startedAt, ends),
		to: Math.max(countedTo, until, ends, resumed ?? until),
		moment,
	});
	const pauses = pausesOf(course, { from: countedFrom, to: Math.max(countedTo, until), moment });
	const stretches = countedStretches(course, countedTo);
	const counted = countedLines(stretches, { zone, moment, isApart: isApart(calendars, pauses) });
	const changes = changesOf(course, story, moment);
	return {
		proof: "stipt/1",
		zone,
		asOf: moment(now),
		tzData,
		ticket,
		id: `${clock.goal} ${clock.cycle}`,
		goal: clock.goal,
		cycle: clock.cycle,
		state: clock.state,
		policy: { name: policy.name, title: policy.title, version: clock.policyVersion },
		rule: {
			service: service?.id ?? "",
			serviceName: service?.name ?? null,
			priority,
			priorityName: policy.priorities.find(({ id }) => id === priority)?.name ?? null,
			line: clock.line ?? null,
			target,
			promise: clock.promise,
			without: target !== null ? null : terms.isBestEffort ? "channel" : "no-target",
		},
		started: { ...moment(run.startedAt), because: run.startedBy },
		countedFrom: moment(countedFrom),
		changes,
		agreed: agreedOf(course, moment),
		calendars,
		pauses,
		unpaused: isUnpaused(course),
		counted,
		countedTo: moment(countedTo),
		sum: counted.reduce((sum, { ms }) => sum + ms, 0),
		elapsed: clock.elapsed,
		remaining: clock.remaining,
		deadline: momentOrNull(clock.deadline),
		withoutDeadline: withoutDeadline(course),
		ifResumedNow: momentOrNull(resumed),
		stopped: momentOrNull(clock.stoppedAt),
		breached:
			clock.breachedAt === null
				? null
				: { ...moment(clock.breachedAt), by: breachedBy(course, changes, clock.breachedAt) },
	};
}

function isUnpaused({ clock, bound }: Course): boolean {
	return (bound?.resolution.clock ?? clock).agreed !== undefined;
}

function agreedOf({ clock, bound }: Course, moment: (instant: Instant) => Moment): Proof["agreed"] {
	const { agreed, deadline } = clock;
	if (agreed === undefined || deadline === null || bound !== undefined) return null;
	return { ...moment(agreed.at), reason: agreed.reason, deadline: moment(deadline) };
}

function targetOf(
	{ clock, run, total, calendar, countedFrom, pauses, policy, bound }: Course,
	now: Instant,
	moment: (instant: Instant) => Moment,
): ProofTarget | null {
	if (bound !== undefined) {
		const { minimum, line, resolution } = bound;
		const whole = resolution.total ?? 0;
		const here = calendar ? openTime(calendar, run.startedAt, clock.stoppedAt ?? now, pauses) : 0;
		const used = whole - (resolution.clock.remaining ?? 0) - here;
		const left = whole - used - minimum;
		return { kind: "left-for-line", line, resolution: whole, used, minimum, left, ms: Math.max(0, left) };
	}
	if (clock.target === null) return null;
	if ("duration" in clock.target) {
		const ms = clock.target.duration;
		return { kind: "business", stated: formatDuration(ms), ms };
	}
	const { workingDays: days } = clock.target;
	const ends = calendar ? lastDayOf(calendar, countedFrom, days, policy.workingDays) : null;
	const ms = ends === null || calendar === null ? null : openTime(calendar, countedFrom, ends, []);
	return {
		kind: "working-days",
		days,
		stated: `${days} working days`,
		...policy.workingDays,
		ends: ends === null ? null : moment(ends),
		ms: clock.agreed === undefined ? total : ms,
	};
}

function withoutDeadline({ clock, standstills, total }: Course): Proof["withoutDeadline"] {
	if (clock.deadline !== null) return null;
	if (total === null) return clock.target === null ? "best-effort" : "never-open";
	return standstills.some(({ end }) => end === null) ? "standing" : "never-open";
}

function breachedBy(
	{ clock, run, bound }: Course,
	changes: Proof["changes"],
	at: Instant,
): NonNullable<Proof["breached"]>["by"] {
	if (clock.breachedBy !== undefined) return clock.breachedBy;
	if (at === clock.deadline) return "time";
	const isAt = (what: string) => changes.some((change) => change.what === what && Date.parse(change.at) === at);
	if (isAt("policy")) return "policy";
	if (bound === undefined) return "earlier-target";
	if (at === run.startedAt) return "received";
	return changes.some((change) => Date.parse(change.at) === at) ? "re-prioritisation" : "resolution";
}

function pausesOf(
	{ calendar, standstills }: Course,
	{ from, to, moment }: { from: Instant; to: Instant; moment: (instant: Instant) => Moment },
): ProofPause[] {
	if (calendar === null) return [];
	const kinds = { state: "rule", "by-hand": "hand", "information-missing": "information", ended: "solved" } as const;
	return standstills
		.filter(({ end }) => end === null || end > from)
		.map(({ start, end, because, words, reason, owner }) => ({
			from: moment(start),
			until: end === null ? null : moment(end),
			by: kinds[because],
			reason: words ?? (reason === null ? null : { nl: reason, fr: reason, de: reason, en: reason }),
			owner,
			ms: openTime(calendar, Math.max(start, from), Math.min(end ?? to, to), []),
		}));
}

/** Days that count alike stay apart where a pause began or a day had other hours. */
function isApart(calendars: Proof["calendars"], pauses: Proof["pauses"]): (from: Instant, to: Instant) => boolean {
	const told = [
		...pauses.map(({ from }) => Date.parse(from.at)),
		...calendars.flatMap((calendar) =>
			calendar.special.filter((day) => hasOwnHours(day, calendar)).map(({ date }) => Date.parse(`${date}T12:00:00Z`)),
		),
	];
	return (from, to) => told.some((instant) => from <= instant && instant < to);
}

/** The open stretches between the start of the count and an instant, without the times that do not count. */
function countedStretches({ calendar, pauses, countedFrom }: Course, countedTo: Instant): Stretch[] {
	if (!calendar) return [];
	const counted: Stretch[] = [];
	let from = countedFrom;
	for (const [pausedFrom, pausedTo] of mergePauses(pauses)) {
		if (pausedFrom >= countedTo) break;
		counted.push(...openStretches(calendar, from, pausedFrom));
		from = Math.max(from, pausedTo);
	}
	return [...counted, ...openStretches(calendar, from, countedTo)];
}
