/** Sorts a list in its place and returns it. Most lists here are in order already, and seeing that costs less. */
export function sorted<T>(list: T[], compare: (a: T, b: T) => number): T[] {
	for (let index = 1; index < list.length; index++) {
		if (compare(list[index - 1] as T, list[index] as T) > 0) return list.sort(compare);
	}
	return list;
}
