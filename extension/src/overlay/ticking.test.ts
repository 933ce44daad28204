import type { ClockView, TicketView } from "@stipt/shared/wire/api";
import { describe, expect, it } from "vitest";
import { mostUrgent, readClock, readTicket, serviceTime } from "./ticking.ts";

const minute = 60_000;
const hour = 60 * minute;
const asOf = Date.parse("2026-11-23T10:00:00.000Z");
const iso = (instant: number) => new Date(instant).toISOString();

const running: ClockView = {
	goal: "first-response",
	state: "running",
	startedAt: iso(asOf - hour),
	deadline: iso(asOf + hour),
	remainingMs: hour,
	elapsedMs: hour,
	outsideHours: false,
	pausedBecause: null,
	breachedAt: null,
	metAt: null,
	stoppedAt: null,
	calendar: "office",
	promise: "commitment",
	targetMs: 2 * hour,
	targetWorkingDays: null,
	opensAt: null,
	closesAt: iso(asOf + 7 * hour),
};
const read = (change: Partial<ClockView>, at = asOf) => readClock({ ...running, ...change }, { asOf, at });

describe("readClock", () => {
	it("counts down while the hours are open", () => {
		const later = read({}, asOf + 20 * minute);
		expect(later).toMatchObject({ phase: "running", remaining: 40 * minute, elapsed: 80 * minute, late: false });
	});

	it("stands still by itself from the moment that the hours end", () => {
		const closes = { closesAt: iso(asOf + 15 * minute) };
		expect(read(closes, asOf + 14 * minute)).toMatchObject({ phase: "running", remaining: 46 * minute });
		expect(read(closes, asOf + 15 * minute)).toMatchObject({ phase: "closed", tone: "closed", remaining: 45 * minute });
		expect(read(closes, asOf + 9 * hour)).toMatchObject({ phase: "closed", remaining: 45 * minute });
	});

	it("stands still outside hours and runs on by itself from the opening", () => {
		const closed = { outsideHours: true, opensAt: iso(asOf + hour), closesAt: null };
		expect(read(closed, asOf + 59 * minute)).toMatchObject({ phase: "closed", remaining: hour });
		expect(read(closed, asOf + 70 * minute)).toMatchObject({ phase: "running", remaining: 50 * minute });
	});

	it("never runs while paused, whatever the hours", () => {
		const words = { nl: "wacht", fr: "attend", de: "wartet", en: "waits" };
		const paused = read({ state: "paused", pausedBecause: words }, asOf + hour);
		expect(paused).toMatchObject({ phase: "paused", tone: "paused", remaining: hour });
	});

	it("is soon from three quarters of its target on", () => {
		expect(read({}, asOf + 29 * minute).tone).toBe("calm");
		expect(read({}, asOf + 30 * minute).tone).toBe("soon");
	});

	it("is late only after its deadline", () => {
		expect(read({}, asOf + hour)).toMatchObject({ remaining: 0, late: false, tone: "soon" });
		expect(read({}, asOf + hour + 1)).toMatchObject({ remaining: -1, late: true, tone: "late" });
	});

	it("goes on being late while a missed goal is still owed", () => {
		const missed = { state: "missed", breachedAt: iso(asOf - minute), remainingMs: -minute } as const;
		expect(read(missed, asOf + minute)).toMatchObject({ phase: "running", remaining: -2 * minute, tone: "late" });
	});

	it("stands still while it is both missed and paused", () => {
		const words = { nl: "wacht", fr: "attend", de: "wartet", en: "waits" };
		const missed = { state: "missed", remainingMs: -minute, pausedBecause: words } as const;
		expect(read(missed, asOf + hour)).toMatchObject({ phase: "paused", tone: "late", remaining: -minute });
	});

	it("keeps a result that no longer changes", () => {
		const stopped = { stoppedAt: iso(asOf) };
		const met = read({ ...stopped, state: "met", metAt: iso(asOf), remainingMs: 5 * minute }, asOf + hour);
		expect(met).toMatchObject({ phase: "stopped", tone: "met", remaining: 5 * minute, late: false });
		const metLate = read({ ...stopped, state: "missed", metAt: iso(asOf), remainingMs: -5 * minute }, asOf + hour);
		expect(metLate).toMatchObject({ phase: "stopped", tone: "late", remaining: -5 * minute, late: true });
		const closedLate = read({ ...stopped, state: "missed", remainingMs: -5 * minute }, asOf + hour);
		expect(closedLate).toMatchObject({ phase: "stopped", remaining: -5 * minute });
	});

	it("shows elapsed time without a target", () => {
		const none = read({ promise: "best-effort", deadline: null, remainingMs: null, targetMs: null }, asOf + minute);
		expect(none).toMatchObject({
			phase: "untargeted",
			tone: "none",
			remaining: null,
			elapsed: hour + minute,
			late: false,
		});
	});

	it("stays where it is when the browser's clock goes back", () => {
		expect(read({}, asOf - hour)).toMatchObject({ remaining: hour, elapsed: hour });
	});
});

describe("serviceTime", () => {
	it("moves by the browser's clock and starts at the service's", () => {
		const wrongClock = Date.parse("2031-01-01T00:00:00Z");
		const loaded = { value: { asOf: iso(asOf) }, receivedAt: wrongClock };
		expect(serviceTime(loaded, wrongClock + 1500)).toBe(asOf + 1500);
		expect(serviceTime(loaded, wrongClock - hour)).toBe(asOf);
	});
});

describe("readTicket", () => {
	const view = (clocks: ClockView[]): TicketView => ({
		connection: "desk",
		ticket: "1",
		number: "1",
		title: "",
		url: "",
		state: "open",
		channel: "portal",
		priority: "P3",
		impact: null,
		urgency: null,
		service: "s",
		owner: null,
		policy: { name: "p", version: "v", mode: "promised" },
		revision: 1,
		asOf: iso(asOf),
		clocks,
		escalation: null,
		confidence: { level: "fresh", reason: null, since: iso(asOf) },
	});

	it("puts the nearest deadline first and what is done last", () => {
		const readings = readTicket(
			view([
				{ ...running, goal: "pickup", state: "met", metAt: iso(asOf) },
				{ ...running, goal: "resolution", deadline: iso(asOf + 5 * hour) },
				{ ...running, goal: "handover", promise: "best-effort", deadline: null, remainingMs: null },
				{ ...running, goal: "next-update", deadline: iso(asOf + 2 * hour), state: "paused" },
			]),
			asOf,
		);
		expect(readings.map(({ clock }) => clock.goal)).toEqual(["next-update", "resolution", "handover", "pickup"]);
		expect(mostUrgent(readings)?.clock.goal).toBe("next-update");
	});

	it("has nothing urgent when every clock has stopped", () => {
		expect(mostUrgent(readTicket(view([{ ...running, state: "met" }]), asOf))).toBeNull();
	});
});
