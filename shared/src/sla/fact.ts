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

/** On whom a standing clock waits. */
export type PauseOwner = "customer" | "supplier" | "planned";

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
			/** Through Stipt: the choice that it takes back. */
			takesBack?: string;
			by: Actor;
	  }
	| {
			/** A cell of the matrix was chosen through Stipt. */
			kind: "classified";
			impact: string;
			urgency: string;
			priority: PriorityId;
			justification?: string;
			/** The role of the policy in which it was chosen: some priorities may be declared by some roles only. */
			role?: string;
			/** `false`: the customer did not agree. Absent: nobody asked. */
			consensus?: boolean;
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
	| { kind: "channel-changed"; channel: Channel; by: Actor }
	| {
			/** Somebody stopped the clocks by hand. A customer's message ends it when information was missing. */
			kind: "paused";
			because: "information-missing" | "by-hand";
			reason: string;
			owner: PauseOwner;
			/** When it ends by itself; `null`: when somebody resumes. */
			until: Instant | null;
			by: Actor;
	  }
	| { kind: "resumed"; by: Actor }
	| {
			/** Another deadline was agreed for a goal that runs; `null` takes that back. */
			kind: "deadline-agreed";
			goal: Goal;
			deadline: Instant | null;
			reason: string;
			by: Actor;
	  }
	| {
			/** One line gave the ticket to another, in writing. */
			kind: "handed-over";
			/** Ids of lines of the service; `null`: from nobody in particular. */
			from: string | null;
			to: string;
			text: string;
			by: Actor;
	  }
	/** The phone call that a priority asks for was made. */
	| { kind: "phoned"; by: Actor }
	| {
			/** Somebody asked for attention from a level of the service's escalation contacts, counted from 1. */
			kind: "escalation-asked";
			level: number;
			role: string;
			reason: string;
			by: Actor;
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
