/** Up to this length moving each element to its place takes less time than the engine's own sort. */
const SHORT = 16;

/**
 * Sorts a list in its place and returns it; what is equal keeps its order. Most lists here are in order already or
 * short, and for those this costs less than sorting.
 */
export function sorted<T>(list: T[], compare: (a: T, b: T) => number): T[] {
	for (let index = 1; index < list.length; index++) {
		if (compare(list[index - 1] as T, list[index] as T) <= 0) continue;
		if (list.length > SHORT) return list.sort(compare);
		const moved = list[index] as T;
		let place = index;
		for (; place > 0 && compare(list[place - 1] as T, moved) > 0; place--) list[place] = list[place - 1] as T;
		list[place] = moved;
	}
	return list;
}
