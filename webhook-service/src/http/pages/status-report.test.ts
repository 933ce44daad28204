import type { ComponentStatus, PageEvent } from "@stipt/shared/status/page-event";
import { describe, expect, it } from "vitest";
import { componentStates, overallState, sortEvents } from "./status-report.ts";

const day = 24 * 3_600_000;
const now = Date.UTC(2026, 10, 3, 13, 42);

function event(changes: Partial<PageEvent>): PageEvent {
	return {
		...{
			connection: "page",
			id: "1",
			url: null,
			kind: "incident",
			title: "x",
			status: "investigating",
			impact: "minor",
		},
		...{ components: [], startedAt: now - day, scheduledFor: null, scheduledUntil: null, resolvedAt: null },
		...{ updatedAt: now, updates: [], origin: "page" },
		...changes,
	};
}
const resolved = (id: string, resolvedAt: number) => event({ id, status: "resolved", resolvedAt });

describe("sortEvents", () => {
	it("keeps what ended within fourteen days, the newest first, and every open event", () => {
		const { incidents, maintenance, past } = sortEvents({
			now,
			events: [
				resolved("edge", now - 14 * day),
				resolved("older", now - 14 * day - 1),
				resolved("newest", now - 1),
				event({ id: "long open", startedAt: now - 90 * day }),
				event({ id: "new", startedAt: now }),
				event({ id: "later", kind: "maintenance", status: "scheduled", scheduledFor: now + 2 * day }),
				event({ id: "sooner", kind: "maintenance", status: "scheduled", scheduledFor: now + day }),
				event({ id: "called off", kind: "maintenance", status: "cancelled", updatedAt: now - 2 * day }),
			],
		});
		const ids = (events: PageEvent[]) => events.map(({ id }) => id);
		expect(ids(incidents)).toEqual(["new", "long open"]);
		expect(ids(maintenance)).toEqual(["sooner", "later"]);
		expect(ids(past)).toEqual(["newest", "called off", "edge"]);
	});
});

describe("overallState", () => {
	const components = (...states: ComponentStatus[]) => states.map((status) => ({ name: status, status }));
	it.each([
		["operational", [], []],
		["operational", components("operational"), [resolved("1", now)]],
		["unknown", components("operational", "unknown"), []],
		["major_outage", components("degraded", "major_outage", "under_maintenance"), []],
		["degraded", components("operational"), [event({ impact: "none" })]],
		["major_outage", components("operational"), [event({ impact: "critical" })]],
		["under_maintenance", [], [event({ kind: "maintenance", status: "in_progress", impact: "maintenance" })]],
		["operational", [], [event({ kind: "maintenance", status: "scheduled", impact: "maintenance" })]],
	] as const)("is %s", (state, list, events) => {
		expect(overallState({ components: [...list], events: [...events] })).toBe(state);
	});
});

describe("componentStates", () => {
	it("gives each component the worst of the open events that touch it", () => {
		const events = [
			event({ impact: "minor", components: ["Portal", "Login"] }),
			event({ impact: "critical", components: ["Login"] }),
			{ ...resolved("old", now), components: ["API"] },
		];
		expect(componentStates(["Portal", "Login", "API"], events)).toEqual([
			{ name: "Portal", status: "degraded" },
			{ name: "Login", status: "major_outage" },
			{ name: "API", status: "operational" },
		]);
	});
});
