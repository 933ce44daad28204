import type { Duration, Instant, Stretch } from "../calendar/calendar.ts";
import type { Goal, TicketState } from "./fact.ts";
import type { Stay } from "./lines.ts";
import { sorted } from "./sorted.ts";
import { isEnded, type Message, type Story } from "./story.ts";
import { promises } from "./terms.ts";
import { inForceAt, type Versions } from "./versions.ts";

/** When a goal was asked for and when that ended, before any business time is counted. */
export type Run = {
	goal: Goal;
	cycle: number;
	startedAt: Instant;
	/** `answered`: an agent's message, after which the next is owed. `received`: a line got the ticket. */
	startedBy: "opened" | "question" | "answered" | "received" | "reopened";
	/** `cancelled`: nothing was left to promise, though the goal was not reached. */
	stop: { at: Instant; as: "met" | "cancelled" } | null;
	/** While the ticket was solved in between; such time does not count. */
	gaps: Stretch[];
	/** The line whose run it is, for a hand-over. */
	line?: string;
};

/**
 * A helpdesk writes the parts of one submit (state, priority, message) a fraction of a second apart, in an order of its
 * own. What lies no further apart than this was one act.
 */
export const oneAct: Duration = 1_000;

type Happening =
	| { at: Instant; kind: "reopened" | "asked" | "answered" | "taken" }
	| { at: Instant; kind: "passed"; stay: Stay }
	| { at: Instant; kind: "ended"; state: TicketState };

/** At one instant a reopening comes first and an ending last, so that what was done with them falls in the open. */
const rank = { reopened: 0, taken: 1, passed: 2, answered: 3, asked: 4, ended: 5 } as const;

/** Goals that a message of an agent reaches. */
const answerGoals = ["first-response", "next-update"] as const satisfies Goal[];

/**
 * Every run of every goal, in the order in which they began.
 * - `resolution` runs from the opening to solved or closed.
 * - `first-response` runs from the opening to the first message of an agent.
 * - `pickup` runs from the opening until somebody takes the ticket up, where the policy promises that.
 * - `next-update` runs from a customer's message, and by policy from an agent's, when neither it nor `first-response` is
 *   running, to the next message of an agent. A message on a ticket that is done with counts from its reopening.
 * - `handover` runs while a line has the ticket that is to pass it on. Passed back, it is cancelled.
 * Solving or closing cancels the others than resolution, merging and deleting all. Reopening takes up, by policy, what
 * the ending stopped; but nothing is owed again that was done in between.
 */
