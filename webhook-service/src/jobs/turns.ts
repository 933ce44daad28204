export type Turns = {
	/** Does `act` once all that was asked for under the same name before it has ended, well or badly. */
	take<Result>(name: string, act: () => Promise<Result>): Promise<Result>;
};

/** One at a time for each name, in the order of asking; different names do not wait for one another. */
export function turns(): Turns {
	const last = new Map<string, Promise<unknown>>();
	return {
		async take(name, act) {
			const mine = (last.get(name) ?? Promise.resolve()).then(act, act);
			last.set(name, mine);
			try {
				return await mine;
			} finally {
				if (last.get(name) === mine) last.delete(name);
			}
		},
	};
}
