import type { Choice, Policy } from "../policy/policy.ts";
import type { PriorityId } from "../sla/fact.ts";

export type MatrixChoice = {
	impact: string;
	urgency: string;
	/** The helpdesk's label of the ticket's group or team, `null` when it has none. */
	group: string | null;
	/** Why the cell is right; blank is none. */
	justification: string | null;
};

export type MatrixAnswer = {
	priority: PriorityId;
	/** The cell's own priority when a cap lowers it. */
	cappedFrom: PriorityId | null;
	/** A cap concerns this cell, and a justification lifts it. */
	justificationLiftsCap: boolean;
};

/**
 * The priority of a cell of the matrix, lowered to the cap of the ticket's group unless a justification lifts that
 * cap. Throws `RangeError` for an impact or urgency that the matrix does not have, naming those that it has.
 */
export function priorityFor(policy: Pick<Policy, "matrix" | "priorities">, choice: MatrixChoice): MatrixAnswer {
	const { matrix } = policy;
	expectChoice("impact", choice.impact, matrix.impacts);
	expectChoice("urgency", choice.urgency, matrix.urgencies);
	const own = matrix.cells[choice.impact]?.[choice.urgency];
	if (own === undefined) {
		throw new RangeError(`Expected a matrix cell for ${choice.impact} × ${choice.urgency}, found none`);
	}
	const cap = matrix.caps.find(({ groups }) => choice.group !== null && groups.includes(choice.group));
	if (!cap || rank(policy, own) >= rank(policy, cap.atMost)) {
		return { priority: own, cappedFrom: null, justificationLiftsCap: false };
	}
	const isJustified = (choice.justification ?? "").trim() !== "";
	return cap.unlessJustified && isJustified
		? { priority: own, cappedFrom: null, justificationLiftsCap: true }
		: { priority: cap.atMost, cappedFrom: own, justificationLiftsCap: cap.unlessJustified };
}

/** Whether the matrix has this cell. */
export function hasCell(policy: Pick<Policy, "matrix">, impact: string, urgency: string): boolean {
	const { impacts, urgencies, cells } = policy.matrix;
	const isNamed = impacts.some(({ id }) => id === impact) && urgencies.some(({ id }) => id === urgency);
	return isNamed && cells[impact]?.[urgency] !== undefined;
}

/** Position in the policy's order: 0 is the highest priority, one that the policy does not know comes last. */
function rank({ priorities }: Pick<Policy, "priorities">, priority: PriorityId): number {
	const index = priorities.findIndex(({ id }) => id === priority);
	return index === -1 ? priorities.length : index;
}

function expectChoice(what: "impact" | "urgency", found: string, allowed: readonly Choice[]): void {
	if (allowed.some(({ id }) => id === found)) return;
	throw new RangeError(`Expected ${what} ${allowed.map(({ id }) => id).join(", ")}, found ${JSON.stringify(found)}`);
}
