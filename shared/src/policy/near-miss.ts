/**
 * The one of `known` that was probably meant, or `undefined`: at most a third of its letters differ, where
 * swapping two neighbours counts once and case does not count; else one that begins the same.
 */
export function nearMiss(written: string, known: readonly string[]): string | undefined {
	let best: { word: string; distance: number } | undefined;
	for (const word of known) {
		const distance = editDistance(written.toLowerCase(), word.toLowerCase());
		const allowed = word.length < 3 ? 0 : Math.floor(word.length / 3);
		if (distance <= allowed && distance < word.length && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
			best = { word, distance };
		}
	}
	return best?.word ?? known.find((word) => beginsAlike(written.toLowerCase(), word.toLowerCase()));
}

function beginsAlike(a: string, b: string): boolean {
	return Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a));
}

/** Insertions, removals, replacements and swaps of neighbours between two words (optimal string alignment). */
function editDistance(from: string, to: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: to.length + 1 }, (_, column) => column);
	for (let row = 1; row <= from.length; row++) {
		const current = [row];
		for (let column = 1; column <= to.length; column++) {
			const same = from[row - 1] === to[column - 1];
			let cost = Math.min(
				(last[column] ?? 0) + 1,
				(current[column - 1] ?? 0) + 1,
				(last[column - 1] ?? 0) + (same ? 0 : 1),
			);
			const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
			if (row > 1 && column > 1 && swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
			current.push(cost);
		}
		beforeLast = last;
		last = current;
	}
	return last[to.length] ?? 0;
}
