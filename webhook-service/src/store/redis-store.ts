import type { Redis } from "ioredis";
import { ServiceError } from "../errors.ts";
import { keysOf } from "./redis-keys.ts";
import { redisRecords } from "./redis-records.ts";
import { redisTickets } from "./redis-tickets.ts";
import type { Store } from "./store.ts";

/** The store on a connected Redis. Calls fail with `busy` within about a second while it is away. */
export function createRedisStore(
	redis: Redis,
	options: {
		prefix: string;
		/** Seals the secrets of connections. */
		secret: string;
		retentionMs: number;
	},
): Store {
	const keys = keysOf(options.prefix);
	return failingAsBusy({
		...redisTickets(redis, keys, options.retentionMs),
		...redisRecords(redis, keys, options.secret, options.retentionMs),
		async ping() {
			await redis.ping();
		},
	});
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
