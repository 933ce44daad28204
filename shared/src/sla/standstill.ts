import type { Calendar, Instant } from "../calendar/calendar.ts";
import type { LongestPause, PauseRule } from "../policy/policy.ts";
import type { Words } from "../wire/language.ts";
import type { PauseOwner } from "./fact.ts";
import type { Run } from "./runs.ts";
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
export function handPausesOf({ paused, resumedAt, messages, states }: Story): HandPause[] {
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
	const found = run.gaps.map(
		({ start, end }): Standstill => ({ ...solved, start, end, begunAt: start, lastsUntil: end }),
	);
	for (const [index, { policy, from }] of versions.entries()) {
		const to = versions[index + 1]?.from ?? Number.POSITIVE_INFINITY;
		const { workingDays } = policy;
		function add(begunAt: Instant, over: Instant | null, why: Why, longest: LongestPause | null): void {
			const stoppedAt = run.stop?.at ?? Number.POSITIVE_INFINITY;
			if (begunAt >= stoppedAt || (over !== null && over <= run.startedAt)) return;
			const limit = longest && calendar ? limitOf(longest, begunAt, { calendar, workingDays }) : null;
			const goesOnAt = longest?.then === "resume" ? limit : null;
			const start = Math.max(begunAt, from);
			const end = Math.min(over ?? Number.POSITIVE_INFINITY, goesOnAt ?? Number.POSITIVE_INFINITY, to, stoppedAt);
			if (end <= start) return;
			const until = earlier(why.until, goesOnAt);
			const isOpen = end === Number.POSITIVE_INFINITY;
			found.push({
				...{ ...why, until, limit, longest, begunAt, lastsUntil: over },
				...{ start, end: isOpen ? null : end },
			});
		}
		for (const [rule, pause] of policy.pauses.entries()) {
			if (!pause.goals.includes(run.goal)) continue;
			const { reason: words, owner, longest } = pause;
			const why: Why = { because: "state", rule, words, reason: null, owner, until: null };
			for (const { start, end } of statesIn(pause, story)) add(start, end, why, longest);
		}
		if (story.paused.length === 0 || !policy.manualPauses.goals.includes(run.goal)) continue;
		for (const { fact, end } of handPausesOf(story)) {
			const { because, reason, owner, until } = fact;
			add(fact.at, end, { because, rule: null, words: null, reason, owner, until }, policy.manualPauses.longest);
		}
	}
	return found.length > 1 ? found.sort((a, b) => a.start - b.start) : found;
}

type Why = Pick<Standstill, "because" | "rule" | "words" | "reason" | "owner" | "until">;

const solved = {
	because: "ended" as const,
	...{ rule: null, words: null, reason: null, owner: null, until: null, limit: null, longest: null },
};

/** The times in which a ticket was in a state that a rule names, one state after another taken as one. */
function statesIn(pause: PauseRule, { states }: Story): { start: Instant; end: Instant | null }[] {
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
	{ calendar, workingDays }: { calendar: Calendar; workingDays: Versions[0]["policy"]["workingDays"] },
): Instant | null {
	if (within.kind === "business") return dueIfEver(calendar, begunAt, within.duration, []);
	return lastDayOf(calendar, begunAt, within.days, workingDays);
}

function earlier(a: Instant | null, b: Instant | null): Instant | null {
	if (a === null || b === null) return a ?? b;
	return Math.min(a, b);
}
