import type { Calendar, CalendarDefinition, Duration } from "../calendar/calendar.ts";
import type { Channel, Goal, PriorityId, TicketState } from "../sla/fact.ts";
import type { Language, Words } from "../wire/language.ts";

/** A duration in business time of a calendar, or a number of working days. */
export type Target = {
	/** Name of the calendar in `Policy.calendars`. */
	calendar: string;
	amount: { kind: "business"; duration: Duration } | { kind: "workingDays"; days: number };
	/** `aim` is measured only, `commitment` is promised. Both run clocks and ladders. */
	promise: "aim" | "commitment";
};

export type Choice = { id: string; name: Words; hint?: Words };

export type Matrix = {
	/** From high to low. */
	impacts: Choice[];
	urgencies: Choice[];
	/** `cells[impact][urgency]`; every pair is present. */
	cells: Record<string, Record<string, PriorityId>>;
	/** At most one per group label (the helpdesk's group or team), e.g. a test environment. */
	caps: { groups: string[]; atMost: PriorityId; unlessJustified: boolean }[];
};

export type Service = {
	id: string;
	name: Words;
	/** Groups or teams of the helpdesk whose tickets belong here; a service without any is the default. */
	groups: string[];
	/** Components of the status page that this service stands on. */
	components: string[];
	/** Support hours: name of a calendar. */
	calendar: string;
	/** Per priority and goal. What is absent is best effort: measured, never missed. */
	targets: Record<PriorityId, Partial<Record<Goal, Target>>>;
	/** Name of a ladder, or none. */
	ladder: string | null;
};

export type PauseRule = {
	/** Which states of a ticket pause, by our word or by the helpdesk's own label. */
	states: (TicketState | { label: string })[];
	/** Which goals stand still. */
	goals: Goal[];
	reason: Words;
	owner: "customer" | "supplier" | "planned";
};

export type LadderStep = {
	id: string;
	/** When it is owed, in the clock's own business time. */
	at: { kind: "percent"; percent: number } | { kind: "deadline"; offset: Duration };
	/** Roles that hear of it. */
	notify: string[];
	/** Whether the ticket gets an internal note too. */
	note: boolean;
	/** Repeated this often, in business time, while nobody acknowledges. */
	repeat?: { every: Duration; times: number };
};

export type Ladder = { id: string; goals: Goal[]; steps: LadderStep[] };

/** Who a role is: people are configuration. Addresses may be given per role, by name of a channel connection. */
export type Role = {
	id: string;
	name: Words;
	language: Language;
	email: string[];
	/** Connections of kind `webhook` that hear what this role hears. */
	webhooks: string[];
};

/** When a ticket opens an incident on a status page. */
export type PageRule = {
	/** The status page's connection, or `built-in`. */
	page: string;
	services: string[];
	priorities: PriorityId[];
	/** Public text; never ticket content. `{component}` and `{service}` are filled in. */
	title: Words;
	texts: Record<"investigating" | "identified" | "monitoring" | "resolved", Words>;
	impact: "minor" | "major" | "critical";
};

/** One parsed, checked policy: everything that decides deadlines, steps and incidents. Immutable. */
export type Policy = {
	name: string;
	title: string;
	/** Content hash of the document that was parsed: the version that clocks name. */
	version: string;
	mode: "measured" | "promised";
	language: Language;
	calendarDefinitions: Record<string, CalendarDefinition>;
	calendars: Record<string, Calendar>;
	/** From high to low. */
	priorities: Choice[];
	matrix: Matrix;
	services: Service[];
	/** Which channels carry a promise. */
	channels: Record<Channel, "promised" | "best-effort">;
	/** What a customer's message asks: an update within the `next-update` target. */
	pauses: PauseRule[];
	/** Two changes of state or priority that cancel each other within this time leave no trace. */
	grace: Duration;
	onPriorityChange: Record<Goal, "recompute" | "restart" | "from-change">;
	onReopen: Record<Goal, "resume" | "restart" | "new-cycle">;
	ladders: Ladder[];
	roles: Role[];
	pages: PageRule[];
};
