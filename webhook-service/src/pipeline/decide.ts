import type { Instant } from "@stipt/shared/calendar/calendar";
import { coalesced } from "@stipt/shared/simulation/coalesced";
import { promisedSince } from "@stipt/shared/simulation/publication";
import type { OwedStep } from "@stipt/shared/sla/evaluation";
import type { Fact } from "@stipt/shared/sla/fact";
import { worst } from "@stipt/shared/sla/ladder";
import { jobId } from "../queues.ts";
import type { TicketRef } from "../store/store.ts";
import { alertId } from "./alert-id.ts";
import { enqueueDeadline } from "./deadline-field.ts";
import { enqueueMove } from "./enqueue-move.ts";
import { type EvaluatedTicket, evaluated } from "./evaluated.ts";
import { owedPages } from "./page-rules.ts";
import type { Ports } from "./ports.ts";
import { schedule } from "./schedule.ts";

/** An action that was owed and is still not recorded is looked at again after this long. */
const overdueActionMs = 60_000;

/**
 * Evaluates a ticket's ledger and sets in motion what it asks for now: the one alert that is owed most, the status
 * page's next state, and the alarm for the next instant of interest. Doing it twice, late or early changes nothing.
 */
export async function decide(ref: TicketRef, ports: Ports): Promise<EvaluatedTicket | null> {
	const { store, time, log } = ports;
	const ticket = await store.readTicket(ref);
	if (ticket.facts.length === 0) return null;
	let found = await evaluated(ticket, ports);
	const skipped = await superseded(found, ports);
	if (skipped.length > 0) {
		await enqueueSkippedMove(found, skipped, ports);
		const { ticket: after } = await store.appendFacts(
			ref,
			skipped.map(({ fact }) => fact),
		);
		found = await evaluated(after, ports);
	}
	const { evaluation, policy } = found;
	const now = time();
	const owed = policy.mode === "promised" ? worst(evaluation.owed) : null;
	if (owed !== null) await enqueueAlert(ref, owed, ports);
	const pages = policy.mode === "promised" ? await owedPages(found, ports) : [];
	for (const rule of pages) {
		const id = jobId("page", ref.connection, ref.ticket, rule, found.ticket.revision);
		await ports.queues.add("action", { kind: "page", ...ref, rule }, { id });
	}
	const wakeAt = earliest(evaluation.wakeAt, owed !== null || pages.length > 0 ? now + overdueActionMs : null);
	await schedule(ref, wakeAt === null ? null : { wakeAt, revision: found.ticket.revision }, ports);
	await store.saveOpen(ref, openIndex(found));
	await enqueueDeadline(found, ports);
	log.info(
		{
			...ref,
			revision: found.ticket.revision,
			priority: evaluation.priority,
			owed: owed === null ? null : `${owed.goal} ${owed.step}`,
			wakeAt: wakeAt === null ? null : new Date(wakeAt).toISOString(),
		},
		"decided",
	);
	return found;
}

/**
 * Steps that are owed too but say less than the one that goes out, and steps from before we were connected or from when
 * nothing was promised.
 */
async function superseded(
	{ ticket, timeline, evaluation, policy }: EvaluatedTicket,
	ports: Ports,
): Promise<{ step: OwedStep; isTooOld: boolean; fact: Fact }[]> {
	if (policy.mode !== "promised" || evaluation.owed.length === 0) return [];
	const { createdAt } = await ports.connections.get(ticket.ref.connection);
	const since = Math.max(createdAt, promisedSince(timeline) ?? createdAt);
	const now = ports.time();
	return coalesced(evaluation.owed, since).superseded.map(({ step, because }) => {
		const alert = alertId(ticket.ref, step);
		const isOlder = step.owedAt < createdAt;
		const detail =
			because === "higher-owed"
				? "a higher step was owed too"
				: `owed before ${isOlder ? "the helpdesk was connected" : "it was promised"}`;
		const fact: Fact = {
			...{ id: `s-alerted-${alert}`, kind: "alerted", at: now, seenAt: now, alert, outcome: "superseded", detail },
			...{ goal: step.goal, cycle: step.cycle, step: step.step, occurrence: step.occurrence, roles: [] },
		};
		return { step, isTooOld: because !== "higher-owed", fact };
	});
}

/** Where a lower step would have moved the ticket, it still goes, as far as the step that is sent says nothing else. */
async function enqueueSkippedMove(
	found: EvaluatedTicket,
	skipped: Awaited<ReturnType<typeof superseded>>,
	ports: Ports,
): Promise<void> {
	const moving = skipped.filter(({ step, isTooOld }) => step.moveTo !== undefined && !isTooOld);
	const highest = worst(moving.map(({ step }) => step));
	const cause = moving.find(({ step }) => step === highest)?.fact.id;
	const sent = worst(found.evaluation.owed.filter((step) => !skipped.some((each) => each.step === step)));
	if (highest?.moveTo === undefined || cause === undefined) return;
	const { line, group, owner } = sent?.moveTo ?? {};
	if (line !== undefined || group !== undefined) return;
	const { owner: _, ...place } = highest.moveTo;
	await enqueueMove(found, owner === undefined ? highest.moveTo : place, cause, ports);
}

async function enqueueAlert(ref: TicketRef, step: OwedStep, { queues }: Ports): Promise<void> {
	const { goal, cycle, occurrence } = step;
	const id = jobId("alert", ref.connection, ref.ticket, goal, cycle, step.step, occurrence);
	await queues.add("action", { kind: "alert", ...ref, goal, cycle, step: step.step, occurrence }, { id });
}

function openIndex({ ticket, evaluation }: EvaluatedTicket): { urgency: number; owner: string | null } | null {
	if (["solved", "closed", "merged", "deleted"].includes(evaluation.state)) return null;
	const deadlines = evaluation.clocks.flatMap(({ stoppedAt, deadline }) =>
		stoppedAt === null && deadline !== null ? [deadline] : [],
	);
	return { urgency: Math.min(...deadlines), owner: ticket.snapshot?.owner ?? evaluation.owner };
}

function earliest(...instants: (Instant | null)[]): Instant | null {
	const given = instants.filter((instant) => instant !== null);
	return given.length === 0 ? null : Math.min(...given);
}
