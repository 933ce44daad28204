import { expect, test } from "vitest";
import { type Change, valueAt, withoutFlaps } from "./changes.ts";

/** `A0 B5`: A since 0, B since 5. */
function read(text: string): Change<string>[] {
	return text.split(" ").map((word) => ({ at: Number(word.slice(1)), value: word.slice(0, 1) }));
}

function settled(text: string, grace: number): string {
	const kept = withoutFlaps(read(text), { grace: () => grace, same: (a, b) => a === b });
	return kept.map(({ at, value }) => `${value}${at}`).join(" ");
}

test.each([
	["A0 B20 A30", 10, "A0", "taken back on the last moment"],
	["A0 B20 A31", 10, "A0 B20 A31", "taken back too late"],
	["A0 B20 C24 A30", 10, "A0", "taken back by way of another"],
	["A0 B20 C24 B30", 10, "A0 B20", "only the second is taken back"],
	["A0 B20 A30 B40 A50", 10, "A0", "again and again"],
	["A0 B20 A30 B45", 10, "A0 B45", "and made after all"],
	["A0 A20 B30", 10, "A0 B30", "the same once more is no change"],
	["A0 B20 C20", 0, "A0 C20", "of one instant the last counts"],
	["A0 B20 A20", 0, "A0", "there and back in one instant"],
	["A0 B1 A2", 0, "A0 B1 A2", "without grace everything counts"],
])("%s with a grace of %i leaves %s: %s", (changes, grace, expected) => {
	expect(settled(changes, grace)).toBe(expected);
});

test("a value holds from its change until the next", () => {
	const changes = read("A5 B9");
	expect([4, 5, 8, 9, 99].map((at) => valueAt(changes, at))).toEqual([undefined, "A", "A", "B", "B"]);
});
