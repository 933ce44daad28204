import { type Job, Worker } from "bullmq";
import { Redis } from "ioredis";
import { failure } from "../log.ts";
import type { Ports } from "../pipeline/ports.ts";
import type { QueueName } from "../queues.ts";
import { newSecret } from "../verify.ts";
import { action } from "./action.ts";
import { alarm } from "./alarm.ts";
import { intake } from "./intake.ts";
import { round } from "./round.ts";
import { turns } from "./turns.ts";

/** How often the service makes its own rounds. */
export const roundsMs = { sweep: 5_000, reconcile: 5_000, pages: 30_000 };

/** A job whose worker died is taken up again within 15 s, however often that happens: a job is safe to repeat. */
const recovery = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 1000 };

export type Workers = { close(): Promise<void> };

/** Starts a worker per queue. Workers wait for Redis as long as it takes. */
export async function startWorkers(redisUrl: string, prefix: string, ports: Ports): Promise<Workers> {
	const name = newSecret(6);
	const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
	connection.on("error", (error) => ports.log.warn({ failure: error.message }, "redis of the workers"));
	const readings = turns();
	const work: Record<QueueName, { concurrency: number; run(job: Job, token: string | undefined): Promise<void> }> = {
		intake: { concurrency: 24, run: (job, token) => intake(job, token, readings, ports) },
		alarm: { concurrency: 10, run: (job) => alarm(job, ports) },
		action: { concurrency: 20, run: (job, token) => action(job, token, ports) },
		round: { concurrency: 3, run: (job) => round(job, name, ports) },
	};
	const workers = Object.entries(work).map(([queue, { concurrency, run }]) => {
		const options = { connection, prefix, concurrency, ...recovery };
		const worker = new Worker(queue, (job, token) => run(job, token), options);
		worker.on("error", (error) => ports.log.warn({ queue, ...failure(error) }, "worker"));
		worker.on("failed", (job, error) => ports.log.warn({ queue, job: job?.id, ...failure(error) }, "job failed"));
		return worker;
	});
	const scheduled = scheduleRounds(name, ports);
	return {
		async close() {
			scheduled.stop();
			await Promise.all(workers.map((worker) => worker.close()));
			connection.disconnect();
		},
	};
}

/** Sets the rounds going, however long Redis is away at the start. */
function scheduleRounds(worker: string, { queues, store, time, log }: Ports): { stop(): void } {
	let again: NodeJS.Timeout | undefined;
	const tryNow = async () => {
		try {
			await queues.scheduleRounds(roundsMs);
			await store.beat(worker, time());
		} catch (error) {
			log.warn(failure(error), "rounds not scheduled yet");
			again = setTimeout(tryNow, 1000);
		}
	};
	void tryNow();
	return { stop: () => clearTimeout(again) };
}
