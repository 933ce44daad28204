import type { Instant } from "../calendar/calendar.ts";
import type { Policy, Service } from "../policy/policy.ts";
import { hasCell, priorityFor } from "../priority/matrix.ts";
import { type Change, valueAt, withoutFlaps } from "./changes.ts";
import { inOrder } from "./evaluation.ts";
import type { Channel, Fact, PriorityId, TicketState } from "./fact.ts";

/** A state by our word and by the helpdesk's own; the label is `null` before the first change. */
export type LabelledState = { state: TicketState; label: string | null };

/** What a target is looked up by. `service` is `null` only for a policy without services. */
export type Terms = { priority: PriorityId; service: Service | null };

/** A message that the customer can see and that a person wrote. */
export type Message = { at: Instant; from: "agent" | "customer" };

export type Alerted = Extract<Fact, { kind: "alerted" }>;
export type Acknowledged = Extract<Fact, { kind: "acknowledged" }>;

/** What a ledger says happened up to an instant, one thread per thing that clocks depend on. */
export type Story = {
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
	terms: Terms;
	/** From the opening on, without flaps. */
	states: Change<LabelledState>[];
	/** From the opening on, without flaps of priority. */
	termChanges: Change<Terms>[];
	messages: Message[];
	alerts: Alerted[];
	acknowledgements: Acknowledged[];
	/** When the next fact happens whose time has not come. */
	nextFactAt: Instant | null;
};

/** The ticket is done with: nothing is promised any more until it is reopened. */
export function isEnded(state: TicketState): boolean {
	return state === "solved" || state === "closed" || state === "merged" || state === "deleted";
}

/** The priority of a ticket about which nothing is known: the middle one, of an even number the lower of the two. */
export function defaultPriority({ priorities }: Pick<Policy, "priorities">): PriorityId {
	return priorities[Math.floor(priorities.length / 2)]?.id ?? "";
}

/** The service of a group: the one that names it, else the one that names none, else the first. */
export function serviceOf({ services }: Pick<Policy, "services">, group: string | null): Service | null {
	const named = group === null ? undefined : services.find(({ groups }) => groups.includes(group));
	return named ?? services.find(({ groups }) => groups.length === 0) ?? services[0] ?? null;
}

/** Every change as the facts tell it: before the opening too, and with flaps. */
type Threads = {
	states: Change<LabelledState>[];
	priorities: Change<PriorityId>[];
	services: Change<Service | null>[];
};

/** Reads the facts up to `now`, in whatever order and however often they are given. */
export function readStory(facts: readonly Fact[], policy: Policy, now: Instant): Story {
	const service = serviceOf(policy, null);
	const priority = defaultPriority(policy);
	const story: Story = {
		openedAt: null,
		openedByAgent: false,
		channel: "other",
		owner: null,
		impact: null,
		urgency: null,
		group: null,
		state: "new",
		terms: { priority, service },
		states: [],
		termChanges: [],
		messages: [],
		alerts: [],
		acknowledgements: [],
		nextFactAt: null,
	};
	const threads: Threads = { states: [], priorities: [], services: [] };
	const known = new Set<string>();
	for (const fact of inOrder(facts)) {
		if (fact.at > now) {
			story.nextFactAt = fact.at;
			break;
		}
		if (known.has(fact.id)) continue;
		known.add(fact.id);
		record(fact, { story, threads, policy });
	}

	if (story.openedAt === null) return story;
	const { openedAt } = story;
	const { grace } = policy;
	story.states = withoutFlaps(fromOpening(threads.states, openedAt, { state: "new", label: null }), {
		grace,
		same: (a, b) => a.state === b.state && (a.label === b.label || a.label === null || b.label === null),
	});
	const priorities = withoutFlaps(fromOpening(threads.priorities, openedAt, priority), {
		grace,
		same: (a, b) => a === b,
	});
	story.termChanges = together(priorities, fromOpening(threads.services, openedAt, service));
	return story;
}

function record(fact: Fact, { story, threads, policy }: { story: Story; threads: Threads; policy: Policy }): void {
	const { at } = fact;
	function prioritise(priority: PriorityId, impact: string | null, urgency: string | null): void {
		story.impact = impact;
		story.urgency = urgency;
		story.terms = { ...story.terms, priority };
		threads.priorities.push({ at, value: priority });
	}
	switch (fact.kind) {
		case "opened":
			if (story.openedAt !== null) break;
			story.openedAt = at;
			story.openedByAgent = fact.by.kind === "agent";
			story.channel = fact.channel;
			break;
		case "classified":
			prioritise(fact.priority, fact.impact, fact.urgency);
			break;
		case "assessed": {
			const { impact, urgency } = fact;
			// What we wrote comes back as the helpdesk's own word: it must not undo a justified choice.
			if (impact === story.impact && urgency === story.urgency) break;
			const isCell = impact !== null && urgency !== null && hasCell(policy, impact, urgency);
			const choice = isCell ? { impact, urgency, group: story.group, justification: null } : null;
			prioritise(choice ? priorityFor(policy, choice).priority : story.terms.priority, impact, urgency);
			break;
		}
		case "priority-changed": {
			const [usual] = fact.priorities;
			if (usual !== undefined && !fact.priorities.includes(story.terms.priority)) prioritise(usual, null, null);
			break;
		}
		case "group-changed": {
			const service = serviceOf(policy, fact.label);
			story.group = fact.label;
			story.terms = { ...story.terms, service };
			threads.services.push({ at, value: service });
			break;
		}
		case "owner-changed":
			story.owner = fact.owner;
			break;
		case "state-changed":
		case "merged":
		case "deleted": {
			const isNamed = fact.kind === "state-changed";
			const value: LabelledState = isNamed
				? { state: fact.state, label: fact.label }
				: { state: fact.kind, label: null };
			story.state = value.state;
			threads.states.push({ at, value });
			break;
		}
		case "replied":
			if (!fact.public || fact.automatic) break;
			if (fact.by.kind === "agent" || fact.by.kind === "customer") story.messages.push({ at, from: fact.by.kind });
			break;
		case "alerted":
			story.alerts.push(fact);
			break;
		case "acknowledged":
			story.acknowledgements.push(fact);
			break;
	}
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

/** Two threads that begin together as one. */
function together(
	priorities: readonly Change<PriorityId>[],
	services: readonly Change<Service | null>[],
): Change<Terms>[] {
	const instants = [...new Set([...priorities, ...services].map(({ at }) => at))].sort((a, b) => a - b);
	return instants.map((at) => ({
		at,
		value: { priority: valueAt(priorities, at) ?? "", service: valueAt(services, at) ?? null },
	}));
}
