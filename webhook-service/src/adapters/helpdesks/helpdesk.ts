import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Fact, PriorityId, TicketState } from "@stipt/shared/sla/fact";
import type { z } from "zod";
import type { Call } from "../../call.ts";

/** How a delivery proves where it comes from. */
export type Scheme =
	| { kind: "hmac"; header: string; hash: "sha1" | "sha256"; prefix: string }
	/** Nothing is signed: a long random secret in the address, and nothing in the body is believed. */
	| { kind: "address" };

/** How the helpdesk's words map onto ours. Labels are the helpdesk's own. */
export type Mapping = {
	/** Which priorities a label can stand for, the usual one first. */
	priorities: Record<string, PriorityId[]>;
	/** Which state a label is; what is absent is decided by the helpdesk's own state types. */
	states: Record<string, TicketState>;
};

/** One installation of a helpdesk, as an adapter sees it. */
export type HelpdeskConnection<Settings = Record<string, unknown>> = {
	id: string;
	/** Its own address without a trailing slash, e.g. `https://desk.example.org`. */
	url: string;
	settings: Settings;
	mapping: Mapping;
};

/** What a person sees of a ticket; re-read, never believed from a delivery. */
export type TicketSnapshot = {
	ticket: string;
	number: string;
	title: string;
	url: string;
	/** The helpdesk's own id of the owner, `null` when nobody. */
	owner: string | null;
	priorityLabel: string;
	/** Values of the impact and urgency fields, where the helpdesk has them. */
	impact: string | null;
	urgency: string | null;
	updatedAt: Instant;
};

/** What the helpdesk answers when asked about one ticket. */
export type TicketReading =
	| { found: true; snapshot: TicketSnapshot; facts: Fact[] }
	/** Deleted, or no longer visible to us. */
	| { found: false };

/** What a delivery hints at. Silence has a reason. */
export type Hint = { tickets: string[] } | { ignored: string };

/** What a helpdesk is asked to do. Every write is compared with what is there first. */
export type Write =
	| { kind: "set-priority"; label: string; impact?: string; urgency?: string }
	/** An internal note. `mark` makes a repeat recognisable: a note that carries it is not written again. */
	| { kind: "note"; html: string; text: string; mark: string };

export type WriteReceipt = {
	outcome: "written" | "already-so";
	/** What we could not write, in words: e.g. a field that the helpdesk does not have. */
	left: string[];
};

/** One page of changed tickets, oldest first. `more`: ask again from the last one's instant. */
export type ChangedTickets = { tickets: { ticket: string; updatedAt: Instant }[]; more: boolean };

/** Where the helpdesk shall deliver. For the scheme `address`, `url` already carries the secret. */
export type Hook = { url: string; secret: string; mark: string };

export type InstallFinding = { what: string; found: string; todo: string | null; ok: boolean };

export type HelpdeskContext<Settings> = {
	connection: HelpdeskConnection<Settings>;
	call: Call;
	now: Instant;
};

/** What an adapter must promise. Adding a helpdesk: one folder, one row in `index.ts`, one fixture folder. */
export type Helpdesk<Settings = never> = {
	id: "zammad" | "odoo";
	name: string;
	docs: string;
	/** What an installation must supply. Fields whose names are in `secrets` are sealed at rest and never logged. */
	settings: z.ZodType<Settings>;
	secrets: readonly string[];
	scheme: Scheme;
	/** Key that is the same when the same delivery is sent again. */
	deliveryId(headers: Record<string, string>, body: Uint8Array): string;
	/** Reads a verified body. Throws `ServiceError("unreadable")` for what is not its own. */
	hint(body: unknown): Hint;
	/** Milliseconds to wait after a delivery before reading back (the helpdesk may not have committed yet). */
	settleMs: number;
	/** Asks the helpdesk for everything that happened to one ticket. `known`: the facts of the ledger so far. */
	read(ticket: string, known: readonly Fact[], context: HelpdeskContext<Settings>): Promise<TicketReading>;
	/** Ids of tickets that changed at or after `since`, oldest first, with when; at most one page. */
	changedSince(since: Instant, context: HelpdeskContext<Settings>): Promise<ChangedTickets>;
	write(ticket: string, write: Write, context: HelpdeskContext<Settings>): Promise<WriteReceipt>;
	/** Looks at the installation: reachable, version, rights. Never throws: every finding is a line. */
	probe(context: HelpdeskContext<Settings>): Promise<InstallFinding[]>;
	/** Proposes a mapping from what the helpdesk has. */
	proposeMapping(context: HelpdeskContext<Settings>): Promise<Mapping>;
	/** Makes the helpdesk send us its changes; idempotent. Returns what it did, a line each. */
	install(hook: Hook, context: HelpdeskContext<Settings>): Promise<{ done: string[]; settings: Settings }>;
};
