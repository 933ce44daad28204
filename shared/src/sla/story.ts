import type { Instant } from "../calendar/calendar.ts";
import type { Policy } from "../policy/policy.ts";
import { type Change, withoutFlaps } from "./changes.ts";
import { type Asking, decide, keepChosen, type Standing } from "./deciding.ts";
import { inOrder } from "./evaluation.ts";
import type { Channel, Fact, TicketState } from "./fact.ts";
import { type Stay, staysOf } from "./lines.ts";
import { type Causes, causesOf } from "./standstill.ts";
import { defaultPriority, serviceOf, type Terms, type TermThreads, termChanges } from "./terms.ts";
import { inForceAt, type Versions } from "./versions.ts";

/** A state by our word and by the helpdesk's own; the label is `null` before the first change. */
export type LabelledState = { state: TicketState; label: string | null };

/** A message that the customer can see and that a person wrote. */
export type Message = { at: Instant; from: "agent" | "customer" };

export type Alerted = Extract<Fact, { kind: "alerted" }>;
export type Acknowledged = Extract<Fact, { kind: "acknowledged" }>;
export type Paused = Extract<Fact, { kind: "paused" }>;
export type Agreed = Extract<Fact, { kind: "deadline-agreed" }>;
export type HandedOver = Extract<Fact, { kind: "handed-over" }>;

/** What a ledger says happened up to an instant, one thread per thing that clocks depend on. */
export type Story = TermThreads & {
	/** `null`: the ledger does not say; no clock can run. */
	openedAt: Instant | null;
	openedByAgent: boolean;
	channel: Channel;
	owner: string | null;
	impact: string | null;
	urgency: string | null;
	/** The helpdesk's label. */
	group: string | null;
	state: TicketState;
	/** Those of now. */
	terms: Terms;
	/** From the opening on, without flaps. */
	states: Change<LabelledState>[];
	/** From the opening on, without flaps of priority. */
	termChanges: Change<Terms>[];
	/** The lines that had the ticket, in order; none for services without. */
	stays: Stay[];
	messages: Message[];
	/** When somebody was made its owner, by a person: what a ladder gives is not taken up yet. */
	assignedAt: Instant[];
	/** When an agent gave it to another group. */
	movedAt: Instant[];
	handOvers: HandedOver[];
	/** Clocks that were stopped by hand, and when somebody set them going again. */
	paused: Paused[];
	resumedAt: Instant[];
	agreements: Agreed[];
	/** What makes clocks stand still, by each version of the policy. */
	causes: Map<Policy, Causes>;
	phonedAt: Instant | null;
	alerts: Alerted[];
	acknowledgements: Acknowledged[];
	/** When the next fact happens whose time has not come. */
	nextFactAt: Instant | null;
};

/** The ticket is done with: nothing is promised any more until it is reopened. */
export function isEnded(state: TicketState): boolean {
	return state === "solved" || state === "closed" || state === "merged" || state === "deleted";
}

/** Every change as the facts tell it: before the opening too, and with flaps. */
type Told = {
	states: Change<LabelledState>[];
	priorities: Change<string>[];
	groups: Change<string | null>[];
	channels: Change<Channel>[];
};

/** Reads the facts up to `now`, in whatever order and however often they are given. */
export function readStory(facts: readonly Fact[], versions: Versions, now: Instant): Story {
	const policy = inForceAt(versions, now);
	const initial = defaultPriority(policy);
	const story: Story = {
		openedAt: null,
		openedByAgent: false,
		channel: "other",
		owner: null,
		impact: null,
		urgency: null,
		group: null,
		state: "new",
		terms: { priority: initial, group: null, service: null, isBestEffort: false, policy },
		states: [],
		priorities: [],
		groups: [],
		channels: [],
		termChanges: [],
		stays: [],
		messages: [],
		assignedAt: [],
		movedAt: [],
		handOvers: [],
		paused: [],
		resumedAt: [],
		agreements: [],
		causes: new Map(),
		phonedAt: null,
		alerts: [],
		acknowledgements: [],
		nextFactAt: null,
	};
	const told: Told = { states: [], priorities: [], groups: [], channels: [] };
	const standing: Standing = {
		priority: initial,
		impact: null,
		urgency: null,
		group: null,
		isDecided: false,
		chosen: [],
	};
	const reading = { story, told, standing, versions };
	const known = new Set<string>();
	for (const fact of inOrder(facts)) {
		if (fact.at > now) {
			story.nextFactAt = fact.at;
			break;
		}
		if (known.has(fact.id)) continue;
		known.add(fact.id);
		record(fact, reading);
	}
	story.impact = standing.impact;
	story.urgency = standing.urgency;
	story.group = standing.group;
	story.terms = {
		priority: standing.priority,
		group: standing.group,
		service: serviceOf(policy, standing.group),
		isBestEffort: policy.channels[story.channel] === "best-effort",
		policy,
	};
	if (story.openedAt !== null) settle(story, told, versions);
	return story;
}

