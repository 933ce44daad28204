import type { Channel, Goal, PauseOwner } from "../sla/fact.ts";
import type { PageEventStatus } from "../status/page-event.ts";
import type { IsoInstant, Milliseconds } from "./api.ts";
import type { Words } from "./language.ts";

/**
 * Body of `POST /api/v1/tickets/:connection/:ticket/actions`: what a person does with a ticket's clocks. Answers the new
 * `TicketView`. 422 for what cannot be meant, 409 for what the ticket is in no state for.
 */
export type TicketAction =
	/** Stops the clocks that the policy lets people stop, until somebody resumes or `until`. */
	(
		| { kind: "pause"; reason: string; owner: PauseOwner; until?: IsoInstant | null }
		/** As a pause that waits for the customer; the customer's next message ends it. */
		| { kind: "ask-information"; reason: string; until?: IsoInstant | null }
		| { kind: "resume" }
		/** Another deadline that was agreed with the customer; `null` takes it back. */
		| { kind: "agree-deadline"; goal: Goal; deadline: IsoInstant | null; reason: string }
		/** To a line of the service that is designated, with what it needs to know. */
		| { kind: "hand-over"; to: string; text: string }
		/** The customer was telephoned. */
		| { kind: "phoned" }
		/** Asks a level of the service's contacts for attention, level after level. */
		| { kind: "ask-escalation"; level: number; reason: string }
		| { kind: "change-channel"; channel: Channel }
	) & {
		/** The sender's own name for it: the same key again is the same action, done once. */
		key?: string;
	};

export type NamedRole = { id: string; name: Words };

/** `GET /api/v1/tickets/:connection/:ticket/detail`: what a ticket's card opens to. */
export type TicketDetail = {
	/** Who hears what when, should nothing else happen: in order of time. */
	planned: { at: IsoInstant; goal: Goal; step: string; rung: { step: number; of: number }; roles: NamedRole[] }[];
	/** What was sent, the newest first. `told` has one entry per role and channel. */
	sent: {
		alert: string;
		owedAt: IsoInstant;
		goal: Goal;
		step: string;
		occurrence: number;
		roles: NamedRole[];
		told: { role: NamedRole; channel: string; at: IsoInstant; outcome: "sending" | "sent" | "failed" }[];
		acknowledged: { by: string; at: IsoInstant; nextPromise: IsoInstant } | null;
	}[];
	/** What lines had of it, in order. */
	lines: {
		line: string;
		name: Words;
		receivedAt: IsoInstant;
		passedAt: IsoInstant | null;
		usedMs: Milliseconds;
		leftAtReceiptMs: Milliseconds | null;
	}[];
	/** Lines that it may be handed over to. */
	handOverTo: { line: string; name: Words }[];
	pauses: { canPause: boolean; canResume: boolean; goals: Goal[] };
	/** Contacts by level; `canAsk`: the level before has been asked, or it is the first. */
	escalation: {
		level: number;
		role: NamedRole;
		asked: { by: string; at: IsoInstant; reason: string } | null;
		canAsk: boolean;
	}[];
	/** Incidents and maintenance that it is linked to. */
	incidents: {
		page: string;
		event: string;
		role: "source" | "affected";
		title: string;
		titles: Words | null;
		status: PageEventStatus;
		url: string | null;
	}[];
	/** The customer is to be telephoned and was not yet. */
	phoneOutstanding: boolean;
	asOf: IsoInstant;
};

/** Answer to `POST /api/v1/tickets/:connection/:ticket/nudge`. `queued`: it will be read; else it was a moment ago. */
export type Nudged = { queued: boolean };
