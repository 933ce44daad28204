import type { Duration, Instant } from "../calendar/calendar.ts";
import type { Channel, Fact, Goal, PriorityId, TicketState } from "./fact.ts";

/** One goal running, or having run, on a ticket. */
export type Clock = {
	goal: Goal;
	/** 1 for the first; a new cycle begins with each question or reopening that asks for one. */
	cycle: number;
	state: "running" | "paused" | "met" | "missed" | "cancelled";
	startedAt: Instant;
	/** The instant it is missed after; `null` for best effort, or while an open-ended pause comes first. */
	deadline: Instant | null;
	/** Open time left (negative: overdue by), unpaused; `null` for best effort. */
	remaining: Duration | null;
	/** Open time used, without pauses. */
	elapsed: Duration;
	/** The calendar is closed now. Outside hours is not paused. */
	outsideHours: boolean;
	/** Key of the pause rule's reason in the policy's words, with since when. */
	pausedBecause: { rule: number; since: Instant } | null;
	breachedAt: Instant | null;
	/** Present when a change of priority or service, counted back to the start, made it overdue at once. */
	breachedBy?: "re-prioritisation";
	metAt: Instant | null;
	/** When it stopped, met or not; `null` while somebody still has to act. A missed clock goes on until it stops. */
	stoppedAt: Instant | null;
	/** Name of the calendar: the target's, for best effort that of the service; `null` when there is none. */
	calendar: string | null;
	promise: "aim" | "commitment" | "best-effort";
	/** The priority whose target applies. */
	priority: PriorityId;
	/** The target as the policy states it, `null` for best effort. */
	target: { duration: Duration } | { workingDays: number } | null;
};

/** One rung of a ladder whose time has come and that nobody has taken yet. */
export type OwedStep = {
	goal: Goal;
	cycle: number;
	step: string;
	/** 0 for the first time, then counting repeats and re-openings. */
	occurrence: number;
	owedAt: Instant;
	/**
	 * `due`: its own time has come. `re-prioritised`: a change of priority or service made it due at once. `repeated`:
	 * nobody has acknowledged. `promise-expired`: what was promised when it was acknowledged did not come.
	 */
	cause: "due" | "re-prioritised" | "repeated" | "promise-expired";
	roles: string[];
	note: boolean;
	/** Position in the ladder, from 1, and its length. */
	rung: { step: number; of: number };
};

export type Escalation = {
	goal: Goal;
	step: number;
	of: number;
	owedAt: Instant;
	alert: string | null;
	acknowledgedBy: string | null;
	acknowledgedAt: Instant | null;
	nextPromise: Instant | null;
};

/** Everything that a ledger means under a policy at an instant. */
export type Evaluation = {
	state: TicketState;
	priority: PriorityId;
	impact: string | null;
	urgency: string | null;
	/** Id of the service. */
	service: string;
	channel: Channel;
	owner: string | null;
	/** The channel carries no promise. */
	bestEffort: boolean;
	/** The latest cycle of each goal. Those that have not stopped first, the nearest deadline first. */
	clocks: Clock[];
	/** Earlier cycles, in the order in which they began. */
	past: Clock[];
	escalation: Escalation | null;
	/** In the order they were owed. */
	owed: OwedStep[];
	/** The next instant at which something changes by time alone; `null`: none. */
	wakeAt: Instant | null;
};

/** Facts in the order they happened; ties are broken by id, so any permutation reads the same. */
export function inOrder(facts: readonly Fact[]): Fact[] {
	return [...facts].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
