import type { Policy, Role } from "@stipt/shared/policy/policy";
import type { Clock, OwedStep } from "@stipt/shared/sla/evaluation";
import type { Notice } from "../adapters/channels/channel.ts";
import { ServiceError } from "../errors.ts";
import { failure } from "../log.ts";
import { jobId, type Payload } from "../queues.ts";
import type { StoredAlert, StoredConnection, TicketRef } from "../store/store.ts";
import type { Try } from "./act.ts";
import { alertId } from "./alert-id.ts";
import { type EvaluatedTicket, evaluated } from "./evaluated.ts";
import { acknowledgeLink } from "./links.ts";
import { normalise } from "./normalise.ts";
import type { Ports } from "./ports.ts";
import { record, recordReceipt, recordTrouble } from "./record.ts";

type AlertAction = Extract<Payload<"action">, { kind: "alert" }>;
type Receiver = { key: string; connection: StoredConnection; role: Role; to: string[] };

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
	let alert = (await ports.store.readAlert(id)) ?? newAlert(id, ref, step);
	await ports.store.saveAlert(alert);
	const { receivers, unreachable } = await receiversOf(step, found.policy, ports);
	const failures: unknown[] = [];
	for (const receiver of receivers) {
		const before = alert.receipts.find(({ key }) => key === receiver.key);
		if (before?.outcome === "sent" || before?.outcome === "failed") continue;
		const receipt = {
			...{ key: receiver.key, channel: receiver.connection.adapter, to: receiver.role.id, at: ports.time() },
		};
		alert = await recordReceipt(alert, { ...receipt, outcome: "sending", detail: "" }, ports);
		try {
			const notice = noticeOf(receiver, step, found, before !== undefined, ports);
			const row = ports.adapters.channels[receiver.connection.adapter];
			if (row === undefined) throw new ServiceError("misconfigured", `No channel "${receiver.connection.adapter}".`);
			const { detail } = await row.bind(receiver.connection, ports.callFor(receiver.connection)).send(notice);
			alert = await recordReceipt(alert, { ...receipt, outcome: "sent", detail }, ports);
		} catch (error) {
			const canRetry = !(error instanceof ServiceError) || error.retry;
			if (canRetry && !attempt.isLast) {
				failures.push(error);
				continue;
			}
			const detail = error instanceof Error ? error.message : String(error);
			alert = await recordReceipt(alert, { ...receipt, outcome: "failed", detail }, ports);
			await recordTrouble(
				ref,
				{ where: `telling ${receiver.role.id} by ${receiver.connection.id}`, what: detail },
				ports,
			);
		}
	}
	if (failures.length > 0) throw failures[0];
	for (const role of unreachable) {
		const what = `Role "${role}" has no address that works here; nobody was told of ${step.goal}, step ${step.step}.`;
		await recordTrouble(ref, { where: "telling people", what }, ports);
	}
	if (step.note) {
		await ports.queues.add("action", { kind: "note", ...ref, alert: id, about: "step" }, { id: jobId("note", id) });
	}
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

async function receiversOf(
	step: OwedStep,
	policy: Policy,
	{ connections }: Ports,
): Promise<{ receivers: Receiver[]; unreachable: string[] }> {
	const channels = await connections.all("channel");
	const receivers: Receiver[] = [];
	const unreachable: string[] = [];
	for (const id of step.roles) {
		const role = policy.roles.find((candidate) => candidate.id === id);
		if (role === undefined) continue;
		const before = receivers.length;
		for (const connection of channels) {
			const isEmail = connection.adapter === "email" && role.email.length > 0;
			const isNamed = role.webhooks.includes(connection.id);
			if (isEmail) receivers.push({ key: `${id}.${connection.id}`, connection, role, to: role.email });
			if (isNamed) receivers.push({ key: `${id}.${connection.id}`, connection, role, to: [] });
		}
		if (receivers.length === before) unreachable.push(id);
	}
	return { receivers, unreachable };
}

function noticeOf(
	receiver: Receiver,
	step: OwedStep,
	{ ticket, policy, evaluation }: EvaluatedTicket,
	possiblyRepeated: boolean,
	ports: Ports,
): Notice {
	const alert = alertId(ticket.ref, step);
	const clock = evaluation.clocks.find(({ goal, cycle }) => goal === step.goal && cycle === step.cycle);
	const service = policy.services.find(({ id }) => id === evaluation.service);
	const priority = policy.priorities.find(({ id }) => id === evaluation.priority);
	const plain = (text: string) => ({ nl: text, fr: text, de: text, en: text });
	const { snapshot, ref } = ticket;
	return {
		key: `${alert}.${receiver.key}`,
		alert,
		kind: kindOf(step, clock),
		role: receiver.role.name,
		language: receiver.role.language,
		to: receiver.to,
		ticket: { ...ref, number: snapshot?.number ?? ref.ticket, title: snapshot?.title ?? "", url: snapshot?.url ?? "" },
		priority: { id: evaluation.priority, name: priority?.name ?? plain(evaluation.priority) },
		service: service?.name ?? plain(evaluation.service),
		goal: step.goal,
		deadline: clock?.deadline ?? null,
		remainingMs: clock?.remaining ?? null,
		zone: (clock?.calendar ? policy.calendars[clock.calendar]?.zone : undefined) ?? "Europe/Brussels",
		rung: step.rung,
		occurrence: step.occurrence,
		acknowledgeUrl: acknowledgeLink(alert, ports.time(), ports),
		now: ports.time(),
		possiblyRepeated,
	};
}

function kindOf(step: OwedStep, clock: Clock | undefined): Notice["kind"] {
	if (step.cause === "promise-expired") return "re-opened";
	if (clock?.state !== "missed") return "warning";
	const isBreach = step.cause === "re-prioritised" || (clock.deadline !== null && step.owedAt - clock.deadline <= 1);
	return isBreach ? "breach" : "escalation";
}
