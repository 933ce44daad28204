const mostKept = 5;

/** Keeps the newest of our own faults for the popup, each once. Pages and consoles of others stay clean. */
export function keptFaults(): { all(): string[]; add(cause: unknown): void } {
	const faults: string[] = [];
	return {
		all: () => [...faults],
		add: (cause) => {
			const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
			if (faults.includes(text)) return;
			faults.push(text.slice(0, 300));
			if (faults.length > mostKept) faults.shift();
		},
	};
}
