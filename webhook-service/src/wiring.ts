import { parseHolidaySets } from "@stipt/shared/policy/holiday-sets";
import { parsePolicy } from "@stipt/shared/policy/parse-policy";
import type { Policy } from "@stipt/shared/policy/policy";
import type { Adapters } from "./adapters/bind.ts";
import { channels } from "./adapters/channels/index.ts";
import { helpdesks } from "./adapters/helpdesks/index.ts";
import { statusPages } from "./adapters/status-pages/index.ts";
import { createCall } from "./call.ts";
import type { TimeOfDay } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import { createConnections } from "./pipeline/connections.ts";
import { createPolicies } from "./pipeline/policies.ts";
import type { Ports } from "./pipeline/ports.ts";
import { createQueues } from "./queues.ts";
import { connectRedis } from "./store/redis-connection.ts";
import { createRedisStore } from "./store/redis-store.ts";
import type { StoredPolicy } from "./store/store.ts";

const dayMs = 24 * 3600 * 1000;

const allAdapters: Adapters = { helpdesks, channels, statusPages };

export type Wiring = { ports: Ports; prefix: string; close(): Promise<void> };

export type WiringOptions = {
	time: TimeOfDay;
	log: Log;
	/** Of every key and queue, so that several installations can share a Redis. */
	prefix?: string;
	/** How long to wait for Redis before going on without it. */
	patienceMs?: number;
	/** How long one command of Redis may take; some time longer for commands that people type than for the service. */
	redisAnswersWithinMs?: number;
	adapters?: Adapters;
};

/** Builds everything that the service works with. The only place that constructs stores, queues and callers. */
export async function wire(
	config: Config,
	{
		time,
		log,
		prefix = "stipt",
		patienceMs = 10_000,
		redisAnswersWithinMs = 1000,
		adapters = allAdapters,
	}: WiringOptions,
): Promise<Wiring> {
	const retentionMs = config.retentionDays * dayMs;
	const { redisUrl: url, publicUrl, secret } = config;
	const redis = await connectRedis(url, { patienceMs, log, answerWithinMs: redisAnswersWithinMs });
	const store = createRedisStore(redis, { prefix, secret, retentionMs });
	const queues = createQueues(redis, { prefix: `${prefix}-queue`, log });
	const publicCall = createCall({ allowPrivate: false });
	const privateCall = createCall({ allowPrivate: true });
	const callFor = ({ allowPrivate }: { allowPrivate: boolean }) => (allowPrivate ? privateCall : publicCall);
	const connections = createConnections({ store, adapters, time, log, callFor, publicUrl });
	const policies = createPolicies(store, time, parseStored);
	return {
		ports: { store, queues, time, log, adapters, callFor, connections, policies, publicUrl, secret },
		prefix: `${prefix}-queue`,
		async close() {
			await queues.close();
			redis.disconnect();
		},
	};
}

function parseStored(stored: StoredPolicy): Policy {
	return parsePolicy(stored.text, { version: stored.version, holidaySets: parseHolidaySets(stored.holidays) });
}
