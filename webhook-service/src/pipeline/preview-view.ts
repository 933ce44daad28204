import { previewCells } from "@stipt/shared/priority/preview";
import type { Preview } from "@stipt/shared/wire/api";
import type { EvaluatedTicket } from "./evaluated.ts";

/** What each cell of the matrix would mean for a ticket, before one is chosen; `as`: the role in which somebody looks. */
export function previewView(
	{ ticket, policy, evaluation }: EvaluatedTicket,
	{ as, now }: { as: string | null; now: number },
): Preview {
	const { matrix, priorities, roles, deciding } = policy;
	const iso = (instant: number) => new Date(instant).toISOString();
	const choice = ({ id, name, hint }: (typeof matrix.impacts)[number]) => ({ id, name, hint: hint ?? null });
	const roleName = (id: string) => roles.find((role) => role.id === id)?.name ?? { nl: id, fr: id, de: id, en: id };
	return {
		impacts: matrix.impacts.map(choice),
		urgencies: matrix.urgencies.map(choice),
		priorities: priorities.map(({ id, name }) => ({ id, name })),
		current: { impact: evaluation.impact, urgency: evaluation.urgency, priority: evaluation.priority },
		cells: previewCells(ticket.facts, policy, now, as ?? undefined).map((cell) => ({
			impact: cell.impact,
			urgency: cell.urgency,
			priority: cell.priority,
			cappedFrom: cell.cappedFrom,
			justificationLiftsCap: cell.justificationLiftsCap,
			deadlines: cell.deadlines.map(({ goal, deadline, remaining, missed }) => ({
				goal,
				deadline: deadline === null ? null : iso(deadline),
				remainingMs: remaining,
				missed,
			})),
			alerts: cell.alerts.map(({ role, at, goal, step }) => ({ role: roleName(role), at: iso(at), goal, step })),
		})),
		questions: matrix.questions,
		restricted: deciding.restricted
			.filter(({ roles: who }) => as === null || !who.includes(as))
			.flatMap((rule) =>
				rule.priorities.map((priority) => ({ priority, roles: rule.roles.map(roleName), otherwise: rule.otherwise })),
			),
		withoutConsensus:
			deciding.withoutConsensus === null
				? null
				: { role: roleName(deciding.withoutConsensus), isYours: as === deciding.withoutConsensus },
		asOf: iso(now),
	};
}
