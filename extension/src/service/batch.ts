import type { Duration } from "@stipt/shared/calendar/calendar";

/**
 * Collects keys that are asked for within `wait` and loads them together, at most `size` at a time.
 * A load that fails fails all keys of that load.
 */
export function batch<Value>(
	load: (keys: string[]) => Promise<ReadonlyMap<string, Value>>,
	{ wait, size }: { wait: Duration; size: number },
): (key: string) => Promise<Value | undefined> {
	type Waiting = {
		promise: Promise<Value | undefined>;
		settle(value: Value | undefined): void;
		fail(cause: unknown): void;
	};
	let waiting = new Map<string, Waiting>();

	const send = async (group: [string, Waiting][]): Promise<void> => {
		try {
			const found = await load(group.map(([key]) => key));
			for (const [key, one] of group) one.settle(found.get(key));
		} catch (cause) {
			for (const [, one] of group) one.fail(cause);
		}
	};

	const flush = (): void => {
		const all = [...waiting];
		waiting = new Map();
		for (let from = 0; from < all.length; from += size) void send(all.slice(from, from + size));
	};

	return (key) => {
		const known = waiting.get(key);
		if (known !== undefined) return known.promise;
		if (waiting.size === 0) setTimeout(flush, wait);
		let settle: Waiting["settle"] = () => undefined;
		let fail: Waiting["fail"] = () => undefined;
		const promise = new Promise<Value | undefined>((resolve, reject) => {
			settle = resolve;
			fail = reject;
		});
		waiting.set(key, { promise, settle, fail });
		return promise;
	};
}
