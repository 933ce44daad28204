import type { Policy, Role } from "@stipt/shared/policy/policy";
import type { Notice } from "../adapters/channels/channel.ts";
import { ServiceError } from "../errors.ts";
import type { StoredAlert, StoredConnection } from "../store/store.ts";
import type { Try } from "./act.ts";
import type { Ports } from "./ports.ts";
import { recordReceipt, recordTrouble } from "./record.ts";

/** One way to reach one role. */
export type Receiver = { key: string; connection: StoredConnection; role: Role; to: string[] };

/**
 * Sends a notice to every role of an alert over every channel that it has, each receiver once, and keeps the receipts.
 * Throws what may be tried again; what was given up is a trouble. Answers the alert with its receipts, and the roles
 * that no channel reaches.
 */
export async function tellRoles(
	given: StoredAlert,
	{
		policy,
		attempt,
		noticeFor,
	}: { policy: Policy; attempt: Try; noticeFor(receiver: Receiver, isPossiblyRepeated: boolean): Notice },
	ports: Ports,
): Promise<{ alert: StoredAlert; unreachable: string[] }> {
	const { ref } = given;
	let alert = given;
	await ports.store.saveAlert(alert);
	const { receivers, unreachable } = await receiversOf(alert.roles, policy, ports);
	const failures: unknown[] = [];
	for (const receiver of receivers) {
		const before = alert.receipts.find(({ key }) => key === receiver.key);
		if (before?.outcome === "sent" || before?.outcome === "failed") continue;
		const { connection } = receiver;
		const receipt = { key: receiver.key, channel: connection.adapter, to: receiver.role.id, at: ports.time() };
		alert = await recordReceipt(alert, { ...receipt, outcome: "sending", detail: "" }, ports);
		try {
			const notice = noticeFor(receiver, before !== undefined);
			const row = ports.adapters.channels[connection.adapter];
			if (row === undefined) throw new ServiceError("misconfigured", `No channel "${connection.adapter}".`);
			const { detail } = await row.bind(connection, ports.callFor(connection)).send(notice);
			alert = await recordReceipt(alert, { ...receipt, outcome: "sent", detail }, ports);
		} catch (error) {
			const canRetry = !(error instanceof ServiceError) || error.retry;
			if (canRetry && !attempt.isLast) {
				failures.push(error);
				continue;
			}
			const detail = error instanceof Error ? error.message : String(error);
			alert = await recordReceipt(alert, { ...receipt, outcome: "failed", detail }, ports);
			const where = `telling ${receiver.role.id} by ${connection.id}`;
			await recordTrouble(ref, { where, what: detail }, ports);
		}
	}
	if (failures.length > 0) throw failures[0];
	return { alert, unreachable };
}

async function receiversOf(
	roles: readonly string[],
	policy: Policy,
	{ connections }: Ports,
): Promise<{ receivers: Receiver[]; unreachable: string[] }> {
	const channels = await connections.all("channel");
	const receivers: Receiver[] = [];
	const unreachable: string[] = [];
	for (const id of roles) {
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
