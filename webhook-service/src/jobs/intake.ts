import { DelayedError, type Job } from "bullmq";
import { ServiceError } from "../errors.ts";
import { decide } from "../pipeline/decide.ts";
import { recordLost } from "../pipeline/lost.ts";
import { doubtReading, normalise } from "../pipeline/normalise.ts";
import type { Ports } from "../pipeline/ports.ts";
import { type Payload, payloads } from "../queues.ts";
import type { TicketRef } from "../store/store.ts";
import { failed, isLastTry, payloadOf } from "./job.ts";
import type { Turns } from "./turns.ts";

/** How often a change that was delivered and cannot be seen yet is looked for, and how long apart. */
const mostLooks = 5;
const lookAgainMs = 1500;

/**
 * A ticket may have changed: read it back, then decide. Also when nothing is new: an earlier try may have died between
 * the two. What was read after the delivery came in is not read again.
 */
export async function intake(job: Job, token: string | undefined, readings: Turns, ports: Ports): Promise<void> {
	const payload = payloadOf(payloads.intake, job);
	const { connection, ticket, cause, receivedAt } = payload;
	const ref = { connection, ticket };
	const settleMs = await settleTime(connection, ports);
	if (settleMs === null) {
		const what = `A delivery arrived for connection "${connection}", which is not connected any more.`;
		await ports.store.reportTrouble({ at: ports.time(), where: "intake", what, ...ref });
		return;
	}
	const settled = receivedAt + (cause === "delivery" ? settleMs : 0);
	if (settled > ports.time()) await later(settled, job, token);
	// Two readings of one ticket at once are slower than one after the other, and most often the second has nothing to do.
	await readings.take(`${connection} ${ticket}`, () => readInTurn(job, token, { payload, settled }, ports));
}

async function readInTurn(
	job: Job,
	token: string | undefined,
	{ payload, settled }: { payload: Payload<"intake">; settled: number },
	ports: Ports,
): Promise<void> {
	const { connection, ticket, cause } = payload;
	const ref = { connection, ticket };
	if (job.attemptsMade === 0 && (await wasReadSince(ref, settled, payload, ports))) {
		await decide(ref, ports);
		return;
	}
	const leave = ports.connections.enter(connection);
	if (leave === null)
		return later(ports.connections.turn(connection, cause === "poll" ? "poll" : "delivery"), job, token);
	try {
		await readBack(ref, payload, ports);
	} catch (error) {
		await doubtReading(ref, error, ports);
		if (isLastTry(job) || (error instanceof ServiceError && !error.retry)) {
			const what = error instanceof Error ? error.message : String(error);
			await ports.store.reportTrouble({ at: ports.time(), where: "reading a ticket back", what, ...ref });
		}
		return failed(error, job, token, ports.time());
	} finally {
		leave();
	}
	if (await isTooEarly(ref, payload, job, ports)) await later(ports.time() + lookAgainMs, job, token);
}

async function readBack(ref: TicketRef, { cause }: Payload<"intake">, ports: Ports): Promise<void> {
	const { added } = await normalise(ref, ports);
	await decide(ref, ports);
	if (cause === "poll") await recordLost(ref, added, ports);
}

/** Six changes at once are six deliveries with one body: the first reading that began after the last one has it all. */
async function wasReadSince(ref: TicketRef, instant: number, { atLeast }: Payload<"intake">, ports: Ports) {
	const { readAt, snapshot, facts, doubt } = await ports.store.readTicket(ref);
	if (readAt === null || facts.length === 0 || doubt !== null) return false;
	return readAt > instant && (snapshot?.updatedAt ?? 0) + 1 >= (atLeast ?? 0);
}

/** The helpdesk delivered before it had committed, or rolled back what it delivered: the two look the same at first. */
async function isTooEarly(ref: TicketRef, { atLeast }: Payload<"intake">, job: Job, { store }: Ports) {
	if (atLeast === undefined || (job.attemptsStarted ?? 0) >= mostLooks) return false;
	const { snapshot } = await store.readTicket(ref);
	return snapshot !== null && snapshot.updatedAt + 1 < atLeast;
}

async function later(at: number, job: Job, token: string | undefined): Promise<never> {
	await job.moveToDelayed(Math.ceil(at), token);
	throw new DelayedError();
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
