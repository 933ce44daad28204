import { describe, expect, it } from "vitest";
import { moveInGrid } from "./grid-moves.ts";

const size = { rows: 3, columns: 4 };

describe("moveInGrid", () => {
	it.each([
		["ArrowUp", { row: 0, column: 1 }],
		["ArrowDown", { row: 2, column: 1 }],
		["ArrowLeft", { row: 1, column: 0 }],
		["ArrowRight", { row: 1, column: 2 }],
		["Home", { row: 1, column: 0 }],
		["End", { row: 1, column: 3 }],
		["PageUp", { row: 0, column: 1 }],
		["PageDown", { row: 2, column: 1 }],
	])("%s leads to %o", (key, spot) => {
		expect(moveInGrid({ row: 1, column: 1 }, key, size)).toEqual(spot);
	});

	it.each([
		["ArrowUp", { row: 0, column: 0 }],
		["ArrowLeft", { row: 0, column: 0 }],
		["ArrowDown", { row: 2, column: 3 }],
		["ArrowRight", { row: 2, column: 3 }],
	])("%s stays at the edge %o", (key, spot) => {
		expect(moveInGrid(spot, key, size)).toEqual(spot);
	});

	it("leaves other keys alone", () => {
		expect(moveInGrid({ row: 0, column: 0 }, "Tab", size)).toBeNull();
		expect(moveInGrid({ row: 0, column: 0 }, "a", size)).toBeNull();
	});
});
