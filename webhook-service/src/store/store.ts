import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Publication } from "@stipt/shared/simulation/publication";
import type { Fact, Goal } from "@stipt/shared/sla/fact";
import type { PageEvent } from "@stipt/shared/status/page-event";
import type { Mapping, TicketSnapshot } from "../adapters/helpdesks/helpdesk.ts";

/** One ticket of one connection. */
export type TicketRef = { connection: string; ticket: string };

export type StoredTicket = {
	ref: TicketRef;
	facts: Fact[];
	/** Count of changes to the facts. */
	revision: number;
	snapshot: TicketSnapshot | null;
	/** When the helpdesk last told us about it. */
	readAt: Instant | null;
	/** Name of the policy that it was put under when it was first seen; `null` before that. */
	policy: string | null;
	/** What a person should know about the data: a failed read-back, a conflict. */
	doubt: Doubt | null;
};

/** `gap`: a change was found that no delivery told of, and is being read. `restored`: the helpdesk went back in time. */
export type Doubt = {
	reason: "not-read-back" | "write-conflict" | "unmapped" | "gap" | "restored";
	since: Instant;
};

export type StoredConnection = {
	id: string;
	/** Which table of adapters, and which row. */
	kind: "helpdesk" | "status-page" | "channel";
	adapter: string;
	name: string;
	/** Address of a helpdesk or status page; empty for a channel. */
	url: string;
	/** Secrets included: in clear in memory, sealed at rest. */
	settings: Record<string, unknown>;
	/** Secrets of incoming deliveries, the newest first (rotation). */
	hookSecrets: string[];
	/** Loopback and private addresses are meant. */
	allowPrivate: boolean;
	/** Helpdesks only. */
	mapping: Mapping | null;
	/** Name of the policy that its new tickets get. */
	policy: string | null;
	/** Helpdesks only: what was seen and installed at the last connecting, to tell later what has changed since. */
	connected?: {
		at: Instant;
		/** What was found, by what was looked for. */
		seen: Record<string, string>;
		/** Where the helpdesk delivers; `null`: nothing was installed there. */
		hook: string | null;
	};
	createdAt: Instant;
};

export type ConnectionHealth = {
	lastDeliveryAt: Instant | null;
	/** The last call that it answered. */
	lastContactAt: Instant | null;
	/** How far reconciliation has read. */
	cursor: Instant | null;
	/** The last failure, until the next success. */
	failure: { at: Instant; message: string } | null;
	/** When a poll last read to its end: every ticket that it did not name is as we know it. */
	polledAt: Instant | null;
	/** When the next poll is due: soon after a gap was seen. */
	nextPollAt: Instant | null;
	/**
	 * What no delivery told of: the last time that it happened. `closedAt` is `null` while not all of it is in the ledgers.
	 */
	gap: { since: Instant; foundAt: Instant; tickets: number; closedAt: Instant | null } | null;
	/** While it is left alone after failures: until when, how many in a row, and why. */
	breaker: { openUntil: Instant; failures: number; message: string } | null;
	/** It went back to an earlier state (a restored backup), seen then. */
	restored: { at: Instant; ticket: string; from: Instant; to: Instant } | null;
};

/**
 * What is counted for a connection, for ever: tickets and facts that no delivery told of (`lost-…`), deliveries taken
 * in and repeated, writes of ours, those that only answered another write of ours (`loops`), and conflicts.
 */
export type Counter =
	| "deliveries"
	| "repeats"
	| "polls"
	| "lost-tickets"
	| "lost-facts"
	| "writes"
	| "loops"
	| "conflicts"
	| "restored";

/** How far an import has come. */
export type ImportProgress = {
	startedAt: Instant;
	/** How far back it goes; `null`: to the beginning. */
	since: Instant | null;
	part: "open" | "history" | "done";
	/** Where the adapter goes on; `null`: at the start of the part. */
	cursor: string | null;
	/** Tickets read, and those that could not be. */
	read: number;
	failed: number;
	finishedAt: Instant | null;
};

/** One alert that was, or is being, sent. */
export type StoredAlert = {
	id: string;
	ref: TicketRef;
	goal: Goal;
	cycle: number;
	step: string;
	occurrence: number;
	owedAt: Instant;
	rung: { step: number; of: number };
	roles: string[];
	/** One entry per receiver that was tried. */
	receipts: {
		key: string;
		channel: string;
		to: string;
		at: Instant;
		outcome: "sending" | "sent" | "failed";
		detail: string;
	}[];
	acknowledged: { at: Instant; by: string; nextPromise: Instant } | null;
};

