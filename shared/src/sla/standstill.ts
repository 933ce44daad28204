import type { Instant } from "../calendar/calendar.ts";
import type { PauseRule, Policy } from "../policy/policy.ts";
import type { Goal } from "./fact.ts";
import type { Run } from "./runs.ts";
import type { LabelledState, Story } from "./story.ts";

/** A time in which a clock stands still, `[start, end)`; `end` is `null` while it lasts. */
export type Standstill = {
	start: Instant;
	end: Instant | null;
	/** Index in `Policy.pauses`; `null`: the ticket was solved, and then reopened. */
	rule: number | null;
};

/**
 * The standstills of one run, in the order in which they began. What happens after a clock has stopped is no concern
 * of it, and a pause that lasted when it stopped ended there.
 */
export function standstillsOf(run: Run, story: Story, policy: Pick<Policy, "pauses">): Standstill[] {
	const stoppedAt = run.stop?.at ?? Number.POSITIVE_INFINITY;
	const paused: Standstill[] = [];
	for (const [index, { at, value }] of story.states.entries()) {
		const next = story.states[index + 1]?.at ?? Number.POSITIVE_INFINITY;
		if (next <= run.startedAt || at >= stoppedAt) continue;
		const rule = policy.pauses.findIndex((pause) => pauses(pause, run.goal, value));
		if (rule === -1) continue;
		const until = Math.min(next, stoppedAt);
		const end = until === Number.POSITIVE_INFINITY ? null : until;
		const last = paused.at(-1);
		if (last?.rule === rule && last.end === at) last.end = end;
		else paused.push({ start: at, end, rule });
	}
	const solved = run.gaps.map(({ start, end }): Standstill => ({ start, end, rule: null }));
	return [...solved, ...paused].sort((a, b) => a.start - b.start);
}

function pauses({ goals, states }: PauseRule, goal: Goal, { state, label }: LabelledState): boolean {
	if (!goals.includes(goal)) return false;
	return states.some((named) => (typeof named === "string" ? named === state : named.label === label));
}
