/** Keeps the largest of what it is given, the largest first; of equals the first one given. */
export function keepLargest<Thing>(most: number, sizeOf: (thing: Thing) => number) {
	const kept: Thing[] = [];
	return {
		kept,
		add(thing: Thing): void {
			const size = sizeOf(thing);
			const last = kept.at(-1);
			if (kept.length === most && last !== undefined && sizeOf(last) >= size) return;
			const place = kept.findIndex((other) => sizeOf(other) < size);
			kept.splice(place === -1 ? kept.length : place, 0, thing);
			if (kept.length > most) kept.pop();
		},
	};
}
