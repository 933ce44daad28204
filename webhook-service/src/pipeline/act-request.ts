import type { Fact } from "@stipt/shared/sla/fact";
import type { Payload } from "../queues.ts";
import type { StoredAlert, TicketRef } from "../store/store.ts";
import { sha256 } from "../verify.ts";
import type { Try } from "./act.ts";
import { evaluated } from "./evaluated.ts";
import { noticeOf } from "./notice-of.ts";
import type { Ports } from "./ports.ts";
import { recordTrouble } from "./record.ts";
import { tellRoles } from "./tell-roles.ts";

type Requested = Extract<Fact, { kind: "escalation-asked" }>;

/** The alert by which a contact hears that somebody asked for attention. */
export function requestId({ connection, ticket }: TicketRef, fact: string): string {
	return sha256(`request ${connection} ${ticket} ${fact}`).slice(0, 24);
}

/** Tells a contact that somebody asked for attention; one ticket's clocks and ladders stay as they are. */
export async function actRequest(
	action: Extract<Payload<"action">, { kind: "request" }>,
	attempt: Try,
	ports: Ports,
): Promise<void> {
	const ref = { connection: action.connection, ticket: action.ticket };
	const found = await evaluated(await ports.store.readTicket(ref), ports);
	const fact = found.ticket.facts.find(({ id }) => id === action.fact);
	if (fact?.kind !== "escalation-asked") return;
	const id = requestId(ref, fact.id);
	const { clocks, service } = found.evaluation;
	const clock = clocks.find(({ stoppedAt }) => stoppedAt === null) ?? clocks[0];
	const levels = found.policy.services.find((candidate) => candidate.id === service)?.escalation.length ?? fact.level;
	const known = (await ports.store.readAlert(id)) ?? newRequest(id, ref, fact, { clock, levels });
	const request = { by: fact.by.id ?? "", reason: fact.reason };
	const { unreachable } = await tellRoles(
		known,
		{
			policy: found.policy,
			attempt,
			noticeFor: (receiver, isPossiblyRepeated) =>
				noticeOf(known, { receiver, kind: "request", isPossiblyRepeated, request }, found, ports),
		},
		ports,
	);
	for (const role of unreachable) {
		const what = `Role "${role}" has no address that works here; nobody was told that attention was asked for.`;
		await recordTrouble(ref, { where: "telling people", what }, ports);
	}
}

function newRequest(
	id: string,
	ref: TicketRef,
	{ at, level, role }: Requested,
	{ clock, levels }: { clock: Pick<StoredAlert, "goal" | "cycle"> | undefined; levels: number },
): StoredAlert {
	const { goal, cycle } = clock ?? { goal: "resolution" as const, cycle: 1 };
	const rung = { step: level, of: Math.max(level, levels) };
	const step = `request-${level}`;
	return {
		id,
		ref,
		goal,
		cycle,
		step,
		occurrence: 0,
		owedAt: at,
		rung,
		roles: [role],
		receipts: [],
		acknowledged: null,
	};
}
