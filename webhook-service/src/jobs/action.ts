import type { Job } from "bullmq";
import { act } from "../pipeline/act.ts";
import { decide } from "../pipeline/decide.ts";
import type { Ports } from "../pipeline/ports.ts";
import { payloads } from "../queues.ts";
import { failed, isLastTry, payloadOf } from "./job.ts";

/** One thing to do in the world, then a look at what it changed. */
export async function action(job: Job, token: string | undefined, ports: Ports): Promise<void> {
	const todo = payloadOf(payloads.action, job);
	try {
		await act(todo, { isLast: isLastTry(job) }, ports);
	} catch (error) {
		await failed(error, job, token, ports.time());
	}
	if (todo.kind === "alert" || todo.kind === "page") {
		await decide({ connection: todo.connection, ticket: todo.ticket }, ports);
	}
}
