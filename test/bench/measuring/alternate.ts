/** The rounds of one measurement: the slowest, the middle and the fastest. */
export type Spread = { min: number; median: number; max: number; rounds: number };

/** One line of a bench's answer. `ratio` is `value / baseline`, from the medians. */
export type BenchResult = {
	case: string;
	value: number;
	unit: string;
	baseline: number;
	baselineName: string;
	ratio: number;
	/** How far apart the rounds lay; nothing for what is counted rather than timed. */
	spread: { value: Spread; baseline: Spread } | null;
};

/** Something that can be done over and over; `run(n)` does it `n` times and returns what came out, so that it is not left out. */
export type Subject = { name: string; run(times: number): number };

export type Pace = { rounds: number; roundMs: number };

/**
 * Measures subjects in turn, round after round, so that whatever disturbs the machine disturbs all of them.
 * Returns operations a second per subject name.
 */
export function alternate(subjects: readonly Subject[], { rounds, roundMs }: Pace): Map<string, Spread> {
	const batches = subjects.map((subject) => batchFor(subject, roundMs / 20));
	const seen = subjects.map((): number[] => []);
	for (let round = 0; round < rounds; round++) {
		for (const [index, subject] of subjects.entries()) {
			seen[index]?.push(operationsPerSecond(subject, batches[index] ?? 1, roundMs));
		}
	}
	return new Map(subjects.map(({ name }, index) => [name, spreadOf(seen[index] ?? [])]));
}

export function spreadOf(rates: readonly number[]): Spread {
	const sorted = [...rates].sort((a, b) => a - b);
	const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
	return { min: sorted[0] ?? 0, median, max: sorted.at(-1) ?? 0, rounds: sorted.length };
}

/** How many at a time keep the clock from being asked too often; warms the subject up on the way. */
function batchFor(subject: Subject, milliseconds: number): number {
	for (let times = 1; ; times *= 2) {
		const start = performance.now();
		keep(subject.run(times));
		if (performance.now() - start >= milliseconds) return times;
	}
}

function operationsPerSecond(subject: Subject, batch: number, milliseconds: number): number {
	const start = performance.now();
	let done = 0;
	let spent = 0;
	while (spent < milliseconds) {
		keep(subject.run(batch));
		done += batch;
		spent = performance.now() - start;
	}
	return (done / spent) * 1000;
}

function keep(outcome: number): void {
	if (Number.isNaN(outcome)) throw new Error("Expected a number from the measured work, found NaN");
}
