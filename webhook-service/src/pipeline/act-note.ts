import type { Policy } from "@stipt/shared/policy/policy";
import type { Words } from "@stipt/shared/wire/language";
import { ServiceError } from "../errors.ts";
import type { Payload } from "../queues.ts";
import type { TicketRef } from "../store/store.ts";
import { acknowledgedNote, escalationNote, pageEventNote, type TicketNote } from "../words/notes.ts";
import type { Try } from "./act.ts";
import { decide } from "./decide.ts";
import { evaluated } from "./evaluated.ts";
import { normalise } from "./normalise.ts";
import type { Ports } from "./ports.ts";
import { recordTrouble } from "./record.ts";

type ActionOf<Kind> = Extract<Payload<"action">, { kind: Kind }>;

/** Says in the ticket that a step was taken and who was told, or who acknowledged it. */
export async function actNote(action: ActionOf<"note">, attempt: Try, ports: Ports): Promise<void> {
	const ref = { connection: action.connection, ticket: action.ticket };
	const alert = await ports.store.readAlert(action.alert);
	if (alert === null) return;
	const { policy, evaluation } = await evaluated(await ports.store.readTicket(ref), ports);
	const clock = evaluation.clocks.find(({ goal, cycle }) => goal === alert.goal && cycle === alert.cycle);
	const reader = { language: policy.language, zone: zoneOf(policy, clock?.calendar ?? null) };
	if (action.about === "acknowledgement") {
		if (alert.acknowledged === null) return;
		await writeNote(ref, acknowledgedNote(reader, alert.acknowledged), `${alert.id}-acknowledged`, attempt, ports);
		return;
	}
	const reached = (id: string) =>
		alert.receipts.some(({ to, outcome }) => to === id && (outcome === "sent" || outcome === "sending"));
	const note = escalationNote(reader, {
		goal: alert.goal,
		deadline: clock?.deadline ?? null,
		remaining: clock?.remaining ?? null,
		rung: alert.rung,
		told: alert.roles.filter(reached).map((id) => roleName(policy, id)),
		notTold: alert.roles.filter((id) => !reached(id)).map((id) => roleName(policy, id)),
	});
	await writeNote(ref, note, alert.id, attempt, ports);
}

/** Says in a linked ticket what a status page reports. */
export async function actPageNote(action: ActionOf<"page-note">, attempt: Try, ports: Ports): Promise<void> {
	const ref = { connection: action.connection, ticket: action.ticket };
	const known = await ports.store.readPageEvent(action.page, action.event);
	if (known === null) return;
	const { policy } = await evaluated(await ports.store.readTicket(ref), ports);
	const note = pageEventNote({ language: policy.language, zone: zoneOf(policy, null) }, known.event);
	await writeNote(ref, note, action.mark, attempt, ports);
}

/**
 * A helpdesk that did not answer in time may be writing the note still, for as long as its queue is. Who looks for it
 * too soon does not find it, and writes it twice.
 */
const stillWritingMs = 60_000;

/** Writes an internal note once: one that carries the mark already is not written again. */
export async function writeNote(
	ref: TicketRef,
	note: TicketNote,
	mark: string,
	attempt: Try,
	ports: Ports,
): Promise<void> {
	const { bound } = await ports.connections.helpdesk(ref.connection);
	try {
		const { outcome, left } = await bound.write(ref.ticket, { kind: "note", ...note, mark }, ports.time());
		ports.log.info({ ...ref, mark, outcome, left }, "note");
		for (const what of left) await recordTrouble(ref, { where: "writing a note", what }, ports);
	} catch (error) {
		if (error instanceof ServiceError && error.kind === "unknown") {
			await normalise(ref, ports);
			await decide(ref, ports);
			return;
		}
		const canRetry = !(error instanceof ServiceError) || error.retry;
		if (canRetry && !attempt.isLast) throw isUnanswered(error) ? later(error) : error;
		const what = error instanceof Error ? error.message : String(error);
		await recordTrouble(ref, { where: "writing a note", what }, ports);
	}
}

function isUnanswered(error: unknown): error is ServiceError {
	return error instanceof ServiceError && error.kind === "unreachable" && error.retryAfterMs === undefined;
}

function later(cause: ServiceError): ServiceError {
	return new ServiceError(cause.kind, cause.message, { cause, retryAfterMs: stillWritingMs });
}

/** What a role is called; its id when the policy no longer has it. */
export function roleName(policy: Policy, id: string): Words {
	return policy.roles.find((role) => role.id === id)?.name ?? { nl: id, fr: id, de: id, en: id };
}

/** In whose wall clock a note's times are written. */
export function zoneOf(policy: Policy, calendar: string | null): string {
	const own = calendar === null ? undefined : policy.calendars[calendar];
	return (own ?? Object.values(policy.calendars)[0])?.zone ?? "UTC";
}
