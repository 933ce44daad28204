import type { Job } from "bullmq";
import { decide } from "../pipeline/decide.ts";
import type { Ports } from "../pipeline/ports.ts";
import { payloads } from "../queues.ts";
import { payloadOf } from "./job.ts";

/** A ticket's next instant of interest has come. An alarm that another one has replaced does nothing. */
export async function alarm(job: Job, ports: Ports): Promise<void> {
	const { connection, ticket, wakeAt, revision } = payloadOf(payloads.alarm, job);
	const ref = { connection, ticket };
	const current = await ports.store.readWake(ref);
	if (current === null || current.wakeAt !== wakeAt || current.revision !== revision) return;
	await decide(ref, ports);
}
