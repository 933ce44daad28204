/** How often each property is tried: `npm run fuzz` sets FUZZ_RUNS, and tries other cases every time. */
const asked = process.env.FUZZ_RUNS;

export const numRuns = Number(asked ?? 1000);

/** The same cases in every `npm test`; any in a fuzz, which prints the seed of what fails. */
export const runs = asked === undefined ? { numRuns, seed: 20_260_302 } : { numRuns };

/** Milliseconds that a property may take. */
export const patience = 30_000 + numRuns * 60;
