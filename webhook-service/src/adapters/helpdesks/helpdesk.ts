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
	/** Which service, and which of its lines, a group or team is, where the policy does not name the group itself. */
	groups?: Record<string, { service: string; line?: string }>;
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
	/** The last write to the ticket itself, where messages count for `updatedAt` too. It never goes back by itself. */
	writtenAt?: Instant;
};

/** What the helpdesk answers when asked about one ticket. */
export type TicketReading =
	| {
			found: true;
			snapshot: TicketSnapshot;
			facts: Fact[];
			/** Our own notes, where nothing of the ticket was known: what they carry is recovered from them. */
			notes?: OwnNote[];
	  }
	/** Deleted, or no longer visible to us. */
	| { found: false };

/** An internal note that our own user wrote. */
export type OwnNote = { html: string; at: Instant };

/** What a delivery hints at. Silence has a reason. */
export type Hint =
	| {
			tickets: string[];
			/** The change that it tells of: a reading that is older came too early, or the change was taken back. */
			changedAt?: Instant;
	  }
	| { ignored: string };

/** What a helpdesk is asked to do. Every write is compared with what is there first. */
export type Write =
	/** `null` empties the field where there is one; absent leaves it. */
	| { kind: "set-priority"; label: string; impact?: string | null; urgency?: string | null }
	/** An internal note. `mark` makes a repeat recognisable: a note that carries it is not written again. */
	| {
			kind: "note";
			html: string;
			text: string;
			mark: string;
			/** An address that carries what only we know, so that a later rebuild finds it in the note. */
			trace?: string;
	  }
	/** Puts a deadline into a field of the helpdesk; `null` empties it. */
	| { kind: "set-deadline"; field: string; deadline: Instant | null }
	/** To a group or team by its label, to an owner by login (`null`: nobody), or both; what is absent stays. */
	| { kind: "move"; group?: string; owner?: string | null };

export type WriteReceipt = {
	outcome: "written" | "already-so";
	/** What we could not write, in words: e.g. a field that the helpdesk does not have. */
	left: string[];
};

/** One page of changed tickets, oldest first. `more`: ask again from the last one's instant. */
export type ChangedTickets = { tickets: { ticket: string; updatedAt: Instant }[]; more: boolean };

/** Which tickets an import asks for: those that are open, or the finished ones. */
export type ImportPart = "open" | "history";

/** One page of tickets, the newest first. `next` continues after it, `null` at the end. `left`: at most so many more. */
export type ListedTickets = { tickets: string[]; next: string | null; left: number | null };

/** One value of a field of the matrix: what tickets hold, and what people see. */
export type FieldOption = { value: string; name: string };

/** Where the helpdesk shall deliver. For the scheme `address`, `url` already carries the secret. */
export type Hook = {
	url: string;
	secret: string;
	mark: string;
	/** Also make fields for impact and urgency, with these values from high to low. Absent: leave fields alone. */
	fields?: { impact: FieldOption[]; urgency: FieldOption[] };
};

/** What was looked for, what was found, what to do. `ok` with something to do is a warning; not `ok` stops a connection. */
export type InstallFinding = { what: string; found: string; todo: string | null; ok: boolean };

/** One thing that installation makes or changes at the helpdesk, as it is now. */
export type PlanStep = {
	/** E.g. `trigger "zz stipt-desk created"`. */
	what: string;
	/** What it does there. */
	does: string;
	/** How a person takes it away by hand. */
	undo: string;
	found: "missing" | "differs" | "right";
	/** Which parts of it differ, in the helpdesk's own words. */
	differs: string[];
	/** What it costs the helpdesk's users, e.g. a restart; never paid without asking. `null`: nothing. */
	cost: string | null;
};

/** A change that was made on purpose, to see its delivery arrive. */
export type Ring = {
	ticket: string;
	/** Title that the ticket has from now on: a ledger that knows it has read the change. */
	title: string;
	/** What was done there, in words. */
	done: string;
};

/** What a helpdesk has, in its own words. */
export type Vocabulary = {
	/** From the most to the least urgent; `shown` is what people see when it differs from the label. */
	priorities: { label: string; shown: string }[];
	/** What each state means by its type, and how that is known. */
	states: { label: string; state: TicketState; because: string }[];
	/** Groups or teams. */
	groups: string[];
};

