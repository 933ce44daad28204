import { expect, test } from "vitest";
import { isZone, wallClock, zoneYear } from "./zone.ts";

const HOUR_MS = 3_600_000;

test("a year is made of stretches of constant offset, without a hole", () => {
	expect(zoneYear("Europe/Brussels", 2026)).toEqual([
		{ from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 2, 29, 1), offset: HOUR_MS },
		{ from: Date.UTC(2026, 2, 29, 1), to: Date.UTC(2026, 9, 25, 1), offset: 2 * HOUR_MS },
		{ from: Date.UTC(2026, 9, 25, 1), to: Date.UTC(2027, 0, 1), offset: HOUR_MS },
	]);
});

test.each([
	["UTC", 2026, [0]],
	["Asia/Kolkata", 2026, [5.5]],
	["Australia/Lord_Howe", 2026, [11, 10.5, 11]],
	["Africa/Casablanca", 2026, [1, 0, 1]],
	["Antarctica/Troll", 2026, [0, 2, 0]],
	["Pacific/Apia", 2011, [-10, -11, -10, 14]],
	["America/Recife", 2000, [-2, -3, -2, -3]],
])("%s in %i stands at %j hours", (zone, year, hours) => {
	expect(zoneYear(zone, year).map(({ offset }) => offset / HOUR_MS)).toEqual(hours);
});

test("the wall clock changes at the very second of a change", () => {
	const jump = Date.UTC(2026, 2, 29, 1);
	expect(wallClock("Europe/Brussels", jump - 1)).toBe(jump - 1 + HOUR_MS);
	expect(wallClock("Europe/Brussels", jump)).toBe(jump + 2 * HOUR_MS);
});

test.each(["Europe/Brussel", "+01:00", "", "local", 1, null, undefined])("%j is no zone", (name) => {
	expect(isZone(name)).toBe(false);
});
