import type { Calendar, CalendarDefinition, Duration, Instant } from "../calendar/calendar.ts";
import type { Channel, Goal, PauseOwner, PriorityId, TicketState } from "../sla/fact.ts";
import type { Language, Words } from "../wire/language.ts";

/** A duration in business time of a calendar, or a number of working days. */
export type Target = {
	/** Name of the calendar in `Policy.calendars`. */
	calendar: string;
	amount: { kind: "business"; duration: Duration } | { kind: "workingDays"; days: number };
	/** `aim` is measured only, `commitment` is promised. Both run clocks and ladders. */
	promise: "aim" | "commitment";
	/** Which tickets it is for: those whose clock starts then or later. Absent: all. */
	effectiveFrom?: Instant;
	/** What holds for those before; absent: nothing, best effort. */
	before?: Target;
};

/** Options of working-day targets: how day 0 is found, whether it counts, when the last day ends. */
export type WorkingDayRule = {
	from: "open" | "arrival";
	count: "after" | "same";
	end: "close" | "midnight" | "sameTime";
};

/** A tier of support within a service. */
export type Line = {
	id: string;
	name: Words;
	/** Groups or teams of the helpdesk that are this line. */
	groups: string[];
	/** Open time of the resolution's target that it must have left when it receives a ticket; its lack is a missed hand-over. */
	minimum: Duration | null;
	/** Without a designated person or department it cannot receive. */
	designated: boolean;
};

/** Who has a say in a priority. */
export type Deciding = {
	/** Whether a customer's own choice counts: for the first priority only, always, or never. */
	customer: "first" | "always" | "never";
	/** Priorities that only some roles may declare; others who ask for it get the priority `otherwise`. */
	restricted: { priorities: PriorityId[]; roles: string[]; otherwise: PriorityId }[];
	/** The role that decides when people do not agree. */
	withoutConsensus: string | null;
};

/** How available a service is promised to be, in exact decimals of per cent such as `99.3`. */
export type AvailabilityTarget = {
	/** Calendar whose open hours are the office hours; the support calendar may differ. */
	calendar: string;
	/** Figures in office hours and outside; one figure for both stands in `always`. */
	inHours: string | null;
	outside: string | null;
	always: string | null;
	/** Announced work leaves both figures, or counts. */
	planned: "exclude" | "count";
	/** Time that somebody else caused counts, or is left out. Reports show both. */
	thirdParty: "count" | "exclude";
	promise: "aim" | "commitment";
	/** In force from then on; the list of a service is in this order. */
	effectiveFrom: Instant | null;
};

/** What announced maintenance must keep to. */
export type NoticeRule = {
	/** Calendar days before the start at which it is announced at the latest, by the wall clock. */
	daysAhead: number;
	/** Whole days must lie between announcement and start. */
	clearDays: boolean;
	/** Local time of day before which it must end, strictly; `null`: any. */
	endBefore: string | null;
	/** A planned end that moves by this much is a substantial change. */
	substantial: Duration;
	/** Partners who must agree before it is scheduled. */
	agreement: boolean;
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
	/** Questions that lead a person to a cell, in order; empty: people choose the cell themselves. */
	questions: GuidedQuestion[];
};

/** A question whose answers each choose one impact, or one urgency. */
export type GuidedQuestion = { sets: "impact" | "urgency"; ask: Words; answers: { to: string; say: Words }[] };

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
	/** Tiers of support, the first one first; empty: there are none. */
	lines: Line[];
	/** Roles that may be asked for attention, by level, the first one first. */
	escalation: string[];
	/** Priorities for which the customer is to telephone too, and whom. */
	phone: { priorities: PriorityId[]; roles: string[] } | null;
	availability: AvailabilityTarget[];
	notice: NoticeRule | null;
};

export type PauseRule = {
	/** Which states of a ticket pause, by our word or by the helpdesk's own label. */
	states: (TicketState | { label: string })[];
	/** Which goals stand still. */
	goals: Goal[];
	reason: Words;
	owner: PauseOwner;
	/** The longest that it may last in the clock's open time, and what happens then. `null`: as long as it takes. */
	longest: LongestPause | null;
};

/** `resume`: the clock goes on. `stay`: it stands, and the roles hear of it. */
export type LongestPause = {
	within: Target["amount"];
	then: "resume" | "stay";
	/** Roles that hear of it. */
	notify: string[];
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
	/** Where the ticket goes in the helpdesk when it is taken. */
	moveTo?: MoveTo;
};

/** Where a step moves a ticket: to a line of its service or a group of the helpdesk, to an owner, or both. */
export type MoveTo = {
	/** Id of a line; never beside `group`. */
	line?: string;
	/** The helpdesk's own name of a group or team. */
	group?: string;
	/** Login of an agent of the helpdesk; `null`: nobody. Absent: whoever has it. */
	owner?: string | null;
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

export type OnChange = "recompute" | "restart" | "from-change";

/**
 * The versions that one ticket's clocks run on. The first holds since ever; a later one is in force from its instant.
 * `from-now`: the time before is judged by the version of that time, the time after by the new one. `recompute`: clocks
 * that still run are counted by the new one from their start. A clock that had stopped by then keeps its result.
 */
export type PolicyTimeline = readonly [
	{ policy: Policy },
	...{ policy: Policy; from: Instant; applies: "from-now" | "recompute" }[],
];

/** One parsed, checked policy: everything that decides deadlines, steps and incidents. Immutable. */
export type Policy = {
	name: string;
	title: string;
	/** Content hash of the document that was parsed: the version that clocks name. */
	version: string;
	mode: "measured" | "promised";
	/** Before then it cannot come into force; `null`: at once. */
	effectiveFrom: Instant | null;
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
	onPriorityChange: Record<Goal, OnChange>;
	/** As `onPriorityChange`, for a change of service. */
	onServiceChange: Record<Goal, OnChange>;
	/** As `onPriorityChange`, for a change of channel that changes what is promised. */
	onChannelChange: Record<Goal, OnChange>;
	/** What counts as picking up a ticket. */
	pickedUpBy: ("owner" | "reply" | "hand-over")[];
	/** From where a next update is owed: the customer's message (or a promise), or each message of an agent too. */
	nextUpdateFrom: "customer" | "every-message";
	/** What pauses by hand stop, and how long they may last. */
	manualPauses: { goals: Goal[]; longest: LongestPause | null };
	deciding: Deciding;
	workingDays: WorkingDayRule;
	onReopen: Record<Goal, "resume" | "restart" | "new-cycle">;
	ladders: Ladder[];
	roles: Role[];
	pages: PageRule[];
};