/** One version of a policy; it never changes. When it was in force stands in its publications. */
export type StoredPolicy = {
	name: string;
	/** Content hash of the text and the holiday sets. */
	version: string;
	/** The document as published. */
	text: string;
	/** The holiday sets that it was published with, as documents. */
	holidays: { file: string; text: string }[];
};

/** A policy that a helpdesk's tickets are measured against in silence, beside the one that is promised. */
export type Shadow = { policy: string; since: Instant };

export type StoredToken = {
	/** SHA-256 of the token, hex: the token itself is shown once and not kept. */
	hash: string;
	name: string;
	role: "agent" | "manager" | "admin";
	/** The person's own user id per connection. */
	users?: Record<string, string>;
	/** The role of the policies in which they act: some priorities may be declared by some roles only. */
	as?: string;
	createdAt: Instant;
	lastUsedAt: Instant | null;
};

/** An invitation to make one token: good for one use, until it expires. */
export type StoredPairing = {
	/** SHA-256 of the secret in the pairing link, hex. */
	hash: string;
	name: string;
	role: StoredToken["role"];
	users: Record<string, string>;
	as?: string;
	expiresAt: Instant;
};

export type AuditEntry = { at: Instant; by: string; what: string; ref?: TicketRef; detail?: string };

/** Something that was dropped, given up or refused, for a person to see. */
export type Trouble = { at: Instant; where: string; what: string; connection?: string; ticket?: string };

/** When a ticket must be looked at again, and at which revision of its ledger that was found. */
export type Wake = { wakeAt: Instant; revision: number };

/** Which fields are watched for somebody who undoes what we wrote. */
export type ExpectedField = "priority" | "group";

/** A field as we wrote it, and what was there before: to tell our own change from somebody who undid it. */
export type Expected = {
	at: Instant;
	label: string;
	before: string;
};

/** Everything that is kept. Only its Redis implementation knows a key name. */
export interface Store {
	/** Answers when the store does; throws `ServiceError("busy")` when it does not within a second. */
	ping(): Promise<void>;

	/** True the first time within the sender's retry horizon, false for a repeat. */
	markDelivery(connection: string, delivery: string): Promise<boolean>;

	/** A delivery about this ticket came in; remembered for minutes, to tell it from any other delivery. */
	saveHeard(ref: TicketRef, at: Instant): Promise<void>;
	/** When the last delivery about it came in, `null` when none did lately. */
	readHeard(ref: TicketRef): Promise<Instant | null>;

	readTicket(ref: TicketRef): Promise<StoredTicket>;
	readTickets(refs: TicketRef[]): Promise<StoredTicket[]>;
	/** Adds the facts whose ids are new, atomically. Answers whether anything was, and the ticket as it now is. */
	appendFacts(ref: TicketRef, facts: Fact[]): Promise<{ added: Fact[]; ticket: StoredTicket }>;
	/** Puts these facts in the place of all that there were: for a ledger that is built anew. */
	replaceFacts(ref: TicketRef, facts: Fact[]): Promise<StoredTicket>;
	saveReading(ref: TicketRef, reading: { snapshot: TicketSnapshot; readAt: Instant }): Promise<void>;
	/** When the helpdesk last changed each of these tickets, as far as we read them; `null`: not known here. */
	knownStamps(connection: string, tickets: string[]): Promise<(Instant | null)[]>;
	/** Tickets whose last known change is at or after `since`, the newest first. */
	knownSince(connection: string, since: Instant, limit: number): Promise<{ ticket: string; updatedAt: Instant }[]>;
	/** A ticket was found at `at` to have changed without a delivery, and is to be read. Answers 1 when that is new, else 0. */
	addUnread(connection: string, ticket: string, at: Instant): Promise<number>;
	/** A ticket was read, or found gone: what was found until `at` is known now. */
	dropUnread(ref: TicketRef, at: Instant): Promise<void>;
	unreadCount(connection: string): Promise<number>;
	/** Those found before `before` that are still to be read, the oldest first. */
	unreadBefore(connection: string, before: Instant, limit: number): Promise<string[]>;
	/** The ticket is gone from the helpdesk: nobody looks for it any more. */
	forgetKnown(ref: TicketRef): Promise<void>;
	/** What we last wrote to a ticket's field, to know it again. */
	saveExpected(ref: TicketRef, field: ExpectedField, expected: Expected | null): Promise<void>;
	readExpected(ref: TicketRef): Promise<Record<ExpectedField, Expected | null>>;
	/** How many causes a ticket had when we last wrote this kind of field to it. */
	saveWritten(ref: TicketRef, kind: string, causes: number): Promise<void>;
	readWritten(ref: TicketRef, kind: string): Promise<number | null>;
	savePolicyOf(ref: TicketRef, policy: string): Promise<void>;
	saveDoubt(ref: TicketRef, doubt: StoredTicket["doubt"]): Promise<void>;

