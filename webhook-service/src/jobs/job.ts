import { DelayedError, type Job, UnrecoverableError } from "bullmq";
import type { ZodType } from "zod";
import { ServiceError } from "../errors.ts";

/** Reads a job's payload again: what another version of the service left may have another shape. */
export function payloadOf<Payload>(schema: ZodType<Payload>, job: Job): Payload {
	const parsed = schema.safeParse(job.data);
	if (parsed.success) return parsed.data;
	const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
	throw new UnrecoverableError(`Job ${job.id} has another shape than expected. ${problems.join("; ")}`);
}

/** Whether this is the last time that a job is tried. */
export function isLastTry(job: Job): boolean {
	return job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
}

/** Turns a failure into what the queue does about it: wait as long as asked, try again, or give up. */
export async function failed(error: unknown, job: Job, token: string | undefined, now: number): Promise<never> {
	if (error instanceof ServiceError && !error.retry) throw new UnrecoverableError(error.message);
	if (error instanceof ServiceError && error.retryAfterMs !== undefined && !isLastTry(job)) {
		await job.moveToDelayed(now + error.retryAfterMs, token);
		throw new DelayedError();
	}
	throw error;
}
