import type { Calendar, Duration, Instant } from "../calendar/calendar.ts";
import { CalendarError } from "../calendar/calendar-error.ts";
import type { Clock, Evaluation } from "../sla/evaluation.ts";
import type { Goal } from "../sla/fact.ts";
import { formatDuration, toSignedDuration } from "./duration-text.ts";
import type { ExpectedDocument } from "./example-schema.ts";
import { formatLocalTime, readLocalTime } from "./local-time.ts";
import type { Policy } from "./policy.ts";

/** One expectation beside what came of it, both in words; the same words mean that it came out. */
export type Comparison = {
	what: string;
	expected: string;
	found: string;
	/** Whose clock it is about. */
	goal?: Goal;
	/** How far apart two deadlines are, in the open time of the clock. */
	apart?: string;
};

/** Holds an evaluation against everything that an example expects of it at an instant. */
export function compareExample(
	expected: ExpectedDocument,
	{ evaluation, policy, zone }: { evaluation: Evaluation; policy: Policy; zone: string },
): Comparison[] {
	const time = (instant: Instant | null) => (instant === null ? "none" : formatLocalTime(instant, zone));
	const written = (local: string | null) => (local === null ? "none" : time(readLocalTime(local, zone)));
	const plain: Comparison[] = [];
	const compare = (what: string, wanted: unknown, found: unknown) => {
		if (wanted !== undefined) plain.push({ what, expected: textOf(wanted), found: textOf(found) });
	};
	compare("state", expected.state, evaluation.state);
	compare("priority", expected.priority, evaluation.priority);
	compare("impact", expected.impact, evaluation.impact);
	compare("urgency", expected.urgency, evaluation.urgency);
	compare("service", expected.service, evaluation.service);
	compare("channel", expected.channel, evaluation.channel);
	compare("owner", expected.owner, evaluation.owner);
	compare("bestEffort", expected.bestEffort, evaluation.bestEffort);
	compare("phoneOutstanding", expected.phoneOutstanding, evaluation.phoneOutstanding);
	if (expected.next !== undefined) compare("next", written(expected.next), time(evaluation.wakeAt));
	if (expected.told !== undefined) {
		compare("told", namesOf(expected.told), namesOf(evaluation.owed.flatMap(({ roles }) => roles)));
	}
	if (expected.byReprioritisation !== undefined) {
		const found = evaluation.clocks.filter(({ breachedBy }) => breachedBy !== undefined).map(({ goal }) => goal);
		compare("byReprioritisation", namesOf(expected.byReprioritisation), namesOf(found));
	}

	const clockOf = (goal: Goal) => evaluation.clocks.find((clock) => clock.goal === goal);
	const perGoal = <Value>(
		what: keyof ExpectedDocument,
		wanted: { [Key in Goal]?: Value | undefined } | undefined,
		say: { expected(value: Value): string; found(clock: Clock | undefined): string },
	): (Comparison & { goal: Goal })[] =>
		Object.entries(wanted ?? {}).map(([name, value]) => {
			const goal = name as Goal;
			const words = { expected: say.expected(value as Value), found: say.found(clockOf(goal)) };
			return { what: `${what}.${goal}`, ...words, goal };
		});
	const ofClock = (read: (clock: Clock) => string) => (clock: Clock | undefined) =>
		clock === undefined ? "none" : read(clock);
	const clocks = [
		...perGoal("states", expected.states, { expected: textOf, found: ofClock(stateOf) }),
		...perGoal("started", expected.started, { expected: written, found: ofClock((clock) => time(clock.startedAt)) }),
		...perGoal("deadlines", expected.deadlines, {
			expected: written,
			found: ofClock((clock) => time(clock.deadline)),
		}).map((comparison) => withGap(comparison, { expected, clock: clockOf(comparison.goal), policy, zone })),
		...perGoal("missedAt", expected.missedAt, { expected: written, found: ofClock((clock) => time(clock.breachedAt)) }),
		...perGoal("elapsed", expected.elapsed, { expected: durationOf, found: ofClock((clock) => span(clock.elapsed)) }),
		...perGoal("remaining", expected.remaining, {
			expected: durationOf,
			found: ofClock((clock) => span(clock.remaining)),
		}),
		...perGoal("promises", expected.promises, { expected: textOf, found: ofClock(({ promise }) => promise) }),
		...perGoal("cycles", expected.cycles, { expected: textOf, found: ofClock(({ cycle }) => String(cycle)) }),
		...perGoal("waitsFor", expected.waitsFor, {
			expected: textOf,
			found: ofClock(({ pausedBecause }) => textOf(pausedBecause?.owner ?? null)),
		}),
		...perGoal("calendars", expected.calendars, {
			expected: textOf,
			found: ofClock(({ calendar }) => textOf(calendar)),
		}),
	];
	return [
		...plain,
		...clocks,
		...compareSteps(expected.steps, evaluation),
		...compareLines(expected.lines, evaluation),
		...compareHours(expected, { policy, zone, time, written }),
	];
}