/** Makes threads that begin at the opening of what was told, without flaps. */
function settle(story: Story, told: Told, versions: Versions): void {
	const openedAt = story.openedAt ?? 0;
	const grace = (at: Instant) => inForceAt(versions, at).grace;
	const [opening] = told.channels;
	story.states = withoutFlaps(fromOpening(told.states, openedAt, { state: "new", label: null }), {
		grace,
		same: isSameState,
	});
	story.priorities = withoutFlaps(
		fromOpening(told.priorities, openedAt, defaultPriority(inForceAt(versions, openedAt))),
		{ grace, same: (a, b) => a === b },
	);
	story.groups = fromOpening(told.groups, openedAt, null);
	story.channels = fromOpening(told.channels, openedAt, opening?.value ?? "other");
	story.termChanges = termChanges(story, versions);
	story.stays = staysOf(story);
	for (const { policy } of versions) story.causes.set(policy, causesOf(story, policy));
}

function isSameState(a: LabelledState, b: LabelledState): boolean {
	return a.state === b.state && (a.label === b.label || a.label === null || b.label === null);
}

function record(
	fact: Fact,
	{ story, told, standing, versions }: { story: Story; told: Told; standing: Standing; versions: Versions },
): void {
	const { at } = fact;
	switch (fact.kind) {
		case "opened":
			if (story.openedAt !== null) break;
			story.openedAt = at;
			story.openedByAgent = fact.by.kind === "agent";
			if (told.priorities.length === 0) standing.priority = defaultPriority(inForceAt(versions, at));
			if (told.channels.length > 0) break;
			story.channel = fact.channel;
			told.channels.push({ at, value: fact.channel });
			break;
		case "channel-changed":
			story.channel = fact.channel;
			told.channels.push({ at, value: fact.channel });
			break;
		case "classified":
		case "assessed":
		case "priority-changed":
			prioritise(fact, { told, standing, versions });
			break;
		case "group-changed":
			standing.group = fact.label;
			told.groups.push({ at, value: fact.label });
			if (fact.by.kind === "agent") story.movedAt.push(at);
			break;
		case "owner-changed":
			story.owner = fact.owner;
			if (fact.owner !== null && fact.by.kind !== "us") story.assignedAt.push(at);
			break;
		case "state-changed":
		case "merged":
		case "deleted": {
			const isNamed = fact.kind === "state-changed";
			const value: LabelledState = isNamed
				? { state: fact.state, label: fact.label }
				: { state: fact.kind, label: null };
			story.state = value.state;
			told.states.push({ at, value });
			break;
		}
		case "replied":
			if (!fact.public || fact.automatic) break;
			if (fact.by.kind === "agent" || fact.by.kind === "customer") story.messages.push({ at, from: fact.by.kind });
			break;
		case "paused":
			story.paused.push(fact);
			break;
		case "resumed":
			story.resumedAt.push(at);
			break;
		case "deadline-agreed":
			story.agreements.push(fact);
			break;
		case "handed-over":
			story.handOvers.push(fact);
			break;
		case "phoned":
			story.phonedAt = at;
			break;
		case "alerted":
			story.alerts.push(fact);
			break;
		case "acknowledged":
			story.acknowledgements.push(fact);
			break;
	}
}

function prioritise(
	fact: Asking,
	{ told, standing, versions }: { told: Told; standing: Standing; versions: Versions },
): void {
	const decision = decide(fact, standing, inForceAt(versions, fact.at));
	if (decision === null) return;
	standing.chosen = keepChosen(fact, standing, decision);
	standing.isDecided ||= fact.kind !== "assessed" || decision.priority !== standing.priority;
	standing.priority = decision.priority;
	standing.impact = decision.impact;
	standing.urgency = decision.urgency;
	told.priorities.push({ at: fact.at, value: decision.priority });
}

/** What was so at the opening, however it came about, and the changes after it. */
function fromOpening<T>(changes: readonly Change<T>[], openedAt: Instant, initial: T): Change<T>[] {
	let first: Change<T> = { at: openedAt, value: initial };
	const after: Change<T>[] = [];
	for (const change of changes) {
		if (change.at <= openedAt) first = { at: openedAt, value: change.value };
		else after.push(change);
	}
	return [first, ...after];
}
