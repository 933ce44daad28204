import type { ClockView, TicketView } from "@stipt/shared/wire/api";
import { describe, expect, it } from "vitest";
import type { Loaded } from "../overlay/ticking.ts";
import { type Filter, inBurnOrder, namedAmong } from "./burn-order.ts";

const asOf = Date.parse("2026-03-02T09:00:00Z");
const minute = 60_000;
const iso = (instant: number) => new Date(instant).toISOString();

function ticket(number: string, clock: Partial<ClockView> | null, change: Partial<TicketView> = {}) {
	const whole = {
		goal: "resolution",
		state: "running",
		startedAt: iso(asOf),
		deadline: iso(asOf + 500 * minute),
		remainingMs: 100 * minute,
		elapsedMs: 0,
		outsideHours: false,
		pausedBecause: null,
		breachedAt: null,
		metAt: null,
		stoppedAt: null,
		promise: "commitment",
		opensAt: null,
		closesAt: null,
		...clock,
	} as unknown as ClockView;
	const view = {
		...{ connection: "desk", ticket: number, number, priority: "P3", service: "a", asOf: iso(asOf), escalation: null },
		clocks: clock === null ? [] : [whole],
		...change,
	};
	return { value: view as unknown as TicketView, receivedAt: 0 } satisfies Loaded<TicketView>;
}
const words = { nl: "w", fr: "w", de: "w", en: "w" };
const line = (id: string, name: string) => ({ line: { id, name: { ...words, en: name } } });
const list = [
	ticket("1", { remainingMs: 90 * minute, deadline: iso(asOf + 90 * minute) }),
	ticket(
		"2",
		{ remainingMs: 20 * minute, deadline: iso(asOf + 900 * minute), elapsedMs: 100 * minute },
		{ service: "b" },
	),
	ticket("3", null, { priority: "P1", ...line("first", "Service desk") }),
	ticket("4", { remainingMs: -5 * minute, state: "missed", breachedAt: iso(asOf) }),
	ticket(
		"5",
		{ state: "paused", pausedBecause: words, remainingMs: minute },
		{ priority: "P2", ...line("second", "Experts") },
	),
	ticket(
		"6",
		{ remainingMs: 60 * minute },
		{ escalation: { alert: "x", acknowledgedBy: null } as never, ...line("first", "First line") },
	),
];
const shown = (filter: Filter, order: "burn" | "priority" = "burn", service: string | null = null, now = 0) =>
	inBurnOrder(list, { filter, order, service, now }).map(({ value }) => value.number);

describe("inBurnOrder", () => {
	it("puts the least open time first, not the nearest deadline; then what stands still, then what cannot be missed", () => {
		expect(shown("every")).toEqual(["4", "2", "6", "1", "5", "3"]);
	});

	it("orders by priority, and by burn within one", () => {
		expect(shown("every", "priority")).toEqual(["3", "5", "4", "2", "6", "1"]);
	});

	it("narrows to what is soon, late, ours to act on, or escalated", () => {
		expect(shown("soon")).toEqual(["2"]);
		expect(shown("late")).toEqual(["4"]);
		expect(shown("us")).toEqual(["4", "2", "6", "1"]);
		expect(shown("escalated")).toEqual(["6"]);
		expect(shown("every", "burn", "b")).toEqual(["2"]);
	});

	it("narrows to a line, whichever service it is of", () => {
		const ofLine = (line: string) =>
			inBurnOrder(list, { filter: "every", order: "burn", line, now: 0 }).map(({ value }) => value.number);
		expect(ofLine("first")).toEqual(["6", "3"]);
		expect(ofLine("second")).toEqual(["5"]);
	});

	it("follows the time that passes between two answers", () => {
		expect(shown("late", "burn", null, 30 * minute)).toEqual(["4", "2"]);
	});
});

describe("namedAmong", () => {
	it("names each once, with every name that it has, and leaves out those without one", () => {
		const lineOf = ({ line }: TicketView) => (line == null ? null : { id: line.id, name: line.name.en });
		expect(namedAmong(list, lineOf)).toEqual([
			{ id: "second", name: "Experts" },
			{ id: "first", name: "First line / Service desk" },
		]);
	});
});
