import { ServiceError } from "../errors.ts";
import type { Ports } from "../pipeline/ports.ts";
import { ago, type Finding, graded } from "./finding-lines.ts";
import { heartbeatMs, lookAtOwnService } from "./own-address.ts";

const manyWaiting = 1000;
const lateMs = 60_000;

/** The service's own parts: store, web side, worker, queues, alarms. The first that is broken may break the rest. */
export async function lookAtParts(ports: Ports): Promise<Finding[]> {
	const redis = await lookAtRedis(ports);
	if (redis.severity === "broken") return [redis];
	const own = await lookAtOwnService(ports, null);
	return [redis, own.finding, await lookAtWorker(ports), ...(await lookAtQueues(ports)), await lookAtAlarms(ports)];
}

async function lookAtRedis({ store }: Ports): Promise<Finding> {
	try {
		await store.ping();
		return graded({ what: "redis", found: "answers", todo: null, ok: true });
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
		return graded({ what: "redis", found: error.message, todo: "Start Redis, or check REDIS_URL.", ok: false });
	}
}

async function lookAtWorker({ store, time }: Ports): Promise<Finding> {
	const beat = await store.lastBeat();
	const found = beat === null ? "never seen" : `last heartbeat ${ago(time() - beat)}`;
	const isBeating = beat !== null && time() - beat < heartbeatMs;
	const todo = isBeating ? null : "Start a worker: without one nothing is read, and nobody is alerted.";
	return graded({ what: "worker", found, todo, ok: isBeating });
}

async function lookAtQueues({ queues }: Ports): Promise<Finding[]> {
	return Object.entries(await queues.counts()).map(([name, { waiting, delayed, active, failed }]) => {
		const found = `${waiting} waiting, ${delayed} delayed, ${active} active, ${failed} given up`;
		const todo = waiting < manyWaiting ? null : "Start more workers, or look why they are slow.";
		return graded({ what: `queue ${name}`, found, todo, ok: true });
	});
}

async function lookAtAlarms({ store, time }: Ports): Promise<Finding> {
	const { count, oldest } = await store.wakeSummary();
	const late = oldest === null ? 0 : Math.max(0, time() - oldest);
	const found = `${count} set, the oldest ${late === 0 ? "not due yet" : `due since ${ago(late)}`}`;
	const isLate = late >= lateMs;
	const todo = isLate ? "Look at the worker and its log: alerts that are due have not gone out." : null;
	return graded({ what: "alarms", found, todo, ok: !isLate });
}
