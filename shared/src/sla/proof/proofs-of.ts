import type { Calendar, Instant, Stretch } from "../../calendar/calendar.ts";
import { mergePauses, type Pause } from "../../calendar/pauses.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Course } from "../course.ts";
import { readLedger } from "../evaluate.ts";
import type { Clock } from "../evaluation.ts";
import type { Fact } from "../fact.ts";
import { dueIfEver, openStretches, openTime } from "../total-time.ts";
import { countedLines } from "./counted-lines.ts";
import { momentsOf } from "./moment.ts";
import { hasOwnHours } from "./own-hours.ts";
import type { Proof, ProofChange, ProofPause, ProofTarget } from "./proof.ts";
import { proofCalendar } from "./proof-calendar.ts";

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
export function proofsOf(facts: readonly Fact[], policy: Policy, now: Instant, options: ProofOptions): Proof[] {
	const { courses, story } = readLedger(facts, policy, now);
	return courses.map((course) => proofOf(course, { story, policy, now, ...options }));
}

type Given = ProofOptions & { story: ReturnType<typeof readLedger>["story"]; policy: Policy; now: Instant };

function proofOf(course: Course, given: Given): Proof {
	const { clock, run, terms, calendar, countedFrom } = course;
	const { policy, now, tzData, ticket = null } = given;
	const zone = calendar?.zone ?? "UTC";
	const moment = momentsOf(zone);
	const momentOrNull = (instant: Instant | null) => (instant === null ? null : moment(instant));
	const until = clock.stoppedAt ?? now;
	const countedTo = clock.deadline ?? until;
	const resumed = ifResumedNow(course, now);
	const end = Math.max(countedTo, until, resumed ?? until, workingDaysEnd(course, policy) ?? until);
	const calendars = calendar
		? [
				proofCalendar(calendar, {
					name: clock.calendar ?? "",
					from: Math.min(countedFrom, run.startedAt),
					to: end,
					since: null,
					policyVersion: clock.policyVersion,
				}),
			]
		: [];
	const apart = [
		...calendars.flatMap((calendar) =>
			calendar.special.filter((day) => hasOwnHours(day, calendar)).map(({ date }) => Date.parse(`${date}T12:00:00Z`)),
		),
		...course.standstills.map(({ start }) => start),
	];
	const counted = countedLines(countedStretches(course, countedTo), {
		zone,
		moment,
		isApart: (from, to) => apart.some((instant) => from <= instant && instant < to),
	});
	const name = policy.priorities.find(({ id }) => id === terms.priority)?.name ?? null;
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
			service: terms.service?.id ?? "",
			serviceName: terms.service?.name ?? null,
			priority: terms.priority,
			priorityName: name,
			line: clock.line ?? null,
			target: targetOf(course, given),
			promise: clock.promise,
			without:
				clock.target === null
					? policy.channels[given.story.channel] === "best-effort"
						? "channel"
						: "no-target"
					: null,
		},
		started: { ...moment(run.startedAt), because: run.startedBy },
		countedFrom: moment(countedFrom),
		changes: changesOf(course, given),
		agreed: null,
		calendars,
		pauses: pausesOf(course, given),
		counted,
		countedTo: moment(countedTo),
		sum: counted.reduce((sum, { ms }) => sum + ms, 0),
		elapsed: clock.elapsed,
		remaining: clock.remaining,
		deadline: momentOrNull(clock.deadline),
		withoutDeadline: withoutDeadline(course),
		ifResumedNow: momentOrNull(resumed),
		stopped: momentOrNull(clock.stoppedAt),
		breached: clock.breachedAt === null ? null : { ...moment(clock.breachedAt), by: breachedBy(clock) },
	};
}

function breachedBy({ breachedBy: by, breachedAt, deadline }: Clock): NonNullable<Proof["breached"]>["by"] {
	return by ?? (breachedAt === deadline ? "time" : "earlier-target");
}

