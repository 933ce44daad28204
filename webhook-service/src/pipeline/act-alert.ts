import type { Clock, OwedStep } from "@stipt/shared/sla/evaluation";
import type { Notice } from "../adapters/channels/channel.ts";
import { failure } from "../log.ts";
import { jobId, type Payload } from "../queues.ts";
import type { StoredAlert, TicketRef } from "../store/store.ts";
import type { Try } from "./act.ts";
import { alertId } from "./alert-id.ts";
import { enqueueMove } from "./enqueue-move.ts";
import { type EvaluatedTicket, evaluated } from "./evaluated.ts";
import { normalise } from "./normalise.ts";
import { noticeOf } from "./notice-of.ts";
import type { Ports } from "./ports.ts";
import { record, recordTrouble } from "./record.ts";
import { tellRoles } from "./tell-roles.ts";

type AlertAction = Extract<Payload<"action">, { kind: "alert" }>;

/** Tells every role of an owed step, each receiver once, and records the step as taken. */
export async function actAlert(action: AlertAction, attempt: Try, ports: Ports): Promise<void> {
	const ref = { connection: action.connection, ticket: action.ticket };
	await readBack(ref, ports);
	const found = await evaluated(await ports.store.readTicket(ref), ports);
	const step = found.evaluation.owed.find((owed) => isSameStep(owed, action));
	if (step === undefined) {
		ports.log.info({ ...ref, goal: action.goal, step: action.step }, "alert no longer owed");
		return;
	}
	const id = alertId(ref, step);
	const known = (await ports.store.readAlert(id)) ?? newAlert(id, ref, step);
	const kind = kindOf(step, clockOf(step, found));
	const { alert, unreachable } = await tellRoles(
		known,
		{
			policy: found.policy,
			attempt,
			noticeFor: (receiver, isPossiblyRepeated) =>
				noticeOf(known, { receiver, kind, isPossiblyRepeated }, found, ports),
		},
		ports,
	);
	for (const role of unreachable) {
		const what = `Role "${role}" has no address that works here; nobody was told of ${step.goal}, step ${step.step}.`;
		await recordTrouble(ref, { where: "telling people", what }, ports);
	}
	if (step.note) {
		await ports.queues.add("action", { kind: "note", ...ref, alert: id, about: "step" }, { id: jobId("note", id) });
	}
	if (step.moveTo !== undefined) await enqueueMove(found, step.moveTo, `s-alerted-${id}`, ports);
	const isSent = alert.receipts.some(({ outcome }) => outcome === "sent");
	await record(
		ref,
		`alerted-${id}`,
		{
			...{ kind: "alerted", alert: id, goal: step.goal, cycle: step.cycle, step: step.step },
			...{ occurrence: step.occurrence, outcome: isSent ? "sent" : "failed", roles: step.roles },
		},
		ports,
	);
	ports.log.info({ ...ref, alert: id, goal: step.goal, step: step.step, roles: step.roles, isSent }, "alerted");
}

/** Nobody is woken for what was answered a moment ago. A helpdesk that does not answer keeps no alert back. */
async function readBack(ref: TicketRef, ports: Ports): Promise<void> {
	try {
		await normalise(ref, ports);
	} catch (error) {
		ports.log.warn({ ...ref, ...failure(error) }, "not read back before an alert");
	}
}

function isSameStep(owed: OwedStep, action: AlertAction): boolean {
	return (
		owed.goal === action.goal &&
		owed.cycle === action.cycle &&
		owed.step === action.step &&
		owed.occurrence === action.occurrence
	);
}

function newAlert(id: string, ref: TicketRef, step: OwedStep): StoredAlert {
	const { goal, cycle, occurrence, owedAt, rung, roles } = step;
	return { id, ref, goal, cycle, step: step.step, occurrence, owedAt, rung, roles, receipts: [], acknowledged: null };
}

function clockOf(step: OwedStep, { evaluation }: EvaluatedTicket): Clock | undefined {
	return evaluation.clocks.find(({ goal, cycle }) => goal === step.goal && cycle === step.cycle);
}

function kindOf(step: OwedStep, clock: Clock | undefined): Notice["kind"] {
	if (step.cause === "promise-expired") return "re-opened";
	if (clock?.state !== "missed") return "warning";
	const isBreach = step.cause === "re-prioritised" || (clock.deadline !== null && step.owedAt - clock.deadline <= 1);
	return isBreach ? "breach" : "escalation";
}