function withGap(
	comparison: Comparison & { goal: Goal },
	{
		expected,
		clock,
		policy,
		zone,
	}: { expected: ExpectedDocument; clock: Clock | undefined; policy: Policy; zone: string },
): Comparison {
	const local = expected.deadlines?.[comparison.goal];
	const calendar = policy.calendars[clock?.calendar ?? ""];
	if (comparison.expected === comparison.found || !local || !clock?.deadline || calendar === undefined)
		return comparison;
	const open = calendar.between(readLocalTime(local, zone), clock.deadline);
	if (open === 0) return { ...comparison, apart: "no open time lies between" };
	return { ...comparison, apart: `${span(Math.abs(open))} of open time ${open > 0 ? "later" : "earlier"}` };
}

function compareSteps(wanted: readonly string[] | undefined, { owed }: Evaluation): Comparison[] {
	if (wanted === undefined) return [];
	const steps = owed.map(({ goal, step }) => ({ goal, step }));
	const left = [...steps];
	const said = wanted.map((name) => {
		const index = left.findIndex(({ goal, step }) => name === step || name === `${goal}/${step}`);
		const [match] = index === -1 ? [] : left.splice(index, 1);
		return match === undefined ? name : `${match.goal}/${match.step}`;
	});
	const found = steps.map(({ goal, step }) => `${goal}/${step}`);
	return [{ what: "steps", expected: listOf(said), found: listOf(found) }];
}

function compareLines(wanted: ExpectedDocument["lines"], { lines }: Evaluation): Comparison[] {
	if (wanted === undefined) return [];
	const order = { what: "lines", expected: wanted.map(({ line }) => line), found: lines.map(({ line }) => line) };
	const shares = wanted.flatMap(({ line, used, left }, index): Comparison[] => {
		const share = lines[index];
		const what = `lines[${index}] ${line}`;
		return [
			...(used === undefined ? [] : [{ what: `${what} used`, expected: durationOf(used), found: span(share?.used) }]),
			...(left === undefined
				? []
				: [{ what: `${what} left`, expected: durationOf(left), found: span(share?.leftAtReceipt) }]),
		];
	});
	const words = { expected: order.expected.join(", ") || "none", found: order.found.join(", ") || "none" };
	return [{ what: order.what, ...words }, ...shares];
}

function compareHours(
	{ at, hours }: ExpectedDocument,
	{
		policy,
		zone,
		time,
		written,
	}: {
		policy: Policy;
		zone: string;
		time(instant: Instant | null): string;
		written(local: string | null): string;
	},
): Comparison[] {
	const calendar = hours === undefined ? undefined : policy.calendars[hours.calendar];
	if (hours === undefined || calendar === undefined) return [];
	const now = readLocalTime(at, zone);
	const until = hours.until === undefined ? null : readLocalTime(hours.until, zone);
	const compared = (what: string, expected: string | undefined, found: (calendar: Calendar) => string): Comparison[] =>
		expected === undefined ? [] : [{ what: `hours.${what}`, expected, found: orError(() => found(calendar)) }];
	const local = (text: string | null | undefined) => (text === undefined ? undefined : written(text));
	return [
		...compared("open", hours.open === undefined ? undefined : textOf(hours.open), (it) => textOf(it.isOpen(now))),
		...compared("opens", local(hours.opens), (it) => time(it.nextOpen(now))),
		...compared("closes", local(hours.closes), (it) => time(it.nextClose(now))),
		...compared("total", hours.total === undefined ? undefined : durationOf(hours.total), (it) =>
			until === null ? "none" : span(it.between(now, until)),
		),
	];
}

/** What a calendar cannot answer is an answer too: that it has no such time. */
function orError(found: () => string): string {
	try {
		return found();
	} catch (error) {
		if (error instanceof CalendarError) return error.code === "NO_OPEN_TIME" ? "none" : error.code;
		throw error;
	}
}

/** The state of a clock as a person tells it: what stands outside hours is not paused, what has no target cannot run out. */
function stateOf({ state, target, outsideHours }: Clock): string {
	if (state !== "running") return state;
	if (target === null) return "best-effort";
	return outsideHours ? "outside-hours" : "running";
}

function durationOf(text: string | null): string {
	return text === null ? "none" : span(toSignedDuration(text));
}

function span(duration: Duration | null | undefined): string {
	if (duration === null || duration === undefined) return "none";
	const rest = Math.abs(duration) % 1000;
	return rest === 0 ? formatDuration(duration) : `${formatDuration(duration)} ${rest}ms`;
}

function textOf(value: unknown): string {
	return value === null || value === undefined ? "none" : String(value);
}

function listOf(names: readonly string[]): string {
	return [...names].sort().join(", ") || "none";
}

function namesOf(names: readonly string[]): string {
	return listOf([...new Set(names)]);
}
