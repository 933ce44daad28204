import { describe, expect, it } from "vitest";
import { moveInGrid, nearestSpot } from "./grid-moves.ts";

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

describe("nearestSpot", () => {
	const size = { rows: 3, columns: 3 };
	const onDiagonal = ({ row, column }: { row: number; column: number }) => row === column;

	it("finds the nearest spot that fits, and the next one when it stands on one", () => {
		expect(nearestSpot({ row: 0, column: 1 }, size, onDiagonal)).toEqual({ row: 0, column: 0 });
		expect(nearestSpot({ row: 0, column: 0 }, size, onDiagonal)).toEqual({ row: 1, column: 1 });
		expect(nearestSpot({ row: 2, column: 2 }, size, ({ row, column }) => row === 2 && column === 2)).toEqual({
			row: 2,
			column: 2,
		});
	});

	it("finds nothing where nothing fits", () => {
		expect(nearestSpot({ row: 0, column: 0 }, size, () => false)).toBeNull();
	});
});
