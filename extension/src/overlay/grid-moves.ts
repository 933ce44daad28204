/** A cell of the matrix by its row and column. */
export type Spot = { row: number; column: number };

/** Where a key leads in a grid; `null` when it is not a key of the grid's. Moves stop at the edges. */
export function moveInGrid({ row, column }: Spot, key: string, size: { rows: number; columns: number }): Spot | null {
	const lastRow = size.rows - 1;
	const lastColumn = size.columns - 1;
	switch (key) {
		case "ArrowUp":
			return { row: Math.max(0, row - 1), column };
		case "ArrowDown":
			return { row: Math.min(lastRow, row + 1), column };
		case "ArrowLeft":
			return { row, column: Math.max(0, column - 1) };
		case "ArrowRight":
			return { row, column: Math.min(lastColumn, column + 1) };
		case "Home":
			return { row, column: 0 };
		case "End":
			return { row, column: lastColumn };
		case "PageUp":
			return { row: 0, column };
		case "PageDown":
			return { row: lastRow, column };
		default:
			return null;
	}
}

/** The nearest spot for which `fits`, the one where it starts last; `null` when there is none. */
export function nearestSpot(
	from: Spot,
	size: { rows: number; columns: number },
	fits: (spot: Spot) => boolean,
): Spot | null {
	const distance = ({ row, column }: Spot) =>
		Math.abs(row - from.row) + Math.abs(column - from.column) || size.rows + size.columns;
	const spots = Array.from({ length: size.rows * size.columns }, (_, n) => ({
		row: Math.floor(n / size.columns),
		column: n % size.columns,
	}));
	return spots.filter(fits).sort((a, b) => distance(a) - distance(b))[0] ?? null;
}
