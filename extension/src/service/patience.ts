import type { Duration, Instant } from "@stipt/shared/calendar/calendar";

const first: Duration = 1000;
const longest: Duration = 60_000;

/** Decides whether a call that nobody waits for may be made now, so that a service in trouble is left in peace. */
export type Patience = {
	mayCall(at: Instant): boolean;
	succeeded(): void;
	/** `waitMs`: what the service asked for. */
	failed(at: Instant, waitMs: Duration | null): void;
};

/** Waits twice as long after each failure, up to a minute. `spread` (0 to 1) keeps many browsers apart. */
export function patience(spread: () => number): Patience {
	let failures = 0;
	let openAt: Instant = 0;
	return {
		mayCall: (at) => at >= openAt,
		succeeded: () => {
			failures = 0;
			openAt = 0;
		},
		failed: (at, waitMs) => {
			failures += 1;
			const step = Math.min(longest, first * 2 ** (failures - 1));
			const wait = Math.max(waitMs ?? 0, step / 2 + (step / 2) * spread());
			openAt = at + Math.min(wait, longest);
		},
	};
}
