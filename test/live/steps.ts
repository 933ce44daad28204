/** Runs the steps of a story one after another, and says what came of each. The first that fails ends the story. */
export function teller(begun = Date.now()) {
	const seconds = () => ((Date.now() - begun) / 1000).toFixed(1).padStart(6);
	return async <Told>(what: string, act: () => Promise<Told>): Promise<Told> => {
		try {
			const told = await act();
			process.stdout.write(
				`ok   ${seconds()} s  ${what}${typeof told === "string" ? `: ${told.slice(0, 300)}` : ""}\n`,
			);
			return told;
		} catch (cause) {
			process.stdout.write(`FAIL ${seconds()} s  ${what}\n`);
			throw cause;
		}
	};
}

/** Ends a story with an exception when something is not so. */
export function expectThat(is: boolean, what: string, found: unknown): void {
	if (!is) throw new Error(`Expected ${what}, found ${JSON.stringify(found)}.`);
}
