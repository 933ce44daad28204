import type { ClockView, TicketView } from "@stipt/shared/wire/api";
import { describe, expect, it } from "vitest";
import { isQuiet, matterOf, newsSince } from "./lookout.ts";

const asOf = Date.parse("2026-03-02T09:00:00Z");
const minute = 60_000;
const iso = (instant: number) => new Date(instant).toISOString();

function ticket(id: string, left: number, change: Partial<TicketView> = {}) {
	const clock = {
		goal: "resolution",
		state: "running",
		startedAt: iso(asOf - 60 * minute),
		deadline: iso(asOf + left * minute),
		remainingMs: left * minute,
		elapsedMs: 60 * minute,
		outsideHours: false,
		pausedBecause: null,
		breachedAt: null,
		metAt: null,
		stoppedAt: null,
		promise: "commitment",
		opensAt: null,
		closesAt: null,
	} as unknown as ClockView;
	const view = { connection: "desk", ticket: id, asOf: iso(asOf), clocks: [clock], escalation: null, ...change };
	return { value: view as unknown as TicketView, receivedAt: 1_000 };
}
const alerted = (acknowledgedBy: string | null) =>
	({ escalation: { alert: "a", acknowledgedBy } }) as unknown as Partial<TicketView>;

describe("matterOf", () => {
	it("is nothing while there is time", () => {
		expect(matterOf(ticket("1", 120), 1_000)).toBeNull();
	});

	it("is what the clock says by now, without another answer of the service", () => {
		expect(matterOf(ticket("1", 10), 1_000)).toBe("soon");
		expect(matterOf(ticket("1", 10), 1_000 + 11 * minute)).toBe("late");
	});

	it("is an escalation that nobody has taken, before anything else", () => {
		expect(matterOf(ticket("1", 120, alerted(null)), 1_000)).toBe("escalated");
		expect(matterOf(ticket("1", 120, alerted("Anna")), 1_000)).toBeNull();
	});
});

describe("newsSince", () => {
	it("tells nothing at the first look", () => {
		expect(newsSince(null, [ticket("1", -5)], 1_000)).toEqual({ looked: { "desk|1": "late" }, news: [] });
	});

	it("tells each step up once", () => {
		const soon = newsSince({}, [ticket("1", 10)], 1_000);
		expect(soon.news.map(({ matter }) => matter)).toEqual(["soon"]);
		expect(newsSince(soon.looked, [ticket("1", 9)], 1_000).news).toEqual([]);
		const late = newsSince(soon.looked, [ticket("1", -1)], 1_000);
		expect(late.news.map(({ matter }) => matter)).toEqual(["late"]);
		expect(newsSince(late.looked, [ticket("1", -1, alerted(null))], 1_000).news).toMatchObject([
			{ matter: "escalated" },
		]);
	});

	it("says nothing of what became less pressing, and forgets a ticket that is gone", () => {
		const before = { "desk|1": "late", "desk|2": "soon" } as const;
		expect(newsSince(before, [ticket("1", 10)], 1_000)).toEqual({ looked: { "desk|1": "soon" }, news: [] });
	});
});

describe("isQuiet", () => {
	const night = { on: true, quiet: { from: "22:00", to: "07:00" } };
	it.each([
		["21:59", false],
		["22:00", true],
		["00:30", true],
		["06:59", true],
		["07:00", false],
	])("over midnight at %s: %s", (time, quiet) => {
		expect(isQuiet(night, time)).toBe(quiet);
	});

	it("is never so without hours, or with hours that hold nothing", () => {
		expect(isQuiet({ on: true, quiet: null }, "23:00")).toBe(false);
		expect(isQuiet({ on: true, quiet: { from: "08:00", to: "08:00" } }, "08:00")).toBe(false);
	});
});
