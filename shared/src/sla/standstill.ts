import type { Calendar, Instant } from "../calendar/calendar.ts";
import type { LongestPause, PauseRule, Policy } from "../policy/policy.ts";
import type { Words } from "../wire/language.ts";
import type { Goal, PauseOwner } from "./fact.ts";
import type { Run } from "./runs.ts";
import { sorted } from "./sorted.ts";
import { isEnded, type LabelledState, type Paused, type Story } from "./story.ts";
import { dueIfEver, lastDayOf } from "./total-time.ts";
import type { Versions } from "./versions.ts";

/** A time in which a clock stands still, `[start, end)`; `end` is `null` while nobody can say when. */
export type Standstill = {
	start: Instant;
	end: Instant | null;
	/** `state`: a rule of the policy says so. `ended`: the ticket was solved, and then reopened. */
	because: "state" | "by-hand" | "information-missing" | "ended";
	/** Index in `Policy.pauses` of the version in force then; `null` unless a rule says so. */
	rule: number | null;
	/** The rule's. */
	words: Words | null;
	/** What the person wrote who paused it. */
	reason: string | null;
	/** `null` only for a ticket that was solved. */
	owner: PauseOwner | null;
	/** When what makes it stand still began; before `start` when a version came into force in the meantime. */
	begunAt: Instant;
	/** When what makes it stand still is over, whether or not the clock goes on before; `null`: it lasts. */
	lastsUntil: Instant | null;
	/** When it ends by itself, at the latest; `null`: never. */
	until: Instant | null;
	/** When it has reached its longest length on the clock's calendar, `null` when it has none. */
	limit: Instant | null;
	longest: LongestPause | null;
};

/** A pause by hand, from when to when it holds; `null` while it lasts. */
export type HandPause = { fact: Paused; end: Instant | null };

/**
 * The pauses by hand of a ticket. Each ends when somebody sets the clocks going, at the time that it names, when the
 * ticket is done with, and, if information was missing, with the customer's next message; whichever comes first.
 */
export function handPausesOf({ paused, resumedAt, messages, states }: Omit<Story, "causes">): HandPause[] {
	return paused.map((fact) => {
		const after = (at: Instant) => at > fact.at;
		const ends = [
			resumedAt.find(after),
			fact.until ?? undefined,
			states.find(({ at, value }) => after(at) && isEnded(value.state))?.at,
			fact.because === "information-missing"
				? messages.find(({ at, from }) => from === "customer" && after(at))?.at
				: undefined,
		].filter((at) => at !== undefined);
		return { fact, end: ends.length === 0 ? null : Math.min(...ends) };
	});
}

/**
 * The standstills of one run on a calendar, in the order in which they began; they may overlap. What happens after a
 * clock has stopped is no concern of it, and a pause that lasted when it stopped ended there. Each version of the policy
 * judges the time in which it is in force.
 */
export function standstillsOf(
	run: Run,
	{ story, versions, calendar }: { story: Story; versions: Versions; calendar: Calendar | null },
): Standstill[] {
	const found: Standstill[] = [];
	const stoppedAt = run.stop?.at ?? Number.POSITIVE_INFINITY;
	for (const [index, { policy, from }] of versions.entries()) {
		const to = Math.min(stoppedAt, versions[index + 1]?.from ?? Number.POSITIVE_INFINITY);
		for (const cause of story.causes.get(policy)?.[run.goal] ?? []) {
			if (cause.begunAt >= to) break;
			const isOver = cause.lastsUntil !== null && cause.lastsUntil <= run.startedAt;
			if (isOver) continue;
			const limit = cause.longest && calendar ? limitOf(cause.longest, cause.begunAt, { calendar, policy }) : null;
			const goesOnAt = cause.longest?.then === "resume" ? limit : null;
			const start = Math.max(cause.begunAt, from);
			const end = Math.min(earlier(cause.lastsUntil, goesOnAt) ?? Number.POSITIVE_INFINITY, to);
			if (end > start) found.push(standstill(cause, { start, end, limit, until: earlier(cause.until, goesOnAt) }));
		}
	}
	for (const { start, end } of run.gaps)
		found.push(standstill({ ...solved, begunAt: start, lastsUntil: end }, { start, end }));
	return sorted(found, (a, b) => a.start - b.start);
}

