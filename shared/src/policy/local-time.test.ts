import { describe, expect, test } from "vitest";
import { UnreadableTime } from "./duration-text.ts";
import { formatLocalTime, localDate, readLocalTime, startOfDate } from "./local-time.ts";

const brussels = "Europe/Brussels";
const iso = (instant: number) => new Date(instant).toISOString();

function refusal(text: string, zone = brussels): UnreadableTime {
	try {
		readLocalTime(text, zone);
	} catch (error) {
		if (error instanceof UnreadableTime) return error;
		throw error;
	}
	throw new Error(`Expected ${text} to be refused`);
}

describe("a local time", () => {
	test.each([
		["Mon 2026-03-02 09:00", "2026-03-02T08:00:00.000Z"],
		["Thu 2026-07-02 23:59:59", "2026-07-02T21:59:59.000Z"],
		["Sun 2026-03-29 03:00", "2026-03-29T01:00:00.000Z"],
		["Sun 2026-10-25 02:30 +02:00", "2026-10-25T00:30:00.000Z"],
		["Sun 2026-10-25 02:30 +01:00", "2026-10-25T01:30:00.000Z"],
		["Fri 2027-01-01 00:30", "2026-12-31T23:30:00.000Z"],
	])("%s is one instant, and is written as it was read", (text, instant) => {
		expect(iso(readLocalTime(text, brussels))).toBe(instant);
		expect(formatLocalTime(Date.parse(instant), brussels)).toBe(text);
	});

	test("an offset may be given where it is needless", () => {
		expect(iso(readLocalTime("Mon 2026-03-02 09:00 +01:00", brussels))).toBe("2026-03-02T08:00:00.000Z");
	});

	test("a wrong weekday is refused with the right one", () => {
		const { expected, suggestion } = refusal("Tue 2026-03-02 09:00");
		expect([expected, suggestion]).toEqual(["Mon 2026-03-02", "Mon 2026-03-02 09:00"]);
	});

	test.each([
		["Sun 2026-03-29 02:30", /skip it/],
		["Sun 2026-10-25 02:30", /an offset .* \+02:00 or \+01:00/],
		["Sun 2026-10-25 02:30 +03:00", /\+02:00 or \+01:00/],
		["Mon 2026-03-02 09:00 +02:00", /\+01:00/],
		["Mon 2026-02-30 09:00", /existing date/],
		["2026-03-02 09:00", /weekday/],
		["Mon 2026-03-02 24:00", /weekday/],
	])("%s is refused", (text, expected) => {
		expect(refusal(text).expected).toMatch(expected);
	});

	test("a shift of half an hour skips half an hour", () => {
		expect(refusal("Sun 2026-10-04 02:15", "Australia/Lord_Howe").expected).toMatch(/skip it/);
	});
});

test("a date begins at its midnight, or when the clocks jump over it", () => {
	expect(iso(startOfDate("2027-01-01", brussels))).toBe("2026-12-31T23:00:00.000Z");
	expect(iso(startOfDate("2026-04-24", "Africa/Cairo"))).toBe("2026-04-23T22:00:00.000Z");
	expect(localDate(startOfDate("2026-04-24", "Africa/Cairo"), "Africa/Cairo")).toBe("2026-04-24");
});
