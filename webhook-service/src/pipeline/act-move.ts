import { isEnded } from "@stipt/shared/sla/story";
import { ServiceError } from "../errors.ts";
import type { Payload } from "../queues.ts";
import type { TicketRef } from "../store/store.ts";
import type { Try } from "./act.ts";
import { decide } from "./decide.ts";
import { groupOf } from "./enqueue-move.ts";
import { type EvaluatedTicket, evaluated } from "./evaluated.ts";
import { normalise } from "./normalise.ts";
import type { Ports } from "./ports.ts";
import { recordTrouble } from "./record.ts";

type MoveAction = Extract<Payload<"action">, { kind: "move" }>;

const where = "moving the ticket in the helpdesk";

/**
 * Moves a ticket to another group, owner, or both, and reads back what holds. One that somebody moved meanwhile stays
 * where they put it: that is shown, and not fought over.
 */
export async function actMove(action: MoveAction, attempt: Try, ports: Ports): Promise<void> {
	const { connection, ticket, group, owner } = action;
	const ref = { connection, ticket };
	const to = { ...(group === undefined ? {} : { group }), ...(owner === undefined ? {} : { owner }) };
	try {
		const { found } = await normalise(ref, ports);
		const known = await evaluated(await ports.store.readTicket(ref), ports);
		if (!found || !isStillAsked(action, known)) {
			ports.log.info({ ...ref, cause: action.cause }, "move no longer asked for");
			return;
		}
		if (isElsewhere(action, known)) return await leave(action, known, ports);
		await ports.store.saveExpected(ref, "group", null);
		const { bound } = await ports.connections.helpdesk(connection);
		const { outcome, left } = await bound.write(ticket, { kind: "move", ...to }, ports.time());
		ports.log.info({ ...ref, ...to, outcome, left }, "moved");
		const wrong = left.filter((line) => line.includes("Expected"));
		for (const what of wrong) await recordTrouble(ref, { where, what }, ports);
		await normalise(ref, ports);
		if (outcome === "written" && !wrong.some((line) => line.startsWith("group:"))) await watch(action, ports);
		await decide(ref, ports);
	} catch (error) {
		const canRetry = !(error instanceof ServiceError) || error.retry;
		if (canRetry && !attempt.isLast) throw error;
		const what = error instanceof Error ? error.message : String(error);
		await recordTrouble(ref, { where, what }, ports);
	}
}

/** A ticket that is done with is not passed on; of several hand-overs the last one counts. */
function isStillAsked({ cause, askedAt }: MoveAction, { ticket, evaluation }: EvaluatedTicket): boolean {
	if (isEnded(evaluation.state)) return false;
	return !ticket.facts.some((fact) => fact.kind === "handed-over" && fact.id !== cause && fact.at > askedAt);
}

function isElsewhere({ from, group }: MoveAction, { ticket }: EvaluatedTicket): boolean {
	const now = groupOf(ticket.facts);
	return group !== undefined && now !== from && now !== group;
}

async function leave({ from, group, ...ref }: MoveAction, { ticket }: EvaluatedTicket, ports: Ports): Promise<void> {
	const now = groupOf(ticket.facts) ?? "";
	const what = `Expected the ticket in the group "${from ?? ""}" to move it to "${group}", found it in "${now}": somebody moved it meanwhile, so it stays there.`;
	await conflict({ connection: ref.connection, ticket: ref.ticket }, what, ports);
}

/** What the helpdesk says after the write is what holds; soon after it, a form that was open may still undo it. */
async function watch({ from, group, ...action }: MoveAction, ports: Ports): Promise<void> {
	if (group === undefined) return;
	const ref = { connection: action.connection, ticket: action.ticket };
	const now = groupOf((await ports.store.readTicket(ref)).facts);
	if (now === group) {
		const expected = from === null ? null : { at: ports.time(), label: group, before: from };
		await ports.store.saveExpected(ref, "group", expected);
		return;
	}
	const what = `Expected the group "${group}" that it was moved to, found "${now ?? ""}": something there moved it back.`;
	await conflict(ref, what, ports);
}

async function conflict(ref: TicketRef, what: string, ports: Ports): Promise<void> {
	await ports.store.saveDoubt(ref, { reason: "write-conflict", since: ports.time() });
	await ports.store.count(ref.connection, "conflicts");
	await recordTrouble(ref, { where, what }, ports);
}
