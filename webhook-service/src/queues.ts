import { Queue, type QueueOptions } from "bullmq";
import type { Redis } from "ioredis";
import { z } from "zod";
import { ServiceError } from "./errors.ts";
import type { Log } from "./log.ts";

const ref = z.object({ connection: z.string(), ticket: z.string() });
const goal = z.enum(["pickup", "first-response", "next-update", "resolution", "handover"]);

/** What a job may carry: references and small facts, never a ticket's text. Checked again by the worker. */
export const payloads = {
	/** Something may have changed at a ticket. `cause` says how we know. */
	intake: ref.extend({
		cause: z.enum(["delivery", "poll", "write", "nudge"]),
		delivery: z.string().optional(),
		receivedAt: z.number().int(),
		/** The change that a delivery told of: a reading that is older came before the helpdesk had committed. */
		atLeast: z.number().int().optional(),
	}),
	/** Look at a ticket again, if its next instant of interest is still the one of this alarm. */
	alarm: ref.extend({ wakeAt: z.number().int(), revision: z.number().int() }),
	/** One thing to do in the world. */
	action: z.discriminatedUnion("kind", [
		ref.extend({
			kind: z.literal("alert"),
			goal,
			cycle: z.number().int(),
			step: z.string(),
			occurrence: z.number().int(),
		}),
		ref.extend({ kind: z.literal("note"), alert: z.string(), about: z.enum(["step", "acknowledgement"]) }),
		ref.extend({ kind: z.literal("page-note"), page: z.string(), event: z.string(), mark: z.string() }),
		ref.extend({
			kind: z.literal("set-priority"),
			/** The choice that it writes: a later one has a job of its own. */
			fact: z.string().exactOptional(),
			label: z.string(),
			impact: z.string().nullable(),
			urgency: z.string().nullable(),
		}),
		ref.extend({
			kind: z.literal("move"),
			/** The fact that asks for it: a hand-over, or a step that was taken. */
			cause: z.string(),
			askedAt: z.number().int(),
			/** The group that it was in by then: one that is elsewhere since was moved by somebody. */
			from: z.string().nullable(),
			group: z.string().exactOptional(),
			owner: z.string().nullable().exactOptional(),
		}),
		ref.extend({ kind: z.literal("set-deadline"), deadline: z.number().int().nullable() }),
		/** Says in the ticket what somebody did here; the fact's own id, for the ledger has the words. */
		ref.extend({ kind: z.literal("fact-note"), fact: z.string() }),
		/** Tells the contact whom somebody asked for attention. */
		ref.extend({ kind: z.literal("request"), fact: z.string() }),
		ref.extend({ kind: z.literal("page"), rule: z.number().int() }),
	]),
	/** The service's own rounds. */
	round: z.object({ round: z.enum(["sweep", "reconcile", "pages"]) }),
} as const;

export type QueueName = keyof typeof payloads;
export type Payload<Name extends QueueName> = z.infer<(typeof payloads)[Name]>;
export type Action = Payload<"action">;

/** How often a job is tried, and how long finished ones are kept (their ids stop repeats meanwhile). */
const policies = {
	intake: { attempts: 12, keepDone: 3600 },
	alarm: { attempts: 5, keepDone: 60 },
	action: { attempts: 12, keepDone: 7 * 24 * 3600 },
	round: { attempts: 1, keepDone: 60 },
} as const satisfies Record<QueueName, { attempts: number; keepDone: number }>;

/** What was lost meanwhile is read when nothing else waits: people are waiting for what is delivered now. */
const lastOfAll = 100;

export type Queues = {
	/** Adds a job; the same id again is no second job. Rejects within about a second when Redis is away. */
	add<Name extends QueueName>(
		name: Name,
		payload: Payload<Name>,
		options: { id: string; delayMs?: number },
	): Promise<void>;
	/** Takes a waiting job away, if it is still there. */
	remove(name: QueueName, id: string): Promise<void>;
	/** Adds the service's own rounds: one schedule for all workers. */
	scheduleRounds(everyMs: Record<Payload<"round">["round"], number>): Promise<void>;
	counts(): Promise<Record<QueueName, { waiting: number; delayed: number; active: number; failed: number }>>;
	close(): Promise<void>;
};

/** Ids may hold no colon and may not be a plain number. */
export function jobId(...parts: (string | number)[]): string {
	return parts.map((part) => String(part).replaceAll(":", "_")).join(".");
}

/** The producers' side of the queues, on a connection that fails fast. */
export function createQueues(connection: Redis, { prefix, log }: { prefix: string; log: Log }): Queues {
	const options: QueueOptions = { connection, prefix, skipWaitingForReady: true };
	const names = Object.keys(payloads) as QueueName[];
	const queues = new Map<QueueName, Queue>();
	/** Made once Redis answers: a queue that is made before that never works. */
	const queueOf = (name: QueueName): Queue => {
		const known = queues.get(name);
		if (known !== undefined) return known;
		if (connection.status !== "ready") {
			throw new ServiceError("busy", "Redis does not answer.", { retryAfterMs: 5000 });
		}
		const queue = new Queue(name, options);
		queue.on("error", (error) => log.warn({ queue: name, failure: error.message }, "queue"));
		queues.set(name, queue);
		return queue;
	};
	return {
		async add(name, payload, { id, delayMs }) {
			await queueOf(name).add(name, payload, {
				jobId: id,
				attempts: policies[name].attempts,
				backoff: { type: "exponential", delay: 1000, jitter: 0.5 },
				removeOnComplete: { age: policies[name].keepDone },
				removeOnFail: { age: 30 * 24 * 3600 },
				...("cause" in payload && payload.cause === "poll" ? { priority: lastOfAll } : {}),
				...(delayMs === undefined || delayMs <= 0 ? {} : { delay: Math.ceil(delayMs) }),
			});
		},
		async remove(name, id) {
			await queueOf(name).remove(id);
		},
		async scheduleRounds(everyMs) {
			for (const round of ["sweep", "reconcile", "pages"] as const) {
				await queueOf("round").upsertJobScheduler(
					round,
					{ every: everyMs[round] },
					{ name: "round", data: { round }, opts: { removeOnComplete: true, removeOnFail: { count: 100 } } },
				);
			}
		},
		async counts() {
			const entries = await Promise.all(
				names.map(async (name) => {
					const found = await queueOf(name).getJobCounts(
						...(["waiting", "prioritized", "delayed", "active", "failed"] as const),
					);
					const { waiting = 0, prioritized = 0, delayed = 0, active = 0, failed = 0 } = found;
					return [name, { waiting: waiting + prioritized, delayed, active, failed }] as const;
				}),
			);
			return Object.fromEntries(entries) as Awaited<ReturnType<Queues["counts"]>>;
		},
		async close() {
			await Promise.all([...queues.values()].map((queue) => queue.close()));
		},
	};
}
