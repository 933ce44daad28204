import type { Calendar, Duration, Instant } from "../calendar/calendar.ts";
import { mergePauses, type Pause } from "../calendar/pauses.ts";
import { asPause, type Course, courseOf } from "./course.ts";
import type { LineShare } from "./evaluation.ts";
import { nextLine } from "./lines.ts";
import type { Run } from "./runs.ts";
import type { Story } from "./story.ts";
import { dueIfEver, nextOpening, openTime } from "./total-time.ts";
import type { Versions } from "./versions.ts";

type Context = { story: Story; versions: Versions; now: Instant };

/**
 * A hand-over with the deadline that the next line's minimum sets, when that is the earlier one: the latest instant at
 * which that much of the resolution's open time is left, on the resolution's calendar and with its pauses. Where that
 * instant was over before the line received the ticket, it is the receipt. A hand-over that has stopped is judged by the
 * resolution as it stood then.
 */
export function boundByNextLine(course: Course, runs: readonly Run[], context: Context): Course {
	const { run, clock, terms } = course;
	const next = nextLine(terms.service, run.line ?? null);
	const minimum = next?.minimum ?? null;
	const resolution =
		minimum === null ? null : resolutionAt(run.stop?.at ?? context.now, runs, context, run.stop !== null);
	if (minimum === null || resolution === null || resolution.calendar === null || resolution.total === null)
		return course;
	const { calendar, standstills, pauses } = resolution;
	const latest = latestWith(minimum, resolution);
	const deadline = latest === null ? null : Math.max(latest, run.startedAt);
	if (clock.deadline !== null && (deadline === null || clock.deadline <= deadline)) return course;

	const until = run.stop?.at ?? context.now;
	const elapsed = openTime(calendar, run.startedAt, until, standstills.map(asPause));
	// Nothing moves a resolution that was agreed, so its pauses are none for what it leaves.
	const counted = openTime(calendar, run.startedAt, until, pauses);
	const total = Math.max(0, (resolution.clock.remaining ?? 0) - minimum + counted);
	const isMissed = deadline !== null && until > deadline;
	const standing = run.stop === null && resolution.clock.pausedBecause !== null;
	const changedAt = resolution.recomputedAt ?? deadline ?? 0;
	return {
		...course,
		clock: {
			...clock,
			...{
				deadline,
				elapsed,
				remaining: total - counted,
				calendar: resolution.clock.calendar,
				promise: resolution.clock.promise,
			},
			state: isMissed ? "missed" : (run.stop?.as ?? (standing ? "paused" : "running")),
			startedAt: run.startedAt,
			outsideHours: run.stop === null && resolution.clock.outsideHours,
			pausedBecause: standing ? resolution.clock.pausedBecause : null,
			breachedAt: isMissed ? Math.max(deadline, changedAt) : null,
		},
		countedFrom: run.startedAt,
		...{ total, calendar, standstills, pauses, turns: resolution.turns },
		...{ recomputedAt: resolution.recomputedAt, recomputedBy: resolution.recomputedBy },
		bound: { line: next?.id ?? "", minimum, resolution },
	};
}

/**
 * What each line had of a ticket, by the latest resolution's clock. What was left at a receipt is told by the target of
 * that time; the line with which the clock began had all of it.
 */
export function sharesOf(courses: readonly Course[], context: Context): LineShare[] {
	const { stays } = context.story;
	const resolution = courses.filter(({ run }) => run.goal === "resolution").at(-1);
	if (!resolution) return [];
	const { calendar, countedFrom, standstills, run, total } = resolution;
	const runs = courses.map((course) => course.run);
	const until = run.stop?.at ?? context.now;
	const pauses = standstills.map(asPause);
	return stays.flatMap(({ line, receivedAt }, index): LineShare[] => {
		const passedAt = stays[index + 1]?.receivedAt ?? null;
		if (line === null) return [];
		const from = Math.max(receivedAt, countedFrom);
		const to = Math.min(passedAt ?? until, until);
		const used = calendar && from < to ? openTime(calendar, from, to, pauses) : 0;
		const before = receivedAt > countedFrom ? resolutionAt(receivedAt, runs, context, true) : null;
		return [{ line, receivedAt, passedAt, used, leftAtReceipt: before ? before.clock.remaining : total }];
	});
}

/** The resolution as it stood at an instant, or as it stands. */
function resolutionAt(at: Instant, runs: readonly Run[], context: Context, isPast: boolean): Course | null {
	const run = runs.filter(({ goal, startedAt }) => goal === "resolution" && startedAt <= at).at(-1);
	if (!run) return null;
	if (!isPast || (run.stop !== null && run.stop.at <= at)) return courseOf(run, context);
	const gaps = run.gaps.filter(({ start }) => start < at);
	return courseOf({ ...run, gaps, stop: { at, as: "cancelled" } }, context);
}

/** The latest instant at which so much of a clock's open time is left, `null` while an open-ended pause comes first. */
function latestWith(left: Duration, { calendar, total, countedFrom, pauses }: Course): Instant | null {
	if (calendar === null || total === null) return null;
	const used = total - left;
	if (used < 0) return countedFrom;
	const earliest = dueIfEver(calendar, countedFrom, used, pauses);
	return earliest === null ? null : nextCounted(earliest, calendar, pauses);
}

/** The first instant from one on at which time counts. */
function nextCounted(from: Instant, calendar: Calendar, pauses: readonly Pause[]): Instant | null {
	let at: Instant | null = from;
	for (const [start, end] of mergePauses(pauses)) {
		at = nextOpening(calendar, at);
		if (at === null || at < start) break;
		if (at < end) at = end;
		if (at === Number.POSITIVE_INFINITY) return null;
	}
	return at === null ? null : nextOpening(calendar, at);
}
