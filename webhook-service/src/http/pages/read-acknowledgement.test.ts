import { describe, expect, it } from "vitest";
import { acknowledgementEntry, readAcknowledgement } from "./read-acknowledgement.ts";

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 3, 13, 42);
const context = { now, zone: "Europe/Brussels", startOfHours: Date.UTC(2026, 10, 4, 7, 30) };
const read = (entry: Partial<ReturnType<typeof acknowledgementEntry>>, changed: Partial<typeof context> = {}) =>
	readAcknowledgement({ name: "Service desk", promise: "1h", own: "", ...entry }, { ...context, ...changed });

describe("readAcknowledgement", () => {
	it.each([
		["30m", now + hour / 2],
		["1h", now + hour],
		["2h", now + 2 * hour],
		["4h", now + 4 * hour],
		["morning", context.startOfHours],
	])("promises news at the choice %s", (promise, nextPromise) =>
		expect(read({ promise })).toEqual({ by: "Service desk", nextPromise }),
	);

	it("reads an own moment in the wall clock of the zone", () => {
		expect(read({ promise: "own", own: "2026-11-03T16:00" })).toEqual({
			...{ by: "Service desk", nextPromise: Date.UTC(2026, 10, 3, 15, 0) },
		});
	});

	it("takes a moment that was filled in only when it was chosen", () => {
		expect(read({ promise: "1h", own: "2020-01-01T00:00" })).toMatchObject({ nextPromise: now + hour });
	});

	it("keeps a name on one line, without what turns or hides it", () => {
		expect(read({ name: "  Desk\r\nlead \u202Egnp " })).toMatchObject({ by: "Desk lead gnp" });
	});

	it.each([
		[{ name: " \u200B " }, "name", "name"],
		[{ promise: "" }, "promise", "promise"],
		[{ promise: "constructor" }, "promise", "promise"],
		[{ promise: "own", own: "soon" }, "own", "own"],
		[{ promise: "own", own: "2026-11-03T14:42" }, "own", "past"],
		[{ promise: "own", own: "2026-11-17T14:43" }, "own", "far"],
	])("refuses %j", (entry, field, problem) => expect(read(entry)).toEqual({ problems: [{ field, problem }] }));

	it("names every problem at once", () => {
		expect(read({ name: "", promise: "own" })).toEqual({
			problems: [
				{ field: "name", problem: "name" },
				{ field: "own", problem: "own" },
			],
		});
	});

	it("offers no morning where hours never start, or start too far away", () => {
		expect(readAcknowledgement({ name: "a", promise: "morning", own: "" }, { ...context, startOfHours: null })).toEqual(
			{
				problems: [{ field: "promise", problem: "promise" }],
			},
		);
		expect(read({ promise: "morning" }, { startOfHours: now + 15 * 24 * hour })).toEqual({
			problems: [{ field: "promise", problem: "far" }],
		});
	});
});

describe("acknowledgementEntry", () => {
	it("takes texts of the form and nothing else", () => {
		expect(acknowledgementEntry({ name: ["a"], promise: { toString: "x" }, other: "y" })).toEqual({
			...{ name: "", promise: "", own: "" },
		});
		expect(acknowledgementEntry({ name: "x".repeat(9000) }).name.length).toBe(500);
	});
});
