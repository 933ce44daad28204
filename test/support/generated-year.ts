import type { Channel, Fact, FactBody } from "@stipt/shared/sla/fact";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const yearMs = 365 * dayMs;

export type GeneratedTicket = { connection: string; ticket: string; facts: Fact[] };

const priorities = ["P1", "P2", "P3", "P3", "P3", "P3", "P4", "P4"] as const;
const channels: Channel[] = ["portal", "portal", "portal", "portal", "portal", "phone", "phone", "email"];
const customer = { kind: "customer", id: "7" } as const;
const agent = { kind: "agent", id: "4" } as const;

/**
 * A year of tickets of a service desk, the same for the same seed: most of them on weekdays in office hours, most of them
 * answered and solved in time. Some wait for the customer, are handed to another group, get another priority, come back
 * after they were solved, or are forgotten.
 */
export function* generatedYear(
	count: number,
	{ start = Date.parse("2025-10-01T00:00:00Z"), seed = 1, connection = "desk" } = {},
): Generator<GeneratedTicket> {
	const random = drawingFrom(seed);
	for (let number = 1; number <= count; number += 1) {
		const opened = officeTime(start + Math.floor(random() * (yearMs - 14 * dayMs)), random);
		yield { connection, ticket: String(number), facts: factsOf(opened, random) };
	}
}

function factsOf(opened: number, random: () => number): Fact[] {
	const facts: Fact[] = [];
	let at = opened;
	const happen = (body: FactBody) => {
		facts.push({ ...body, id: `f${facts.length + 1}`, at, seenAt: at + 800 });
	};
	const later = (typicalMs: number) => {
		at = officeTime(at + Math.ceil(-Math.log(1 - random()) * typicalMs) + minuteMs, random);
	};
	const channel = pick(channels, random);
	const group = random() < 0.4 ? "Portal" : "Workplace";
	const priority = pick(priorities, random);
	const haste = { P1: 0.15, P2: 0.4, P3: 1, P4: 2 }[priority];
	happen({ kind: "opened", channel, by: customer });
	happen({ kind: "group-changed", label: group, by: customer });
	happen({ kind: "priority-changed", label: priority, priorities: [priority], by: customer });
	happen({ kind: "state-changed", state: "new", label: "new", by: customer });
	later(40 * minuteMs * haste);
	happen({ kind: "owner-changed", owner: "4", by: agent });
	if (random() < 0.08) {
		later(20 * minuteMs);
		const raised = pick(priorities, random);
		happen({ kind: "priority-changed", label: raised, priorities: [raised], by: agent });
	}
	later(70 * minuteMs * haste);
	happen({ kind: "replied", by: agent, channel: "email", public: true, automatic: false });
	happen({ kind: "state-changed", state: "open", label: "open", by: agent });
	while (random() < 0.45) {
		if (random() < 0.6) {
			later(hourMs);
			happen({ kind: "replied", by: agent, channel: "email", public: true, automatic: false });
			happen({ kind: "state-changed", state: "waiting", label: "pending reminder", by: agent });
			later(10 * hourMs);
			happen({ kind: "replied", by: customer, channel: "email", public: true, automatic: false });
			happen({ kind: "state-changed", state: "open", label: "open", by: customer });
		} else {
			later(2 * hourMs);
			happen({ kind: "replied", by: customer, channel: "email", public: true, automatic: false });
		}
		later(2 * hourMs * haste);
		happen({ kind: "replied", by: agent, channel: "email", public: true, automatic: false });
	}
	if (random() < 0.1) {
		later(hourMs);
		happen({ kind: "group-changed", label: group === "Portal" ? "Workplace" : "Portal", by: agent });
	}
	if (random() < 0.01) return facts;
	later(5 * hourMs * haste);
	happen({ kind: "state-changed", state: "solved", label: "closed", by: agent });
	if (random() < 0.05) {
		later(8 * hourMs);
		happen({ kind: "replied", by: customer, channel: "email", public: true, automatic: false });
		happen({ kind: "state-changed", state: "open", label: "open", by: customer });
		later(2 * hourMs);
		happen({ kind: "replied", by: agent, channel: "email", public: true, automatic: false });
		happen({ kind: "state-changed", state: "solved", label: "closed", by: agent });
	}
	return facts;
}

/** The instant itself, or mostly a working hour after it when the office is closed then. */
function officeTime(at: number, random: () => number): number {
	if (random() < 0.05) return at;
	let moved = at;
	for (;;) {
		const day = new Date(moved);
		const hour = day.getUTCHours();
		const weekday = day.getUTCDay();
		if (weekday !== 0 && weekday !== 6 && hour >= 7 && hour < 16) return moved;
		const midnight = Math.floor(moved / dayMs) * dayMs;
		const opening = (hour >= 16 || weekday === 0 || weekday === 6 ? midnight + dayMs : midnight) + 7 * hourMs;
		moved = opening + Math.floor(random() * 90 * minuteMs);
	}
}

function pick<Choice>(list: readonly Choice[], random: () => number): Choice {
	const choice = list[Math.floor(random() * list.length)];
	if (choice === undefined) throw new RangeError("Expected something to choose from, found nothing");
	return choice;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function drawingFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