	/** When a ticket must be looked at again; `null`: never by time alone. */
	saveWake(ref: TicketRef, wake: Wake | null): Promise<void>;
	readWake(ref: TicketRef): Promise<Wake | null>;
	/** Tickets whose wake is at or before `until`, oldest first. */
	wakesUntil(until: Instant, limit: number): Promise<{ ref: TicketRef; at: Instant }[]>;
	/** How many wakes there are, and the oldest. */
	wakeSummary(): Promise<{ count: number; oldest: Instant | null }>;

	/** Keeps the indexes of open tickets. `urgency`: the nearest deadline, or infinity. */
	saveOpen(ref: TicketRef, open: { urgency: number; owner: string | null } | null): Promise<void>;
	openTickets(
		connection: string,
		options: { limit: number; owner?: string | undefined; offset?: number },
	): Promise<TicketRef[]>;
	/**
	 * Every ticket of a connection whose ledger is kept, finished or not, a batch at a time in no order: from the start
	 * (`null`), then from where the last answer says, until it says `null`. A ticket may come twice.
	 */
	allTickets(connection: string, from: string | null): Promise<{ refs: TicketRef[]; next: string | null }>;

	openCount(connection: string): Promise<number>;

	saveAlert(alert: StoredAlert): Promise<void>;
	readAlert(id: string): Promise<StoredAlert | null>;
	/** Alerts of one ticket, oldest first. */
	ticketAlerts(ref: TicketRef): Promise<StoredAlert[]>;
	/** Acknowledges once: the first one wins. Answers the alert as it now is. */
	acknowledgeAlert(id: string, acknowledged: NonNullable<StoredAlert["acknowledged"]>): Promise<StoredAlert | null>;

	savePageEvent(event: PageEvent, hash: string): Promise<void>;
	readPageEvent(connection: string, id: string): Promise<{ event: PageEvent; hash: string } | null>;
	pageEvents(): Promise<PageEvent[]>;
	linkPageEvent(link: {
		ref: TicketRef;
		connection: string;
		event: string;
		role: "source" | "affected";
	}): Promise<void>;
	ticketsOfPageEvent(connection: string, event: string): Promise<{ ref: TicketRef; role: "source" | "affected" }[]>;

	saveConnection(connection: StoredConnection): Promise<void>;
	readConnection(id: string): Promise<StoredConnection | null>;
	connections(): Promise<StoredConnection[]>;
	removeConnection(id: string): Promise<void>;
	saveHealth(id: string, health: Partial<ConnectionHealth>): Promise<void>;
	readHealth(id: string): Promise<ConnectionHealth>;
	count(id: string, counter: Counter, by?: number): Promise<void>;
	counts(id: string): Promise<Partial<Record<Counter, number>>>;
	saveImport(id: string, progress: ImportProgress): Promise<void>;
	readImport(id: string): Promise<ImportProgress | null>;

	/**
	 * Keeps a version and puts it in force, when there have been `after` publications of that policy so far. Answers
	 * whether: `false` when somebody else has published meanwhile.
	 */
	publishPolicy(policy: StoredPolicy, publication: Publication, after: number): Promise<boolean>;
	/** The version of a policy that was published last, or one version by hash. */
	readPolicy(query: { name: string } | { version: string }): Promise<StoredPolicy | null>;
	/** All versions that were ever published, in no order. */
	policies(): Promise<StoredPolicy[]>;
	/** Every time that a version of this policy was published, in order. */
	publications(name: string): Promise<Publication[]>;

	/** The shadow of each connection that has one. */
	shadows(): Promise<Record<string, Shadow>>;
	/** `null`: ends it. */
	saveShadow(connection: string, shadow: Shadow | null): Promise<void>;

	saveToken(token: StoredToken): Promise<void>;
	readToken(hash: string): Promise<StoredToken | null>;
	tokens(): Promise<StoredToken[]>;
	touchToken(hash: string, at: Instant): Promise<void>;
	removeToken(hash: string): Promise<void>;
	savePairing(pairing: StoredPairing): Promise<void>;
	/** Takes a pairing out, so that of two who ask only one gets it; `null` when there is none. */
	takePairing(hash: string): Promise<StoredPairing | null>;

	audit(entry: AuditEntry): Promise<void>;
	auditTrail(limit: number): Promise<AuditEntry[]>;
	reportTrouble(trouble: Trouble): Promise<void>;
	troubles(limit: number): Promise<Trouble[]>;

	beat(worker: string, at: Instant): Promise<void>;
	lastBeat(): Promise<Instant | null>;
	/** Takes a named lock for a while; answers a release, or `null` when somebody else has it. */
	lock(name: string, ttlMs: number): Promise<(() => Promise<void>) | null>;
}