/** What makes clocks stand still, whichever of them run. */
type Cause = Pick<
	Standstill,
	"because" | "rule" | "words" | "reason" | "owner" | "begunAt" | "lastsUntil" | "until" | "longest"
>;

/** By goal, in the order in which they began: a ticket has many runs, and each asks for those of its own goal only. */
export type Causes = Partial<Record<Goal, Cause[]>>;

const solved = {
	because: "ended" as const,
	...{ rule: null, words: null, reason: null, owner: null, until: null, longest: null },
};

function standstill(
	{ because, rule, words, reason, owner, begunAt, lastsUntil, longest }: Cause,
	{
		start,
		end,
		limit = null,
		until = null,
	}: { start: Instant; end: Instant; limit?: Instant | null; until?: Instant | null },
): Standstill {
	const isOpen = end === Number.POSITIVE_INFINITY;
	return {
		start,
		end: isOpen ? null : end,
		because,
		rule,
		words,
		reason,
		owner,
		begunAt,
		lastsUntil,
		until,
		limit,
		longest,
	};
}

/** What a policy makes of a ticket's states and of its pauses by hand. */
export function causesOf(story: Omit<Story, "causes">, { pauses, manualPauses }: Policy): Causes {
	const causes: Causes = {};
	function add(found: readonly Cause[], goals: readonly Goal[]): void {
		if (found.length === 0) return;
		for (const goal of new Set(goals)) {
			const own = causes[goal];
			if (own === undefined) causes[goal] = [...found];
			else for (const cause of found) own.push(cause);
		}
	}
	for (const [rule, pause] of pauses.entries()) {
		const { reason: words, owner, longest } = pause;
		const ofRule = statesIn(pause, story).map(({ start: begunAt, end: lastsUntil }): Cause => {
			return { because: "state", rule, words, reason: null, owner, begunAt, lastsUntil, until: null, longest };
		});
		add(ofRule, pause.goals);
	}
	const byHand = handPausesOf(story).map(({ fact, end: lastsUntil }): Cause => {
		const { because, reason, owner, until, at: begunAt } = fact;
		const { longest } = manualPauses;
		return { because, rule: null, words: null, reason, owner, begunAt, lastsUntil, until, longest };
	});
	add(byHand, manualPauses.goals);
	for (const own of Object.values(causes)) sorted(own, (a, b) => a.begunAt - b.begunAt);
	return causes;
}

/** The times in which a ticket was in a state that a rule names, one state after another taken as one. */
function statesIn(pause: PauseRule, { states }: Pick<Story, "states">): { start: Instant; end: Instant | null }[] {
	const times: { start: Instant; end: Instant | null }[] = [];
	for (const [index, { at, value }] of states.entries()) {
		if (!names(pause, value)) continue;
		const end = states[index + 1]?.at ?? null;
		const last = times.at(-1);
		if (last?.end === at) last.end = end;
		else times.push({ start: at, end });
	}
	return times;
}

function names({ states }: PauseRule, { state, label }: LabelledState): boolean {
	return states.some((named) => (typeof named === "string" ? named === state : named.label === label));
}

/** When a pause has been as long as it may be, in open time, `null` when the calendar cannot say. */
function limitOf(
	{ within }: LongestPause,
	begunAt: Instant,
	{ calendar, policy }: { calendar: Calendar; policy: Policy },
): Instant | null {
	if (within.kind === "business") return dueIfEver(calendar, begunAt, within.duration, []);
	return lastDayOf(calendar, begunAt, within.days, policy.workingDays);
}

function earlier(a: Instant | null, b: Instant | null): Instant | null {
	if (a === null || b === null) return a ?? b;
	return Math.min(a, b);
}