export function runsOf(story: Story, versions: Versions): Run[] {
	const { openedAt, stays } = story;
	if (openedAt === null) return [];
	const runs: Run[] = [];
	const latest: Partial<Record<Goal, Run>> = {};
	let stoppedByEnding: Run[] = [];
	let hasEnded = false;
	let isQuestionOpen = false;
	let stay = stays[0];
	const doneSinceEnding = new Set<Goal>();

	function start(goal: Goal, startedAt: Instant, startedBy: Run["startedBy"]): void {
		const run: Run = { goal, cycle: (latest[goal]?.cycle ?? 0) + 1, startedAt, startedBy, stop: null, gaps: [] };
		if (goal === "handover" && stay && stay.line !== null) run.line = stay.line;
		latest[goal] = run;
		runs.push(run);
	}
	function reach(goal: Goal, at: Instant): void {
		doneSinceEnding.add(goal);
		const run = latest[goal];
		if (run?.stop === null) run.stop = { at, as: "met" };
	}
	const isRunning = (goal: Goal) => latest[goal]?.stop === null;
	const isAnswerOwed = () => isRunning("first-response") || isRunning("next-update");
	const awaitHandOver = (at: Instant, startedBy: Run["startedBy"]) => {
		if (stay?.isPassedOn && !isRunning("handover")) start("handover", at, startedBy);
	};

	start("resolution", openedAt, "opened");
	start("first-response", openedAt, "opened");
	if (isPickupPromised(story)) start("pickup", openedAt, "opened");
	awaitHandOver(openedAt, "opened");
	for (const happening of happenings(story, openedAt, versions)) {
		const { at } = happening;
		switch (happening.kind) {
			case "ended": {
				hasEnded = true;
				isQuestionOpen = false;
				doneSinceEnding.clear();
				stoppedByEnding = [];
				const answer = answerGivenWith(story.messages, at);
				const { pickedUpBy } = inForceAt(versions, at);
				for (const run of Object.values(latest)) {
					if (run.stop !== null) continue;
					const isAnswered = answerGoals.some((goal) => goal === run.goal);
					const isTaken = run.goal === "pickup" && pickedUpBy.includes("reply");
					if (answer && (isAnswered || isTaken)) {
						run.stop = { at: answer.at, as: "met" };
						continue;
					}
					const isReached = run.goal === "resolution" && (happening.state === "solved" || happening.state === "closed");
					run.stop = { at, as: isReached ? "met" : "cancelled" };
					stoppedByEnding.push(run);
				}
				break;
			}
			case "reopened": {
				hasEnded = false;
				const { onReopen } = inForceAt(versions, at);
				for (const run of stoppedByEnding) {
					if (doneSinceEnding.has(run.goal)) continue;
					const how = onReopen[run.goal];
					if (how === "resume") {
						run.gaps.push({ start: run.stop?.at ?? at, end: at });
						run.stop = null;
						continue;
					}
					if (how === "restart") runs.splice(runs.indexOf(run), 1);
					start(run.goal, at, "reopened");
				}
				if (isQuestionOpen && !isAnswerOwed()) start("next-update", at, "question");
				isQuestionOpen = false;
				if (doneSinceEnding.has("handover")) awaitHandOver(at, "received");
				break;
			}
			case "taken":
				reach("pickup", at);
				break;
			case "passed": {
				const run = latest.handover;
				stay = happening.stay;
				if (run?.stop === null) run.stop = { at, as: stay.isOnward ? "met" : "cancelled" };
				doneSinceEnding.add("handover");
				if (!hasEnded) awaitHandOver(at, "received");
				break;
			}
			case "answered": {
				isQuestionOpen = false;
				const { pickedUpBy, nextUpdateFrom } = inForceAt(versions, at);
				for (const goal of answerGoals) reach(goal, at);
				if (pickedUpBy.includes("reply")) reach("pickup", at);
				if (nextUpdateFrom === "every-message" && !hasEnded) start("next-update", at, "answered");
				break;
			}
			case "asked":
				if (hasEnded) isQuestionOpen = true;
				else if (!isAnswerOwed()) start("next-update", at, "question");
				break;
		}
	}
	return runs.filter((run) => run.goal !== "pickup" || isPickupPromised(story, run.stop?.at));
}

function happenings(story: Story, openedAt: Instant, versions: Versions): Happening[] {
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
	for (const [index, stay] of story.stays.entries()) {
		if (index > 0) found.push({ at: stay.receivedAt, kind: "passed", stay });
	}
	for (const at of pickups(story, openedAt, versions)) found.push({ at, kind: "taken" });
	return sorted(found, (a, b) => a.at - b.at || rank[a.kind] - rank[b.kind]);
}

/** When somebody took the ticket up other than by answering. One that was assigned when it was opened is taken up. */
function pickups(story: Story, openedAt: Instant, versions: Versions): Instant[] {
	if (!isPickupPromised(story)) return [];
	const found: Instant[] = [];
	const counts = (at: Instant, how: "owner" | "hand-over") => inForceAt(versions, at).pickedUpBy.includes(how);
	for (const assignedAt of story.assignedAt) {
		const at = Math.max(assignedAt, openedAt);
		if (counts(at, "owner")) found.push(at);
	}
	const passedAt = story.stays.slice(1).map(({ receivedAt }) => receivedAt);
	// Without lines to go by, another group is another team.
	const moved = story.stays.some(({ line }) => line !== null) ? [] : story.movedAt;
	for (const at of [...story.handOvers.map((handOver) => handOver.at), ...passedAt, ...moved]) {
		if (at > openedAt + oneAct && counts(at, "hand-over")) found.push(at);
	}
	return found;
}

/** Until then the policy promised that tickets are taken up, be it for other priorities than this one's. */
function isPickupPromised({ termChanges }: Story, until: Instant = Number.POSITIVE_INFINITY): boolean {
	return termChanges.some(({ at, value }) => at <= until && promises(value.service, "pickup"));
}

/** The message that went out with the act that ended the ticket. */
function answerGivenWith(messages: readonly Message[], endedAt: Instant): Message | undefined {
	return messages.find(({ at, from }) => from === "agent" && at > endedAt && at <= endedAt + oneAct);
}
