import { expect, test } from "vitest";
import type { PageEvent, PageUpdate } from "./page-event.ts";
import { type DownRule, outagesOf, workOn } from "./page-outages.ts";

const hour = 3_600_000;
const rule: DownRule = { impacts: ["major", "critical"], thirdParty: new Set(["theirs"]) };

const said = (status: PageUpdate["status"], at: number): PageUpdate => ({ at, status, body: "", author: "us" });

function event(change: Partial<PageEvent>): PageEvent {
	return {
		...{ connection: "built-in", id: "1", url: null, kind: "incident", title: "", status: "resolved" },
		...{ impact: "major", components: ["Portal"], startedAt: 10 * hour, scheduledFor: null, scheduledUntil: null },
		...{ resolvedAt: 12 * hour, updatedAt: 13 * hour, updates: [], origin: "page" },
		...change,
	};
}

const window: Partial<PageEvent> = {
	kind: "maintenance",
	impact: "maintenance",
	status: "completed",
	startedAt: 20 * hour,
	scheduledFor: 20 * hour,
	scheduledUntil: 22 * hour,
	resolvedAt: null,
	updates: [said("scheduled", 5 * hour), said("in_progress", 20.5 * hour), said("completed", 23 * hour)],
};

test("an incident is an outage of its components from its start until it is resolved", () => {
	const events = [
		event({}),
		event({ id: "theirs", status: "monitoring", resolvedAt: null }),
		event({ impact: "minor" }),
		event({ components: ["Mail"] }),
	];
	expect(outagesOf(events, "Portal", rule)).toEqual([
		{ start: 10 * hour, end: 12 * hour, cause: "own" },
		{ start: 10 * hour, end: null, cause: "third-party" },
	]);
	expect(outagesOf(events, "Portal", { ...rule, impacts: ["minor"] })).toHaveLength(1);
});

test("maintenance is an outage while it goes on, as was said and not as was planned", () => {
	expect(outagesOf([event(window)], "Portal", rule)).toEqual([{ start: 20.5 * hour, end: 23 * hour, cause: "own" }]);
	expect(outagesOf([event({ ...window, updates: [], updatedAt: 21 * hour })], "Portal", rule)).toEqual([
		{ start: 20 * hour, end: 21 * hour, cause: "own" },
	]);
	expect(outagesOf([event({ ...window, status: "in_progress" })], "Portal", rule)).toMatchObject([{ end: null }]);
	const none = (["scheduled", "cancelled"] as const).map((status) => event({ ...window, status }));
	expect(outagesOf(none, "Portal", rule)).toEqual([]);
});

test("work is what was planned and not called off, announced by the first word about it", () => {
	const events = [event(window), event({}), event({ ...window, status: "cancelled" })];
	expect(workOn(events, "Portal")).toEqual([{ announcedAt: 5 * hour, start: 20 * hour, end: 22 * hour }]);
	expect(workOn(events, "Mail")).toEqual([]);
	// A page that tells no history announced nothing that can be proved.
	expect(workOn([event({ ...window, updates: [] })], "Portal")).toMatchObject([{ announcedAt: 20 * hour }]);
	expect(workOn([event({ ...window, scheduledUntil: null })], "Portal")).toEqual([]);
});
