const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A stretch of wall-clock time in its two largest units: `2 d 3 h`, `45 min`. */
export function span(ms: number): string {
	const parts = [
		[Math.floor(ms / dayMs), "d"],
		[Math.floor((ms % dayMs) / hourMs), "h"],
		[Math.floor((ms % hourMs) / minuteMs), "min"],
		[Math.floor((ms % minuteMs) / 1000), "s"],
	] as const;
	const first = parts.findIndex(([amount]) => amount > 0);
	if (first === -1) return `${ms} ms`;
	return parts
		.slice(first, first + 2)
		.filter(([amount]) => amount > 0)
		.map(([amount, unit]) => `${amount} ${unit}`)
		.join(" ");
}

export function count(many: number, thing: string): string {
	return `${many} ${thing}${many === 1 ? "" : "s"}`;
}

/** Rows under one another: texts to the left, numbers to the right. */
export function columns(rows: readonly (readonly string[])[]): string[] {
	const widths: number[] = [];
	for (const row of rows) {
		for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
	}
	return rows.map((row) =>
		row
			.map((cell, index) => {
				const width = widths[index] ?? 0;
				return /^[\d.,+-]+ ?%?$/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
			})
			.join("  ")
			.trimEnd(),
	);
}
