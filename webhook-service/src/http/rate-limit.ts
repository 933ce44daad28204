import type { TimeOfDay } from "../clock.ts";
import { ServiceError } from "../errors.ts";

/** Lets somebody through so many times in a window; then throws `busy` with when to come back. Counts per process. */
export function rateLimit({ most, windowMs }: { most: number; windowMs: number }, time: TimeOfDay) {
	const seen = new Map<string, { since: number; count: number }>();
	return (who: string): void => {
		const now = time();
		const known = seen.get(who);
		const current = known !== undefined && now - known.since < windowMs ? known : { since: now, count: 0 };
		current.count += 1;
		if (seen.size > 10_000) seen.clear();
		seen.set(who, current);
		if (current.count <= most) return;
		const retryAfterMs = current.since + windowMs - now;
		throw new ServiceError("busy", `Expected at most ${most} of these in ${windowMs / 1000} s.`, { retryAfterMs });
	};
}
