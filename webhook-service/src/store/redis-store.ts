import { Redis } from "ioredis";
import { ServiceError } from "../errors.ts";
import type { Log } from "../log.ts";
import { keysOf } from "./redis-keys.ts";
import { untilReady } from "./redis-ready.ts";
import { redisRecords } from "./redis-records.ts";
import { redisTickets } from "./redis-tickets.ts";
import type { Store } from "./store.ts";

const answerWithinMs = 1000;

/**
 * The store on Redis (6.2 or newer) or Valkey. Resolves once it answers, or after `patienceMs`; calls fail with `busy`
 * within about a second while it is away.
 */
export async function createRedisStore(options: {
	url: string;
	prefix: string;
	/** Seals the secrets of connections. */
	secret: string;
	retentionMs: number;
	patienceMs: number;
	log: Log;
}): Promise<Store> {
	const redis = new Redis(options.url, {
		maxRetriesPerRequest: 1,
		enableOfflineQueue: false,
		connectTimeout: answerWithinMs,
		commandTimeout: answerWithinMs,
		enableAutoPipelining: true,
		retryStrategy: (times) => Math.min(times * 100, 1000),
	});
	redis.on("error", (error) => options.log.warn({ failure: error.message }, "redis of the store"));
	await untilReady(redis, options.patienceMs);
	await expectVersion(redis);
	const keys = keysOf(options.prefix);
	return failingAsBusy({
		...redisTickets(redis, keys, options.retentionMs),
		...redisRecords(redis, keys, options.secret, options.retentionMs),
		async ping() {
			await redis.ping();
		},
		async close() {
			redis.disconnect();
		},
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

/** Every failure of Redis is one that passes: callers try again later. */
function failingAsBusy(store: Store): Store {
	const wrapped = Object.entries(store).map(([name, call]) => [
		name,
		async (...args: unknown[]) => {
			try {
				return await (call as (...given: unknown[]) => Promise<unknown>)(...args);
			} catch (cause) {
				if (cause instanceof ServiceError || cause instanceof SyntaxError || cause instanceof TypeError) throw cause;
				throw new ServiceError("busy", "Redis does not answer.", { cause, retryAfterMs: 5000 });
			}
		},
	]);
	return Object.fromEntries(wrapped) as Store;
}
