import { expect, test } from "vitest";
import { nearMiss } from "./near-miss.ts";

test.each([
	["langauge", ["name", "language"], "language"],
	["p1", ["P1", "P2"], "P1"],
	["Europe/Brussel", ["Europe/Berlin", "Europe/Brussels"], "Europe/Brussels"],
	["monday", ["mon", "tue"], "mon"],
	["resolutoin", ["first-response", "resolution"], "resolution"],
	["recomputed", ["recompute", "restart"], "recompute"],
])("%s probably means %3$s", (written, known, meant) => {
	expect(nearMiss(written, known)).toBe(meant);
});

test.each([
	["P9", ["P1", "P2"]],
	["colour", ["name", "title"]],
	["", ["name"]],
	["x", []],
])("%j among %j is no near miss", (written, known) => {
	expect(nearMiss(written, known)).toBeUndefined();
});
