import type { Duration, Instant, Stretch } from "../calendar/calendar.ts";
import type { Policy } from "../policy/policy.ts";
import type { TicketState } from "./fact.ts";
import type { SupportedGoal } from "./goals.ts";
import { isEnded, type Message, type Story } from "./story.ts";

/** When a goal was asked for and when that ended, before any business time is counted. */
export type Run = {
	goal: SupportedGoal;
	cycle: number;
	startedAt: Instant;
	startedBy: "opened" | "question" | "reopened";
	/** `cancelled`: nothing was left to promise, though the goal was not reached. */
	stop: { at: Instant; as: "met" | "cancelled" } | null;
	/** While the ticket was solved in between; such time does not count. */
	gaps: Stretch[];
};

/**
 * A helpdesk writes the parts of one submit (state, priority, message) a fraction of a second apart, in an order of its
 * own. What lies no further apart than this was one act.
 */
export const oneAct: Duration = 1_000;

type Happening =
	| { at: Instant; kind: "reopened" | "asked" | "answered" }
	| { at: Instant; kind: "ended"; state: TicketState };

/** At one instant a reopening comes first and an ending last, so that what was done with them falls in the open. */
const rank = { reopened: 0, answered: 1, asked: 2, ended: 3 } as const;

/**
 * Every run of every goal, in the order in which they began.
 * - `first-response` runs from the opening to the first message of an agent.
 * - `next-update` runs from a customer's message, when neither it nor `first-response` is running, to the next message
 *   of an agent. A message on a ticket that is done with counts from its reopening.
 * - `resolution` runs from the opening to solved or closed.
 * Solving or closing cancels the two others, merging and deleting all three. Reopening takes up, by policy, what the
 * ending stopped; but no answer is owed again that was given in between.
 */
export function runsOf(story: Story, { onReopen }: Pick<Policy, "onReopen">): Run[] {
	const { openedAt } = story;
	if (openedAt === null) return [];
	const runs = new Set<Run>();
	const latest: Partial<Record<SupportedGoal, Run>> = {};
	let stoppedByEnding: Run[] = [];
	let hasEnded = false;
	let isQuestionOpen = false;
	let wasAnswered = false;

	function start(goal: SupportedGoal, startedAt: Instant, startedBy: Run["startedBy"]): void {
		const run: Run = { goal, cycle: (latest[goal]?.cycle ?? 0) + 1, startedAt, startedBy, stop: null, gaps: [] };
		latest[goal] = run;
		runs.add(run);
	}
	const isRunning = (goal: SupportedGoal) => latest[goal]?.stop === null;
	const isAnswerOwed = () => isRunning("first-response") || isRunning("next-update");

	start("resolution", openedAt, "opened");
	start("first-response", openedAt, "opened");
	for (const happening of happenings(story, openedAt)) {
		const { at } = happening;
		switch (happening.kind) {
			case "ended": {
				hasEnded = true;
				isQuestionOpen = false;
				wasAnswered = false;
				stoppedByEnding = [];
				const answer = answerGivenWith(story.messages, at);
				for (const run of Object.values(latest)) {
					if (run.stop !== null) continue;
					if (run.goal !== "resolution" && answer) {
						run.stop = { at: answer.at, as: "met" };
						continue;
					}
					const isReached = run.goal === "resolution" && (happening.state === "solved" || happening.state === "closed");
					run.stop = { at, as: isReached ? "met" : "cancelled" };
					stoppedByEnding.push(run);
				}
				break;
			}
			case "reopened":
				hasEnded = false;
				for (const run of stoppedByEnding) {
					if (run.goal !== "resolution" && wasAnswered) continue;
					const how = onReopen[run.goal];
					if (how === "resume") {
						run.gaps.push({ start: run.stop?.at ?? at, end: at });
						run.stop = null;
						continue;
					}
					if (how === "restart") runs.delete(run);
					start(run.goal, at, "reopened");
				}
				if (isQuestionOpen && !isAnswerOwed()) start("next-update", at, "question");
				isQuestionOpen = false;
				break;
			case "answered":
				isQuestionOpen = false;
				wasAnswered = true;
				for (const goal of ["first-response", "next-update"] as const) {
					const run = latest[goal];
					if (run?.stop === null) run.stop = { at, as: "met" };
				}
				break;
			case "asked":
				if (hasEnded) isQuestionOpen = true;
				else if (!isAnswerOwed()) start("next-update", at, "question");
				break;
		}
	}
	return [...runs];
}

function happenings(story: Story, openedAt: Instant): Happening[] {
	const found: Happening[] = [];
	let hasEnded = false;
	for (const { at, value } of story.states) {
		if (isEnded(value.state) === hasEnded) continue;
		hasEnded = !hasEnded;
		found.push(hasEnded ? { at, kind: "ended", state: value.state } : { at, kind: "reopened" });
	}
	for (const { at, from } of story.messages) {
		// The message with which an agent opens a ticket answers nobody.
		const opens = at <= openedAt || (from === "agent" && story.openedByAgent && at <= openedAt + oneAct);
		if (!opens) found.push({ at, kind: from === "agent" ? "answered" : "asked" });
	}
	return found.sort((a, b) => a.at - b.at || rank[a.kind] - rank[b.kind]);
}

/** The message that went out with the act that ended the ticket. */
function answerGivenWith(messages: readonly Message[], endedAt: Instant): Message | undefined {
	return messages.find(({ at, from }) => from === "agent" && at > endedAt && at <= endedAt + oneAct);
}
