import type { Channel, Goal, PauseOwner, PriorityId, TicketState } from "../sla/fact.ts";
import type { PageEventStatus, PageImpact } from "../status/page-event.ts";
import type { Language, Words } from "./language.ts";

/** ISO 8601, UTC, with milliseconds. */
export type IsoInstant = string;
/** Whole milliseconds of open time. */
export type Milliseconds = number;

export type ClockView = {
	goal: Goal;
	state: "running" | "paused" | "met" | "missed" | "cancelled";
	startedAt: IsoInstant;
	deadline: IsoInstant | null;
	remainingMs: Milliseconds | null;
	elapsedMs: Milliseconds;
	outsideHours: boolean;
	pausedBecause: Words | null;
	breachedAt: IsoInstant | null;
	metAt: IsoInstant | null;
	/** When it stopped for good, met or not: from then on nothing of it moves. */
	stoppedAt: IsoInstant | null;
	calendar: string | null;
	promise: "aim" | "commitment" | "best-effort";
	targetMs: Milliseconds | null;
	targetWorkingDays: number | null;
	/** While running outside hours: when it opens again. While open: `null`. */
	opensAt: IsoInstant | null;
	/** While open: when the hours end, so that a timer can stand still by itself. */
	closesAt: IsoInstant | null;
	/** Absent from older services, as what follows: 2 for the second question, reopening, or line. */
	cycle?: number;
	/** While it stands still: since when, on whom it waits, when that ends by itself. */
	pausedSince?: IsoInstant | null;
	pausedOwner?: PauseOwner | null;
	pausedUntil?: IsoInstant | null;
	/** The deadline is one that people agreed. */
	agreed?: { at: IsoInstant; reason: string } | null;
	/** A change of priority or service made it overdue at once. */
	breachedBy?: "re-prioritisation" | null;
	priority?: PriorityId;
	policyVersion?: string;
	/** The line whose clock it is, for a hand-over. */
	line?: string | null;
};

export type EscalationView = {
	goal: Goal;
	step: number;
	of: number;
	owedAt: IsoInstant;
	alert: string | null;
	acknowledgedBy: string | null;
	nextPromise: IsoInstant | null;
};

export type Confidence = {
	level: "fresh" | "stale" | "unsure";
	/** `null` when fresh. */
	reason: "no-contact" | "not-read-back" | "write-conflict" | "unmapped" | "gap" | "restored" | null;
	/** When the helpdesk was last heard about this ticket. */
	since: IsoInstant;
};

/** `GET /api/v1/tickets/:connection/:ticket`, and the elements of the list. */
export type TicketView = {
	connection: string;
	/** The helpdesk's own id. */
	ticket: string;
	number: string;
	title: string;
	url: string;
	state: TicketState;
	channel: Channel;
	priority: PriorityId;
	impact: string | null;
	urgency: string | null;
	service: string;
	/** Absent from older services, as is `line`. */
	serviceName?: Words;
	/** The line of support that has it; `null`: its service has none. */
	line?: { id: string; name: Words } | null;
	owner: string | null;
	policy: { name: string; version: string; mode: "measured" | "promised" };
	/** Count of the ledger's changes. */
	revision: number;
	/** The service's clock when this was computed. */
	asOf: IsoInstant;
	clocks: ClockView[];
	escalation: EscalationView | null;
	confidence: Confidence;
};

/** `GET /api/v1/tickets?connection=C&ids=1,2,3`; without `ids`: open tickets, most urgent first (`owner`, `limit`).
 * `owner=me`: those of the bearer's own user; of everybody where the token names none. */
export type TicketList = {
	tickets: TicketView[];
	/** Asked for and not known here. */
	unknown: string[];
	asOf: IsoInstant;
};

export type PreviewCell = {
	impact: string;
	urgency: string;
	priority: PriorityId;
	/** The cell's own priority when a cap lowers it. */
	cappedFrom: PriorityId | null;
	/** A justification lifts the cap. */
	justificationLiftsCap: boolean;
	deadlines: { goal: Goal; deadline: IsoInstant | null; remainingMs: Milliseconds | null; missed: boolean }[];
	/** Who would be told when. */
	alerts: { role: Words; at: IsoInstant; goal: Goal; step: string }[];
};

/** `POST /api/v1/tickets/:connection/:ticket/preview`. */
export type Preview = {
	impacts: { id: string; name: Words; hint: Words | null }[];
	urgencies: { id: string; name: Words; hint: Words | null }[];
	priorities: { id: PriorityId; name: Words }[];
	current: { impact: string | null; urgency: string | null; priority: PriorityId };
	cells: PreviewCell[];
	/** Questions that lead to a cell; absent from older services, as what follows. */
	questions?: { sets: "impact" | "urgency"; ask: Words; answers: { to: string; say: Words }[] }[];
	/** Priorities that the bearer may not declare: by whom they may be, and what it becomes instead. */
	restricted?: { priority: PriorityId; roles: Words[]; otherwise: PriorityId }[];
	/** The role that decides when people do not agree, and whether the bearer is in it; `null`: nobody in particular. */
	withoutConsensus?: { role: Words; isYours: boolean } | null;
	asOf: IsoInstant;
};

/** Body of `PUT /api/v1/tickets/:connection/:ticket/priority`; answers the new `TicketView`. */
export type PriorityChoice = {
	impact: string;
	urgency: string;
	justification?: string;
	/** `false`: the customer does not agree. Absent: nobody asked. */
	consensus?: boolean;
};

/** Body of `POST /api/v1/alerts/:id/ack`; answers the new `TicketView`. */
export type Acknowledgement = { nextPromise: IsoInstant };

/** `GET /api/v1/notices?connection=C`: what the status pages say now. */
export type Notice = {
	/** Changes whenever the event does, so that a dismissed banner comes back. */
	id: string;
	/** The page's connection and its own id of the event: what `POST …/page-events` links a ticket to. */
	page: string;
	event: string;
	kind: "incident" | "maintenance";
	title: string;
	/** Title and text in every language, where the words are ours. */
	titles?: Words;
	texts?: Words;
	status: PageEventStatus;
	impact: PageImpact;
	components: string[];
	/** Services of the connection's policy that stand on those components. */
	services: string[];
	text: string;
	url: string | null;
	updatedAt: IsoInstant;
	/** Tickets of this connection that are linked to it. */
	tickets: string[];
};
export type NoticeList = { notices: Notice[]; asOf: IsoInstant };

/** `GET /api/v1/me`: who a token is, and which helpdesks it may be shown over. */
export type Me = {
	name: string;
	role: "agent" | "manager" | "admin";
	connections: {
		id: string;
		/** What its pages are: a kind that the overlay's table of hosts serves, e.g. `zammad`, `odoo-project`. */
		kind: string;
		name: string;
		origin: string;
		language: Language;
		/** The bearer's own user at that helpdesk, where the token says so: whose tickets `owner=me` means. */
		user?: string;
	}[];
	version: string;
};

/** Body of `POST /api/v1/tickets/:connection/:ticket/page-events`: links a ticket to a page's event; answers the `TicketView`. */
export type PageLink = { connection: string; event: string };

/** RFC 9457 problem document: what every error of the API looks like. */
export type Problem = {
	type: string;
	title: string;
	status: number;
	detail: string;
	/** Faults of an input, each with where it is. */
	problems?: { path: string; expected: string; found: string }[];
};
