import type { Instant } from "@stipt/shared/calendar/calendar";
import type { TicketView } from "@stipt/shared/wire/api";
import { type Loaded, mostUrgent, type Reading, readTicket, serviceTime } from "../overlay/ticking.ts";

export type Named = { id: string; name: string };

/** What a list is narrowed to. `us`: a clock runs, and nobody else has the ball. */
export type Filter = "every" | "soon" | "late" | "us" | "escalated";
export const filters = ["every", "soon", "late", "us", "escalated"] as const satisfies readonly Filter[];

export type Order = "burn" | "priority";
export const orders = ["burn", "priority"] as const satisfies readonly Order[];

type Line = { loaded: Loaded<TicketView>; urgent: Reading | null };

/** The tickets that pass a filter, in order: `burn` is the least open time left first, whatever the clock on the wall says. */
export function inBurnOrder(
	list: readonly Loaded<TicketView>[],
	{
		filter,
		order,
		service = null,
		line = null,
		now,
	}: { filter: Filter; order: Order; service?: string | null; line?: string | null; now: Instant },
): Loaded<TicketView>[] {
	return list
		.map((loaded): Line => ({ loaded, urgent: mostUrgent(readTicket(loaded.value, serviceTime(loaded, now))) }))
		.filter(({ loaded: { value } }) => service === null || value.service === service)
		.filter(({ loaded: { value } }) => line === null || value.line?.id === line)
		.filter((line) => passes(filter, line))
		.sort(order === "burn" ? byBurn : byPriority)
		.map(({ loaded }) => loaded);
}

/** The services or lines among tickets, each id with its names: two services may call the same line differently. */
export function namedAmong(list: readonly Loaded<TicketView>[], name: (view: TicketView) => Named | null): Named[] {
	const names = new Map<string, Set<string>>();
	for (const { value } of list) {
		const one = name(value);
		if (one !== null && one.id !== "") names.set(one.id, (names.get(one.id) ?? new Set()).add(one.name));
	}
	return [...names]
		.map(([id, given]) => ({ id, name: [...given].sort().join(" / ") }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

function passes(filter: Filter, { loaded: { value }, urgent }: Line): boolean {
	switch (filter) {
		case "every":
			return true;
		case "soon":
		case "late":
			return urgent?.tone === filter;
		case "us":
			return urgent !== null && urgent.phase !== "paused";
		case "escalated":
			return value.escalation?.alert != null && value.escalation.acknowledgedBy === null;
	}
}

function byBurn(a: Line, b: Line): number {
	return weight(a) - weight(b) || left(a) - left(b) || compare(a.loaded.value.number, b.loaded.value.number);
}

function byPriority(a: Line, b: Line): number {
	return compare(a.loaded.value.priority, b.loaded.value.priority) || byBurn(a, b);
}

/** What runs, then what stands still, then what has nothing to lose. */
function weight({ urgent }: Line): number {
	if (urgent === null || urgent.remaining === null) return 2;
	return urgent.phase === "paused" ? 1 : 0;
}

function left({ urgent }: Line): number {
	return urgent?.remaining ?? 0;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
