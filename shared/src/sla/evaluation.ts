import type { Duration, Instant } from "../calendar/calendar.ts";
import type { MoveTo } from "../policy/policy.ts";
import type { Channel, Fact, Goal, PauseOwner, PriorityId, TicketState } from "./fact.ts";
import { sorted } from "./sorted.ts";

/** The pause in which a clock stands. */
export type StandingBecause = {
	/** Index in `Policy.pauses`; `null`: somebody paused it by hand. */
	rule: number | null;
	/** What the person wrote who paused it; `null` under a rule, which has words of its own. */
	reason: string | null;
	owner: PauseOwner;
	since: Instant;
	/** When it ends by itself, at the latest; `null`: never. */
	until: Instant | null;
};

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
	/** Why it stands still, and since when. */
	pausedBecause: StandingBecause | null;
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
	/** Content hash of the policy version that gave the deadline. */
	policyVersion: string;
	/** The deadline is one that people agreed, for this reason, since then. */
	agreed?: { at: Instant; reason: string };
	/** The line whose clock it is, for `handover`. */
	line?: string;
};

/** What one line of support had of a ticket: the shares add up to the open time that the ticket's resolution used. */
export type LineShare = {
	line: string;
	receivedAt: Instant;
	/** `null` while it has the ticket. */
	passedAt: Instant | null;
	/** Open time used, without pauses. */
	used: Duration;
	/** What was left of the resolution's target when it received the ticket; `null` for best effort. */
	leftAtReceipt: Duration | null;
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
	 * `pause-too-long`: a pause reached its longest length.
	 */
	cause: "due" | "re-prioritised" | "repeated" | "promise-expired" | "pause-too-long";
	roles: string[];
	note: boolean;
	/** Where taking it moves the ticket in the helpdesk; absent: nowhere. */
	moveTo?: MoveTo;
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
	/** Lines that had the ticket, in order; empty for a service without lines. */
	lines: LineShare[];
	/** The priority asks for a phone call and none was logged since it was given. */
	phoneOutstanding: boolean;
	/** In the order they were owed. */
	owed: OwedStep[];
	/** The next instant at which something changes by time alone; `null`: none. */
	wakeAt: Instant | null;
};

/** Facts in the order they happened; ties are broken by id, so any permutation reads the same. */
export function inOrder(facts: readonly Fact[]): Fact[] {
	return sorted([...facts], byTime);
}

function byTime(a: Fact, b: Fact): number {
	return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
