/**
 * Sixteen hexadecimal digits that stand for a plain value: equal content gives equal digits, in whatever order the keys
 * were written. For telling versions apart; it is no protection against somebody who looks for a collision.
 */
export function contentIdentity(value: unknown): string {
	const text = JSON.stringify(sorted(value));
	return lane(text, 0xdeadbeef, 0x9e3779b1) + lane(text, 0x41c6ce57, 0x5f356495);
}

/** A multiplicative hash over UTF-16 units, mixed once more at the end. */
function lane(text: string, seed: number, factor: number): string {
	let hash = seed;
	for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), factor);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, "0");
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== "object" || value === null) return value;
	const entries = Object.entries(value).filter(([, member]) => member !== undefined);
	return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]));
}
