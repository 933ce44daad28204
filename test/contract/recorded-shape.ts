/**
 * What an answer looks like without what it says: a word for a value (`int|null`), `[…]` for a list, a map for a map.
 * A key that ends in `?` may be missing or null; the key `*` stands for every id.
 */
export type Shape = string | Shape[] | { [key: string]: Shape };

const instantForm = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}/;

export function shapeOf(value: unknown): Shape {
	if (Array.isArray(value)) return value.length === 0 ? [] : [value.map(shapeOf).reduce(merged)];
	if (typeof value === "object" && value !== null) {
		const entries = Object.entries(value);
		if (entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))) {
			return { "*": entries.map(([, each]) => shapeOf(each)).reduce(merged) };
		}
		return Object.fromEntries(entries.map(([key, each]) => [key, shapeOf(each)]));
	}
	return wordOf(value);
}

function wordOf(value: unknown): string {
	if (value === null || value === undefined) return "null";
	if (typeof value === "number") return Number.isInteger(value) ? "int" : "decimal";
	if (typeof value === "string") return instantForm.test(value) ? "instant" : "text";
	return typeof value;
}

/** What both look like: values of either kind, and keys that only one has may be missing. */
export function merged(a: Shape, b: Shape): Shape {
	if (typeof a === "string" && typeof b === "string") {
		return [...new Set([...a.split("|"), ...b.split("|")])].sort().join("|");
	}
	if (Array.isArray(a) && Array.isArray(b)) {
		const [one] = a;
		const [other] = b;
		return one === undefined ? b : other === undefined ? a : [merged(one, other)];
	}
	if (isMap(a) && isMap(b)) {
		const plain = (key: string) => key.replace(/\?$/, "");
		const of = (map: Record<string, Shape>, key: string) => map[key] ?? map[`${key}?`];
		const keys = [...new Set([...Object.keys(a), ...Object.keys(b)].map(plain))].sort();
		return Object.fromEntries(
			keys.map((key): [string, Shape] => {
				const [one, other] = [of(a, key), of(b, key)];
				const mayMiss = !(key in a && key in b) && key !== "*";
				const both = one === undefined ? other : other === undefined ? one : merged(one, other);
				return [mayMiss ? `${key}?` : key, both ?? "null"];
			}),
		);
	}
	// A map in one answer and nothing in the other: the map, where there is any.
	if (a === "null" || b === "null") return a === "null" ? b : a;
	return Array.isArray(a) ? b : a;
}

/** How a value differs from a shape, a line each; none when it fits. */
export function differences(shape: Shape, value: unknown, at = ""): string[] {
	const place = at === "" ? "answer" : at;
	if (typeof shape === "string") {
		const found = typeof value === "object" && value !== null ? (Array.isArray(value) ? "list" : "map") : wordOf(value);
		// Whether there is a value depends on what happened before; of what kind it is does not.
		if (found === "null" || shape === "null") return [];
		return shape.split("|").includes(found) ? [] : [`${place}: expected ${shape}, found ${found}`];
	}
	if (value === null && at !== "") return [];
	if (Array.isArray(shape)) {
		if (!Array.isArray(value)) return [`${place}: expected a list, found ${wordOf(value)}`];
		const [each] = shape;
		return each === undefined ? [] : value.flatMap((one, index) => differences(each, one, `${at}[${index}]`));
	}
	if (!isMap(value)) return [`${place}: expected a map, found ${Array.isArray(value) ? "a list" : wordOf(value)}`];
	const every = shape["*"];
	if (every !== undefined)
		return Object.entries(value).flatMap(([key, one]) => differences(every, one, `${at}.${key}`));
	const missing = Object.keys(shape).filter((key) => !key.endsWith("?") && !(key in value));
	const found = Object.entries(value).flatMap(([key, one]): string[] => {
		const known = shape[key] ?? shape[`${key}?`];
		if (known === undefined) return [`${at}.${key}: not in the recorded answer`];
		return one === null && !(key in shape) ? [] : differences(known, one, `${at}.${key}`);
	});
	return [...missing.map((key) => `${at}.${key}: missing`), ...found];
}

function isMap(value: unknown): value is Record<string, Shape> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
