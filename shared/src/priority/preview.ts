import type { Duration, Instant } from "../calendar/calendar.ts";
import type { Policy } from "../policy/policy.ts";
import { type Reading, readLedger } from "../sla/evaluate.ts";
import type { Fact, Goal, PriorityId } from "../sla/fact.ts";
import { type MatrixAnswer, priorityFor } from "./matrix.ts";

/** What a cell of the matrix would mean for a ticket, were it chosen now. */
export type CellPreview = MatrixAnswer & {
	impact: string;
	urgency: string;
	/** What the ticket would get: another priority than the cell's where that is kept to roles that the chooser lacks. */
	becomes: PriorityId;
	/** Goals that somebody still has to reach; `deadline` is `null` for best effort and during an open-ended pause. */
	deadlines: { goal: Goal; deadline: Instant | null; remaining: Duration | null; missed: boolean }[];
	/** Who would be told when, should nothing else happen: ids of roles, in order of time. */
	alerts: { role: string; at: Instant; goal: Goal; step: string }[];
};

/**
 * Previews every cell of the policy's matrix, row by row from high to low, for somebody in a role of the policy, or in
 * none. Nothing is justified.
 */
export function previewCells(
	facts: readonly Fact[],
	policy: Policy,
	now: Instant,
	role: string | null = null,
): CellPreview[] {
	const { story, evaluation } = readLedger(facts, policy, now);
	const { group } = story;
	const byPriority = new Map<PriorityId, Pick<CellPreview, "deadlines" | "alerts">>();
	return policy.matrix.impacts.flatMap(({ id: impact }) =>
		policy.matrix.urgencies.map(({ id: urgency }): CellPreview => {
			const answer = priorityFor(policy, { impact, urgency, group, justification: null });
			const { priority } = answer;
			const consequences =
				byPriority.get(priority) ??
				consequencesOf(readLedger([...facts, chosenNow({ impact, urgency, priority, role }, now)], policy, now), now);
			byPriority.set(priority, consequences);
			const rule = policy.deciding.restricted.find(({ priorities }) => priorities.includes(priority));
			const mayDeclare = rule === undefined || evaluation.priority === priority || rule.roles.includes(role ?? "");
			const becomes = mayDeclare ? priority : rule.otherwise;
			return { impact, urgency, ...answer, becomes, ...consequences };
		}),
	);
}

/** Its id puts it after everything else that happened at the same instant. */
function chosenNow(
	{ role, ...choice }: { impact: string; urgency: string; priority: PriorityId; role: string | null },
	now: Instant,
): Fact {
	const inRole = role === null ? {} : { role };
	return { id: "\uffff", at: now, seenAt: now, kind: "classified", by: { kind: "agent" }, ...choice, ...inRole };
}

function consequencesOf({ evaluation, calls }: Reading, now: Instant): Pick<CellPreview, "deadlines" | "alerts"> {
	const open = evaluation.clocks.filter(({ stoppedAt }) => stoppedAt === null);
	const owed = calls.called.filter(({ isOwed }) => isOwed).map((call) => ({ ...call, at: now }));
	return {
		deadlines: open.map(({ goal, deadline, remaining, state }) => ({
			goal,
			deadline,
			remaining,
			missed: state === "missed",
		})),
		alerts: [...owed, ...calls.ahead].flatMap(({ course, step, at }) =>
			step.notify.map((role) => ({ role, at, goal: course.clock.goal, step: step.id })),
		),
	};
}
