// @ts-check

/**
 * Does one step of the start and says so in one line with the time it took.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
	const from = performance.now();
	process.stdout.write(`${what} … `);
	try {
		const done = await work();
		process.stdout.write(`${((performance.now() - from) / 1000).toFixed(1)} s\n`);
		return done;
	} catch (error) {
		process.stdout.write("failed\n");
		throw error;
	}
}