export type HelpdeskContext<Settings> = {
	connection: HelpdeskConnection<Settings>;
	call: Call;
	now: Instant;
};

/** What an adapter can do at the helpdesk by itself, beside `install`. */
export type Installer<Settings> = {
	/** What `install` would make or change, as it is now; touches nothing. Throws `denied` without the rights to look. */
	plan(hook: Hook, context: HelpdeskContext<Settings>): Promise<PlanStep[]>;
	/**
	 * Takes away what carries our mark and nothing else, in an order that the helpdesk accepts. `fields`: the fields of
	 * the matrix too, with what they hold. Says what went and what stayed; a second time there is nothing left to do.
	 */
	uninstall(
		what: { mark: string; fields: boolean },
		context: HelpdeskContext<Settings>,
	): Promise<{ removed: string[]; left: string[] }>;
	/** Changes a ticket of our own, found again by the mark, so that a delivery must come. */
	ring(mark: string, context: HelpdeskContext<Settings>): Promise<Ring>;
	/** What the helpdesk itself can say about a delivery that did not come, a line each. Never throws. */
	silence(hook: Hook, since: Instant, context: HelpdeskContext<Settings>): Promise<string[]>;
};

/** What an adapter must promise. Adding a helpdesk: one folder, one row in `index.ts`, one fixture folder. */
export type Helpdesk<Settings = never> = {
	id: "zammad" | "odoo" | "generic";
	name: string;
	docs: string;
	/** What an installation must supply. Fields whose names are in `secrets` are sealed at rest and never logged. */
	settings: z.ZodType<Settings>;
	secrets: readonly string[];
	scheme: Scheme;
	/** What its pages are to the overlay, where that is not the adapter's own id: the id of a host. */
	pages?(settings: Settings): string;
	/** Key that is the same when the same delivery is sent again. */
	deliveryId(headers: Record<string, string>, body: Uint8Array): string;
	/** Reads a verified body. Throws `ServiceError("unreadable")` for what is not its own. */
	hint(body: unknown): Hint;
	/** Milliseconds to wait after a delivery before reading back (the helpdesk may not have committed yet). */
	settleMs: number;
	/**
	 * Asks the helpdesk for everything that happened to one ticket. `known`: the facts of the ledger so far; when there
	 * are none, our own notes are answered too.
	 */
	read(ticket: string, known: readonly Fact[], context: HelpdeskContext<Settings>): Promise<TicketReading>;
	/** Ids of tickets that changed at or after `since`, oldest first, with when; at most one page. */
	changedSince(since: Instant, context: HelpdeskContext<Settings>): Promise<ChangedTickets>;
	/** Facts that the helpdesk itself keeps no history of: a rebuild finds them only in our own notes. */
	forgets?(fact: Fact): boolean;
	/** Which of these tickets it still has and shows us: deletions are announced by few helpdesks. */
	present(tickets: readonly string[], context: HelpdeskContext<Settings>): Promise<string[]>;
	/** Every ticket of a part that was created at or after `since`, the newest first, page by page. */
	listed(
		asked: { part: ImportPart; cursor: string | null; since: Instant | null },
		context: HelpdeskContext<Settings>,
	): Promise<ListedTickets>;
	write(ticket: string, write: Write, context: HelpdeskContext<Settings>): Promise<WriteReceipt>;
	/** Looks at the installation: reachable, version, rights. Never throws: every finding is a line. */
	probe(context: HelpdeskContext<Settings>): Promise<InstallFinding[]>;
	/** Fills in what the settings leave open, e.g. which interface to use. Absent: nothing is ever open. */
	discover?(context: HelpdeskContext<Settings>): Promise<Settings>;
	/** What the helpdesk has, for mappings and their checks. Absent: it cannot be asked. */
	vocabulary?(context: HelpdeskContext<Settings>): Promise<Vocabulary>;
	/** Proposes a mapping from what the helpdesk has. */
	proposeMapping(context: HelpdeskContext<Settings>): Promise<Mapping>;
	/** Makes the helpdesk send us its changes; idempotent. Returns what it did, a line each. */
	install(hook: Hook, context: HelpdeskContext<Settings>): Promise<{ done: string[]; settings: Settings }>;
	/** Absent: a person sets up everything at the helpdesk, as `install` says. */
	installer?: Installer<Settings>;
};
