import type { Instant } from "../calendar/calendar.ts";

/** Who did something. `us` is this product's own account at the helpdesk. */
export type Actor = {
	kind: "agent" | "customer" | "system" | "us";
	/** The helpdesk's own id of that user; never a name or an address. */
	id?: string;
};

/** How a ticket, or a message, came in. */
export type Channel = "portal" | "email" | "phone" | "chat" | "api" | "other";

/** What every helpdesk's states come down to. */
export type TicketState = "new" | "open" | "waiting" | "solved" | "closed" | "merged" | "deleted";

export type Goal = "pickup" | "first-response" | "next-update" | "resolution" | "handover";

/** Priority as the policy names it: `P1` is the highest. */
export type PriorityId = string;

/** What happened, without when. A label is the helpdesk's own word. */
export type FactBody =
	| { kind: "opened"; channel: Channel; by: Actor }
	| {
			kind: "priority-changed";
			label: string;
			/** The priorities that this label can stand for, the usual one first. Empty: not mapped. */
			priorities: PriorityId[];
			by: Actor;
	  }
	| {
			/** A cell of the matrix was chosen through Stipt. */
			kind: "classified";
			impact: string;
			urgency: string;
			priority: PriorityId;
			justification?: string;
			by: Actor;
	  }
	| {
			/** The helpdesk's own impact and urgency fields now say this; the matrix gives the priority once both are set. */
			kind: "assessed";
			impact: string | null;
			urgency: string | null;
			by: Actor;
	  }
	| { kind: "group-changed"; label: string; by: Actor }
	| { kind: "state-changed"; state: TicketState; label: string; by: Actor }
	| { kind: "owner-changed"; owner: string | null; by: Actor }
	| {
			kind: "replied";
			by: Actor;
			channel: Channel;
			/** Visible to the customer. */
			public: boolean;
			/** Sent by the helpdesk itself (closing mail, auto-reply): nobody's answer. */
			automatic: boolean;
	  }
	| { kind: "merged"; into: string; by: Actor }
	| { kind: "deleted"; by: Actor }
	| {
			/** A ladder's step was taken (or given up, or skipped because a higher one was owed too). */
			kind: "alerted";
			alert: string;
			goal: Goal;
			cycle: number;
			step: string;
			occurrence: number;
			outcome: "sent" | "failed" | "superseded";
			roles: string[];
			detail?: string;
	  }
	| {
			kind: "acknowledged";
			alert: string;
			by: string;
			/** When we hear again; its passing re-opens the ladder. */
			nextPromise: Instant;
	  }
	| {
			/** A page event was opened for, linked to, or resolved with this ticket. */
			kind: "page-event-linked";
			connection: string;
			event: string;
			role: "source" | "affected";
			/** The page rule of the policy that opened it; absent when a person linked it. */
			rule?: number;
	  };

/** One thing that happened to a ticket. */
export type Fact = FactBody & {
	/** Stable across deliveries, polls and rebuilds: the same happening always has the same id. */
	id: string;
	/** When it happened there. */
	at: Instant;
	/** When we learned it. */
	seenAt: Instant;
};

export type FactKind = FactBody["kind"];
