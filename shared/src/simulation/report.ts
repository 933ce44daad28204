import type { Instant } from "../calendar/calendar.ts";
import type { Goal, PriorityId } from "../sla/fact.ts";
import type { Proof } from "../sla/proof/proof.ts";
import type { MovedDeadlines } from "./moved-deadlines.ts";

/** How the clocks of one goal came out. */
export type Outcome = {
	met: number;
	missed: number;
	/** Still running, and not missed. */
	running: number;
	cancelled: number;
	/** Ran without a target. */
	bestEffort: number;
};

/** One line of attainment; `inForce` is absent where there is nothing to compare with. */
export type Attainment = {
	service: string;
	priority: PriorityId;
	goal: Goal;
	draft: Outcome;
	inForce?: Outcome;
};

/** How often a role is told in a week; `recorded` is what really went out. */
export type RoleWeek = { role: string; week: string; draft: number; inForce: number; recorded: number };

/** What falls in one hour of the local day. */
export type HourLoad = { hour: number; opened: number; draftAlerts: number; inForceAlerts: number };

/** A clock that comes out otherwise. */
export type Flip = { connection: string; ticket: string; goal: Goal; cycle: number; to: "met" | "missed" };

/** One of the largest moves of a deadline, with the sum behind both. */
export type DeadlineChange = {
	connection: string;
	ticket: string;
	goal: Goal;
	cycle: number;
	before: Instant;
	after: Instant;
	proofs: { before: Proof | null; after: Proof | null };
};

export type SimulationReport = {
	policy: { name: string; version: string };
	/** Clocks and alerts of `[from, to)` count; what is still running is looked at as of `to`. */
	from: Instant | null;
	to: Instant;
	/** In whose hours and weeks the report speaks. */
	zone: string;
	tickets: number;
	/** Of these there is something to compare with. */
	compared: number;
	attainment: Attainment[];
	flips: { toMissed: number; toMet: number; examples: Flip[] };
	deadlines: MovedDeadlines;
	alerts: { draft: number; inForce: number; recorded: number; weeks: RoleWeek[] };
	load: HourLoad[];
	largest: DeadlineChange[];
};
