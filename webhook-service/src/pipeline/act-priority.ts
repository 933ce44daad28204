import { inOrder } from "@stipt/shared/sla/evaluation";
import { ServiceError } from "../errors.ts";
import { jobId, type Payload } from "../queues.ts";
import type { TicketRef } from "../store/store.ts";
import type { Try } from "./act.ts";
import { isSay } from "./choose-priority.ts";
import { decide } from "./decide.ts";
import { isOwn } from "./guarded-helpdesk.ts";
import { normalise } from "./normalise.ts";
import type { Ports } from "./ports.ts";
import { recordTrouble } from "./record.ts";

type PriorityAction = Extract<Payload<"action">, { kind: "set-priority" }>;

/** Longer than a helpdesk may take to answer a write. */
const lockMs = 60_000;

/**
 * Writes a chosen priority to the helpdesk, unless a later choice has taken its place, and reads back what holds. One
 * at a time for each ticket: a slow write of an earlier choice would land after the later one.
 */
export async function actPriority(action: PriorityAction, attempt: Try, ports: Ports): Promise<void> {
	const release = await ports.store.lock(`priority ${action.connection} ${action.ticket}`, lockMs);
	if (release === null)
		throw new ServiceError("busy", "An earlier choice is being written to this ticket.", { retryAfterMs: 500 });
	try {
		await writeChosen(action, attempt, ports);
	} finally {
		await release();
	}
}

async function writeChosen(action: PriorityAction, attempt: Try, ports: Ports): Promise<void> {
	const { connection, ticket, label, impact, urgency } = action;
	const ref = { connection, ticket };
	if (await isReplaced(action, ports)) return ports.log.info({ ...ref, label }, "priority not written: chosen anew");
	const { bound } = await ports.connections.helpdesk(connection);
	const before = (await ports.store.readTicket(ref)).snapshot?.priorityLabel;
	await ports.store.saveExpected(ref, "priority", null);
	try {
		const { outcome, left } = await bound.write(ticket, { kind: "set-priority", label, impact, urgency }, ports.time());
		ports.log.info({ ...ref, label, outcome, left }, "priority written");
		await ports.store.saveHealth(connection, { lastContactAt: ports.time(), failure: null });
		await ports.store.saveDoubt(ref, null);
		if (left.some((line) => line.includes("no such field"))) await noteChoice(ref, ports);
		for (const what of left.filter((line) => line.includes("Expected"))) {
			await recordTrouble(ref, { where: "writing the priority to the helpdesk", what }, ports);
		}
	} catch (error) {
		const canRetry = !(error instanceof ServiceError) || error.retry;
		await ports.store.saveDoubt(ref, { reason: "write-conflict", since: ports.time() });
		if (canRetry && !attempt.isLast) throw error;
		const what = error instanceof Error ? error.message : String(error);
		await recordTrouble(ref, { where: "writing the priority to the helpdesk", what }, ports);
		return;
	}
	// What the helpdesk says now is what the later choice is about to change.
	if (await isReplaced(action, ports)) return;
	await normalise(ref, ports);
	await doubtChange(ref, { label, before }, ports);
	await decide(ref, ports);
}

/** Somebody has chosen again through us, or taken this choice back. */
async function isReplaced({ connection, ticket, fact }: PriorityAction, { store }: Ports): Promise<boolean> {
	if (fact === undefined) return false;
	const { facts } = await store.readTicket({ connection, ticket });
	return inOrder(facts).findLast((one) => isOwn(one) && isSay(one))?.id !== fact;
}

/** What the helpdesk says after the write is what holds; when that is another priority, a person should know. */
async function doubtChange(
	ref: TicketRef,
	{ label, before }: { label: string; before: string | undefined },
	ports: Ports,
): Promise<void> {
	const found = (await ports.store.readTicket(ref)).snapshot?.priorityLabel;
	if (found === undefined) return;
	if (found === label) {
		const isChange = before !== undefined && before !== label;
		await ports.store.saveExpected(ref, "priority", isChange ? { at: ports.time(), label, before } : null);
		return;
	}
	await ports.store.saveDoubt(ref, { reason: "write-conflict", since: ports.time() });
	await ports.store.count(ref.connection, "conflicts");
	const what = `Expected the priority "${label}" that was written, found "${found}": something there changed it back.`;
	await recordTrouble(ref, { where: "writing the priority to the helpdesk", what }, ports);
}

/** Long enough to take a choice back first. */
const noteAfterMs = 15_000;

/** Where the helpdesk has no fields for impact and urgency, the choice stands in the ticket as a note. */
async function noteChoice(ref: TicketRef, { store, queues }: Ports): Promise<void> {
	const { facts } = await store.readTicket(ref);
	const last = inOrder(facts)
		.filter(({ kind }) => kind === "classified")
		.at(-1);
	if (last === undefined) return;
	const id = jobId("fact-note", ref.connection, ref.ticket, last.id);
	await queues.add("action", { kind: "fact-note", ...ref, fact: last.id }, { id, delayMs: noteAfterMs });
}
