import { DelayedError, type Job } from "bullmq";
import { ServiceError } from "../errors.ts";
import { decide } from "../pipeline/decide.ts";
import { doubtReading, normalise } from "../pipeline/normalise.ts";
import type { Ports } from "../pipeline/ports.ts";
import { payloads } from "../queues.ts";
import { failed, isLastTry, payloadOf } from "./job.ts";

/**
 * A ticket may have changed: read it back, then decide. Also when nothing is new: an earlier try may have died between
 * the two.
 */
export async function intake(job: Job, token: string | undefined, ports: Ports): Promise<void> {
	const { connection, ticket, cause, receivedAt } = payloadOf(payloads.intake, job);
	const ref = { connection, ticket };
	const settleMs = await settleTime(connection, ports);
	if (settleMs === null) {
		const what = `A delivery arrived for connection "${connection}", which is not connected any more.`;
		await ports.store.reportTrouble({ at: ports.time(), where: "intake", what, ...ref });
		return;
	}
	const settled = receivedAt + settleMs;
	if (cause === "delivery" && settled > ports.time()) {
		await job.moveToDelayed(settled, token);
		throw new DelayedError();
	}
	try {
		await normalise(ref, ports);
		await decide(ref, ports);
	} catch (error) {
		await doubtReading(ref, error, ports);
		if (isLastTry(job) || (error instanceof ServiceError && !error.retry)) {
			const what = error instanceof Error ? error.message : String(error);
			await ports.store.reportTrouble({ at: ports.time(), where: "reading a ticket back", what, ...ref });
		}
		await failed(error, job, token, ports.time());
	}
}

/** How long a helpdesk's changes take to be seen after a delivery; `null` when it is not connected any more. */
async function settleTime(connection: string, { connections }: Ports): Promise<number | null> {
	try {
		return (await connections.helpdesk(connection)).row.settleMs;
	} catch (error) {
		if (error instanceof ServiceError && error.kind === "unknown") return null;
		throw error;
	}
}
