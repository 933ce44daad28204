import type { Duration, Instant } from "../calendar/calendar.ts";
import type { Policy } from "../policy/policy.ts";
import { hasCell, priorityFor } from "../priority/matrix.ts";
import type { Fact, PriorityId } from "./fact.ts";

/** A fact that asks for a priority. */
export type Asking = Extract<Fact, { kind: "priority-changed" | "classified" | "assessed" }>;

/** Where the priority of a ticket stands while its facts are read. */
export type Standing = {
	priority: PriorityId;
	impact: string | null;
	urgency: string | null;
	group: string | null;
	/** Somebody has had a say. */
	isDecided: boolean;
	/** What was chosen through us, the newest last, as long as writing it may take. */
	chosen: Chosen[];
};

/** What of a choice comes back from the helpdesk as our own write. */
type Chosen = { at: Instant; priority: PriorityId; impact: string | null; urgency: string | null };

/** A helpdesk may be slow, but its own users do not wait longer for a save. */
const writtenWithinMs: Duration = 120_000;

/** What is so after somebody asked for a priority. */
export type Decision = Pick<Standing, "priority" | "impact" | "urgency">;

/**
 * Who asks for what gets what; `null`: nothing changes. A customer's word counts as the policy says, what people do not agree on is decided by
 * one role, and a priority that is restricted goes to those who may declare it; what it already is, anyone may confirm.
 */
export function decide(fact: Asking, standing: Standing, policy: Policy): Decision | null {
	if (isLateWrite(fact, standing)) return null;
	const asked = askedFor(fact, standing, policy);
	if (asked === null) return null;
	if (!hasSay(fact, standing, policy)) {
		// What the helpdesk's own fields show is so, whatever is made of it.
		return fact.kind === "assessed" ? { ...asked, priority: standing.priority } : null;
	}
	if (asked.priority === standing.priority) return asked;
	const role = fact.kind === "classified" ? fact.role : undefined;
	const rule = policy.deciding.restricted.find(({ priorities }) => priorities.includes(asked.priority));
	const mayDeclare = rule === undefined || (role !== undefined && rule.roles.includes(role));
	return mayDeclare ? asked : { ...asked, priority: rule.otherwise };
}

/** What was chosen through us is written to the helpdesk next, and comes back from there. */
export function keepChosen(fact: Asking, { chosen }: Standing, { priority, impact, urgency }: Decision): Chosen[] {
	const isChoice = fact.kind === "classified" || (fact.kind === "priority-changed" && fact.takesBack !== undefined);
	const recent = chosen.filter(({ at }) => fact.at - at <= writtenWithinMs);
	return isChoice ? [...recent, { at: fact.at, priority, impact, urgency }] : recent;
}

/** A write of ours that arrives when somebody has chosen anew: it says what was, and the newer one follows it. */
function isLateWrite(fact: Asking, { chosen }: Standing): boolean {
	if (fact.kind === "classified" || fact.by.kind !== "us") return false;
	return chosen
		.slice(0, -1)
		.some(
			({ at, priority, impact, urgency }) =>
				fact.at - at <= writtenWithinMs &&
				(fact.kind === "assessed"
					? fact.impact === impact && fact.urgency === urgency
					: fact.priorities.includes(priority)),
		);
}

function askedFor(fact: Asking, standing: Standing, policy: Policy): Decision | null {
	switch (fact.kind) {
		case "classified":
			return fact;
		case "priority-changed": {
			const [usual] = fact.priorities;
			if (usual === undefined || fact.priorities.includes(standing.priority)) return null;
			return { priority: usual, impact: null, urgency: null };
		}
		case "assessed": {
			const { impact, urgency } = fact;
			// What we wrote comes back as the helpdesk's own word: it must not undo a justified choice.
			if (impact === standing.impact && urgency === standing.urgency) return null;
			const isCell = impact !== null && urgency !== null && hasCell(policy, impact, urgency);
			const choice = isCell ? { impact, urgency, group: standing.group, justification: null } : null;
			return { priority: choice ? priorityFor(policy, choice).priority : standing.priority, impact, urgency };
		}
	}
}

function hasSay(fact: Asking, { isDecided }: Standing, { deciding }: Policy): boolean {
	if (fact.by.kind === "customer" && deciding.customer !== "always") {
		if (deciding.customer === "never" || isDecided) return false;
	}
	const isDisputed = fact.kind === "classified" && fact.consensus === false;
	if (!isDisputed || deciding.withoutConsensus === null) return true;
	return fact.role === deciding.withoutConsensus;
}
