import type { Policy, Service } from "@stipt/shared/policy/policy";
import { judge } from "@stipt/shared/simulation/publication";
import { readLedger } from "@stipt/shared/sla/evaluate";
import type { Fact } from "@stipt/shared/sla/fact";
import { escalationRefusal, handOverRefusal } from "@stipt/shared/sla/refusals";
import { isEnded } from "@stipt/shared/sla/story";
import type { NamedRole, TicketDetail } from "@stipt/shared/wire/ticket-action";
import type { StoredAlert } from "../store/store.ts";
import { roleName } from "./act-note.ts";
import type { EvaluatedTicket } from "./evaluated.ts";
import type { Ports } from "./ports.ts";
import { canResume, pausableGoals } from "./refuse-action.ts";

const iso = (instant: number) => new Date(instant).toISOString();

/** What the card of a ticket opens to: who hears when, what was sent, whose turn it was, what can be done. */
export async function ticketDetail(found: EvaluatedTicket, { store, time }: Ports): Promise<TicketDetail> {
	const { ticket, policy, evaluation } = found;
	const now = time();
	const service = policy.services.find(({ id }) => id === evaluation.service);
	const isPromised = policy.mode === "promised";
	return {
		planned: isPromised ? plannedOf(found, now) : [],
		sent: (await store.ticketAlerts(ticket.ref)).reverse().map((alert) => sentOf(alert, policy)),
		lines: evaluation.lines.map(({ line, receivedAt, passedAt, used, leftAtReceipt }) => ({
			line,
			name: lineName(service, line),
			receivedAt: iso(receivedAt),
			passedAt: passedAt === null ? null : iso(passedAt),
			usedMs: used,
			leftAtReceiptMs: leftAtReceipt,
		})),
		handOverTo: isEnded(evaluation.state) ? [] : handOverTo(service, evaluation.lines.at(-1)?.line ?? null),
		pauses: {
			goals: pausableGoals(evaluation, policy.manualPauses.goals),
			canPause: pausableGoals(evaluation, policy.manualPauses.goals).length > 0,
			canResume: canResume(found, now),
		},
		escalation: contactsOf(service, ticket.facts, policy),
		incidents: await incidentsOf(ticket.facts, store),
		phoneOutstanding: evaluation.phoneOutstanding,
		asOf: iso(now),
	};
}

/** Owed steps that nobody has taken yet are planned for now. */
function plannedOf({ ticket, timeline, policy }: EvaluatedTicket, now: number): TicketDetail["planned"] {
	const { calls, evaluation } = readLedger(ticket.facts, judge(timeline), now);
	const ladders = new Map(
		policy.ladders.flatMap(({ steps }) => steps.map(({ id }, index) => [id, { index, of: steps.length }])),
	);
	const owed = evaluation.owed.map(({ goal, step, roles, rung }) => ({ at: now, goal, step, rung, roles }));
	const ahead = calls.ahead.map(({ course, step, at }) => {
		const { index = 0, of = 1 } = ladders.get(step.id) ?? {};
		return { at, goal: course.clock.goal, step: step.id, rung: { step: index + 1, of }, roles: step.notify };
	});
	return [...owed, ...ahead]
		.sort((a, b) => a.at - b.at)
		.map(({ at, roles, ...step }) => ({ at: iso(at), ...step, roles: roles.map((id) => named(policy, id)) }));
}

function sentOf(alert: StoredAlert, policy: Policy): TicketDetail["sent"][number] {
	const { id, owedAt, goal, step, occurrence, roles, receipts, acknowledged } = alert;
	return {
		alert: id,
		...{ goal, step, occurrence },
		owedAt: iso(owedAt),
		roles: roles.map((role) => named(policy, role)),
		told: receipts.map(({ to, channel, at, outcome }) => ({ role: named(policy, to), channel, at: iso(at), outcome })),
		acknowledged:
			acknowledged === null
				? null
				: { by: acknowledged.by, at: iso(acknowledged.at), nextPromise: iso(acknowledged.nextPromise) },
	};
}

function handOverTo(service: Service | undefined, present: string | null): TicketDetail["handOverTo"] {
	const lines = service?.lines ?? [];
	return lines
		.filter(({ id }) => id !== present && handOverRefusal({ lines }, { to: id, text: "…" }) === null)
		.map(({ id, name }) => ({ line: id, name }));
}

function contactsOf(service: Service | undefined, facts: readonly Fact[], policy: Policy): TicketDetail["escalation"] {
	const escalation = service?.escalation ?? [];
	const asked = facts.filter((fact) => fact.kind === "escalation-asked");
	return escalation.map((role, index) => {
		const level = index + 1;
		const last = asked.filter((fact) => fact.level === level).at(-1);
		return {
			level,
			role: named(policy, role),
			asked: last === undefined ? null : { by: last.by.id ?? "", at: iso(last.at), reason: last.reason },
			canAsk: escalationRefusal({ escalation }, facts, level) === null,
		};
	});
}

async function incidentsOf(facts: readonly Fact[], store: Ports["store"]): Promise<TicketDetail["incidents"]> {
	const links = facts.filter((fact) => fact.kind === "page-event-linked");
	const found = await Promise.all(
		links.map(async ({ connection, event, role }) => {
			const known = await store.readPageEvent(connection, event);
			if (known === null) return [];
			const { title, words = null, status, url } = known.event;
			return [{ page: connection, event, role, title, titles: words, status, url }];
		}),
	);
	return found.flat();
}

function lineName(service: Service | undefined, id: string) {
	return service?.lines.find((line) => line.id === id)?.name ?? { nl: id, fr: id, de: id, en: id };
}

function named(policy: Policy, id: string): NamedRole {
	return { id, name: roleName(policy, id) };
}
