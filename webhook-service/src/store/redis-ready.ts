import type { Redis } from "ioredis";

/** Resolves once Redis answers, or after `patienceMs`: then calls fail until it does. */
export function untilReady(redis: Redis, patienceMs: number): Promise<void> {
	if (redis.status === "ready") return Promise.resolve();
	return new Promise((resolve) => {
		const enough = setTimeout(resolve, patienceMs);
		redis.once("ready", () => {
			clearTimeout(enough);
			resolve();
		});
	});
}
