/** What a change is about, the most important first. */
export const changeKinds = [
	"mode",
	"service",
	"target",
	"calendar",
	"channel",
	"pause",
	"deciding",
	"matrix",
	"rule",
	"ladder",
	"role",
	"line",
	"availability",
	"notice",
	"page",
	"other",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One thing that another version of a policy does otherwise. */
export type PolicyChange = {
	kind: ChangeKind;
	/** What it is about, as people call it: `P2 first response, Portal`. */
	what: string;
	/** `null`: it is new. */
	before: string | null;
	/** `null`: it is gone. */
	after: string | null;
	/** Local date from which it holds, `YYYY-MM-DD`, when the policy names one. */
	from: string | null;
};

/** Whether two values mean the same: the order of keys says nothing, and a key without a value is no key. */
export function same(a: unknown, b: unknown): boolean {
	return a === b || canonical(a) === canonical(b);
}

/** The change between two values, if there is one. A missing value is new, or gone; `say` puts it in words. */
export function changed<Value>(
	kind: ChangeKind,
	what: string,
	[before, after]: readonly [Value | null | undefined, Value | null | undefined],
	say: (value: Value) => string,
): PolicyChange[] {
	if (same(before ?? null, after ?? null)) return [];
	const words = (value: Value | null | undefined) => (value === null || value === undefined ? null : say(value));
	return [{ kind, what, before: words(before), after: words(after), from: null }];
}

/** Everything else that differs between two maps, key by key, in the words of the document. */
export function otherChanges(
	kind: ChangeKind,
	what: string,
	[before, after]: readonly [object, object],
	told: readonly string[],
): PolicyChange[] {
	const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !told.includes(key));
	return keys.flatMap((key) => {
		const values = [Reflect.get(before, key), Reflect.get(after, key)] as const;
		return changed<unknown>(kind, `${what}, ${key}`, values, sayPlainly);
	});
}

/** Both sides of two maps, by the keys of either, in the order of the first. */
export function pairs<Value>(
	before: Readonly<Record<string, Value>>,
	after: Readonly<Record<string, Value>>,
): [key: string, before: Value | undefined, after: Value | undefined][] {
	const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	return keys.map((key) => [key, before[key], after[key]]);
}

/** A list by what names each of its members; those that share a name are told apart by their number. */
export function byName<Value>(list: readonly Value[], nameOf: (value: Value) => string): Record<string, Value> {
	const named: Record<string, Value> = {};
	for (const value of list) {
		const name = nameOf(value);
		let free = name;
		for (let number = 2; Object.hasOwn(named, free); number++) free = `${name} (${number})`;
		named[free] = value;
	}
	return named;
}

/** The change of nothing but order among what both have. */
export function reordered(
	kind: ChangeKind,
	what: string,
	before: readonly string[],
	after: readonly string[],
): PolicyChange[] {
	const kept = (list: readonly string[], other: readonly string[]) => list.filter((each) => other.includes(each));
	return changed(kind, what, [kept(before, after), kept(after, before)], (names) => names.join(", "));
}

function sayPlainly(value: unknown): string {
	const text = typeof value === "string" ? value : JSON.stringify(value);
	return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function canonical(value: unknown): string {
	return JSON.stringify(value, (_, inside: unknown) => {
		if (typeof inside !== "object" || inside === null || Array.isArray(inside)) return inside;
		return Object.fromEntries(Object.entries(inside).sort(([a], [b]) => (a < b ? -1 : 1)));
	});
}
