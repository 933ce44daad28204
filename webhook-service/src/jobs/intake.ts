import type { Job } from "bullmq";
import { ServiceError } from "../errors.ts";
import { decide } from "../pipeline/decide.ts";
import { doubtReading, normalise } from "../pipeline/normalise.ts";
import type { Ports } from "../pipeline/ports.ts";
import { payloads } from "../queues.ts";
import { failed, isLastTry, payloadOf } from "./job.ts";

/** A ticket may have changed: read it back, then decide. */
export async function intake(job: Job, token: string | undefined, ports: Ports): Promise<void> {
	const { connection, ticket, cause } = payloadOf(payloads.intake, job);
	const ref = { connection, ticket };
	if (!(await isConnected(connection, ports))) {
		const what = `A delivery arrived for connection "${connection}", which is not connected any more.`;
		await ports.store.reportTrouble({ at: ports.time(), where: "intake", what, ...ref });
		return;
	}
	try {
		const { changed } = await normalise(ref, ports);
		if (changed || cause === "poll") await decide(ref, ports);
	} catch (error) {
		await doubtReading(ref, error, ports);
		if (isLastTry(job) || (error instanceof ServiceError && !error.retry)) {
			const what = error instanceof Error ? error.message : String(error);
			await ports.store.reportTrouble({ at: ports.time(), where: "reading a ticket back", what, ...ref });
		}
		await failed(error, job, token, ports.time());
	}
}

async function isConnected(connection: string, { connections }: Ports): Promise<boolean> {
	try {
		await connections.helpdesk(connection);
		return true;
	} catch (error) {
		if (error instanceof ServiceError && error.kind === "unknown") return false;
		throw error;
	}
}