function withoutDeadline({ clock, standstills, total }: Course): Proof["withoutDeadline"] {
	if (clock.deadline !== null) return null;
	if (clock.target === null) return "best-effort";
	if (total === null) return "never-open";
	return standstills.some(({ end }) => end === null) ? "standing" : "never-open";
}

function ifResumedNow({ clock, calendar, pauses }: Course, now: Instant): Instant | null {
	const isStanding = clock.stoppedAt === null && clock.deadline === null && pauses.some(([, end]) => end === null);
	if (!isStanding || calendar === null || clock.remaining === null) return null;
	const ended = pauses.map(([from, to]): Pause => [from, to ?? Math.max(from, now)]);
	return dueIfEver(calendar, now, clock.remaining, ended);
}

function workingDaysEnd({ clock, calendar, countedFrom, total }: Course, _policy: Policy): Instant | null {
	if (clock.target === null || !("workingDays" in clock.target) || calendar === null || total === null) return null;
	return workingDaysEndOf(calendar, countedFrom, clock.target.workingDays);
}

function workingDaysEndOf(calendar: Calendar, from: Instant, days: number): Instant | null {
	try {
		return calendar.addWorkingDays(from, days);
	} catch {
		return null;
	}
}

function targetOf(course: Course, { policy }: Given): ProofTarget | null {
	const { clock, total, calendar } = course;
	if (clock.target === null) return null;
	if ("duration" in clock.target) return { kind: "business", ms: clock.target.duration };
	const { workingDays: days } = clock.target;
	const ends = workingDaysEnd(course, policy);
	return {
		kind: "working-days",
		days,
		stated: `${days} working days`,
		...policy.workingDays,
		ends: ends === null || calendar === null ? null : momentsOf(calendar.zone)(ends),
		ms: total,
	};
}

const reasonOfRule = (policy: Policy, rule: number | null) => (rule === null ? undefined : policy.pauses[rule]);

function pausesOf({ clock, calendar, countedFrom, standstills }: Course, { policy, now }: Given): ProofPause[] {
	if (calendar === null) return [];
	const moment = momentsOf(calendar.zone);
	const last = Math.max(clock.deadline ?? 0, clock.stoppedAt ?? now);
	return standstills
		.filter(({ end }) => end === null || end > countedFrom)
		.map(({ start, end, rule }) => {
			const pause = reasonOfRule(policy, rule);
			const [from, to] = [Math.max(start, countedFrom), Math.min(end ?? last, last)];
			return {
				from: moment(start),
				until: end === null ? null : moment(end),
				by: rule === null ? ("solved" as const) : ("rule" as const),
				reason: pause?.reason ?? null,
				owner: pause?.owner ?? null,
				ms: openTime(calendar, from, to, []),
			};
		});
}

function changesOf(
	{ clock, run, calendar, countedFrom, turns, recomputedAt }: Course,
	{ story }: Given,
): ProofChange[] {
	const moment = momentsOf(calendar?.zone ?? "UTC");
	const until = clock.stoppedAt ?? Number.POSITIVE_INFINITY;
	return story.termChanges.flatMap(({ at, value }, index): ProofChange[] => {
		const before = story.termChanges[index - 1]?.value;
		if (before === undefined || at <= run.startedAt || at >= until) return [];
		const isTurn = turns.includes(at);
		const effect = !isTurn
			? "none"
			: at === countedFrom || recomputedAt === null || at < countedFrom
				? "begun-anew"
				: "counted-back";
		const change = (what: ProofChange["what"], from: string, to: string): ProofChange[] =>
			from === to ? [] : [{ ...moment(at), what, from, to, effect }];
		return [
			...change("priority", before.priority, value.priority),
			...change("service", before.service?.id ?? "", value.service?.id ?? ""),
		];
	});
}

/** The open stretches between the counted start and an instant, without the standstills in them. */
function countedStretches({ calendar, countedFrom, pauses }: Course, countedTo: Instant): Stretch[] {
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
