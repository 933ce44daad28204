import { Redis } from "ioredis";
import { ServiceError } from "../errors.ts";
import type { Log } from "../log.ts";

const connectWithinMs = 1000;

/**
 * The connection that asks: fails fast while Redis is away, so that a hook can answer 503 instead of hanging, and sends
 * what is asked at the same moment together. Resolves once Redis answers, or after `patienceMs`. `answerWithinMs`: longer
 * where nobody waits for an answer. Throws `misconfigured` for a Redis that is too old.
 */
export async function connectRedis(
	url: string,
	{ patienceMs, log, answerWithinMs }: { patienceMs: number; log: Log; answerWithinMs: number },
): Promise<Redis> {
	const redis = new Redis(url, {
		maxRetriesPerRequest: 1,
		enableOfflineQueue: false,
		connectTimeout: connectWithinMs,
		commandTimeout: answerWithinMs,
		enableAutoPipelining: true,
		retryStrategy: (times) => Math.min(times * 100, 1000),
	});
	redis.on("error", (error) => log.warn({ failure: error.message }, "redis"));
	await untilReady(redis, patienceMs);
	await expectVersion(redis);
	return redis;
}

function untilReady(redis: Redis, patienceMs: number): Promise<void> {
	return new Promise((resolve) => {
		const enough = setTimeout(resolve, patienceMs);
		redis.once("ready", () => {
			clearTimeout(enough);
			resolve();
		});
	});
}

/** Older ones lack what the queues need. One that does not answer yet is not asked. */
async function expectVersion(redis: Redis): Promise<void> {
	if (redis.status !== "ready") return;
	const info = await redis.info("server");
	const version = /^redis_version:(\d+)\.(\d+)/m.exec(info);
	const [major = 0, minor = 0] = version?.slice(1).map(Number) ?? [];
	if (major > 6 || (major === 6 && minor >= 2)) return;
	redis.disconnect();
	throw new ServiceError(
		"misconfigured",
		`REDIS_URL: expected Redis 6.2 or newer, or Valkey, found version ${version?.[0].slice("redis_version:".length) ?? "unknown"}.`,
	);
}
