import type { Policy } from "@stipt/shared/policy/policy";
import type { Clock, StandingBecause } from "@stipt/shared/sla/evaluation";
import type { ClockView, Confidence, EscalationView, TicketView } from "@stipt/shared/wire/api";
import type { Words } from "@stipt/shared/wire/language";
import type { ConnectionHealth } from "../store/store.ts";
import type { EvaluatedTicket } from "./evaluated.ts";

/** Older than this without a word from the helpdesk, and a timer says that it may be wrong. */
const staleAfterMs = 5 * 60_000;

const iso = (instant: number) => new Date(instant).toISOString();
const isoOrNull = (instant: number | null) => (instant === null ? null : iso(instant));

/** A ticket as agents see it. */
export function ticketView(
	{ ticket, policy, evaluation, at: now }: EvaluatedTicket,
	{ health }: { health: ConnectionHealth },
): TicketView {
	const { ref, snapshot } = ticket;
	const service = policy.services.find(({ id }) => id === evaluation.service);
	const line = service?.lines.find(({ id }) => id === evaluation.lines.at(-1)?.line);
	return {
		connection: ref.connection,
		ticket: ref.ticket,
		number: snapshot?.number ?? ref.ticket,
		title: snapshot?.title ?? "",
		url: snapshot?.url ?? "",
		state: evaluation.state,
		channel: evaluation.channel,
		priority: evaluation.priority,
		impact: evaluation.impact,
		urgency: evaluation.urgency,
		service: evaluation.service,
		...(service === undefined ? {} : { serviceName: service.name }),
		line: line === undefined ? null : { id: line.id, name: line.name },
		owner: snapshot?.owner ?? evaluation.owner,
		policy: { name: policy.name, version: policy.version, mode: policy.mode },
		revision: ticket.revision,
		asOf: iso(now),
		clocks: policy.mode === "measured" ? [] : evaluation.clocks.map((clock) => clockView(clock, policy, now)),
		escalation: policy.mode === "measured" ? null : escalationView(evaluation.escalation),
		confidence: confidence(ticket, health, now),
	};
}

function wordsOf(because: StandingBecause | null, policy: Policy): Words | null {
	if (because === null) return null;
	const { rule, reason } = because;
	if (rule !== null) return policy.pauses[rule]?.reason ?? null;
	return reason === null ? null : { nl: reason, fr: reason, de: reason, en: reason };
}

function clockView(clock: Clock, policy: Policy, now: number): ClockView {
	const calendar = clock.calendar === null ? undefined : policy.calendars[clock.calendar];
	const isRunning = clock.stoppedAt === null && clock.state !== "paused";
	return {
		goal: clock.goal,
		state: clock.state,
		startedAt: iso(clock.startedAt),
		deadline: isoOrNull(clock.deadline),
		remainingMs: clock.remaining,
		elapsedMs: clock.elapsed,
		outsideHours: clock.outsideHours,
		pausedBecause: wordsOf(clock.pausedBecause, policy),
		breachedAt: isoOrNull(clock.breachedAt),
		metAt: isoOrNull(clock.metAt),
		stoppedAt: isoOrNull(clock.stoppedAt),
		calendar: clock.calendar,
		promise: clock.promise,
		targetMs: clock.target !== null && "duration" in clock.target ? clock.target.duration : null,
		targetWorkingDays: clock.target !== null && "workingDays" in clock.target ? clock.target.workingDays : null,
		cycle: clock.cycle,
		pausedSince: isoOrNull(clock.pausedBecause?.since ?? null),
		pausedOwner: clock.pausedBecause?.owner ?? null,
		pausedUntil: isoOrNull(clock.pausedBecause?.until ?? null),
		agreed: clock.agreed === undefined ? null : { at: iso(clock.agreed.at), reason: clock.agreed.reason },
		breachedBy: clock.breachedBy ?? null,
		priority: clock.priority,
		policyVersion: clock.policyVersion,
		line: clock.line ?? null,
		opensAt: calendar !== undefined && isRunning && clock.outsideHours ? opening(() => calendar.nextOpen(now)) : null,
		closesAt:
			calendar !== undefined && isRunning && !clock.outsideHours ? opening(() => calendar.nextClose(now)) : null,
	};
}

/** The next change of hours, or none within the calendar's horizon. */
function opening(find: () => number | null): string | null {
	try {
		return isoOrNull(find());
	} catch {
		return null;
	}
}

function escalationView(escalation: EvaluatedTicket["evaluation"]["escalation"]): EscalationView | null {
	if (escalation === null) return null;
	const { goal, step, of, owedAt, alert, acknowledgedBy, nextPromise } = escalation;
	return { goal, step, of, owedAt: iso(owedAt), alert, acknowledgedBy, nextPromise: isoOrNull(nextPromise) };
}

function confidence(ticket: EvaluatedTicket["ticket"], health: ConnectionHealth, now: number): Confidence {
	const since = iso(ticket.readAt ?? now);
	if (ticket.doubt !== null) return { level: "unsure", reason: ticket.doubt.reason, since: iso(ticket.doubt.since) };
	const heard = Math.max(health.polledAt ?? 0, ticket.readAt ?? 0);
	if (now - heard > staleAfterMs) return { level: "stale", reason: "no-contact", since: iso(heard) };
	return { level: "fresh", reason: null, since };
}
