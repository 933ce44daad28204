import type { Instant } from "@stipt/shared/calendar/calendar";
import { judge } from "@stipt/shared/simulation/publication";
import { readLedger } from "@stipt/shared/sla/evaluate";
import type { Evaluation } from "@stipt/shared/sla/evaluation";
import type { Goal } from "@stipt/shared/sla/fact";
import { escalationRefusal, handOverRefusal } from "@stipt/shared/sla/refusals";
import { handPausesOf } from "@stipt/shared/sla/standstill";
import { isEnded } from "@stipt/shared/sla/story";
import type { TicketAction } from "@stipt/shared/wire/ticket-action";
import { ServiceError } from "../errors.ts";
import type { EvaluatedTicket } from "./evaluated.ts";

/** Nobody plans a ticket further ahead than this. */
const furthestMs = 366 * 24 * 3600 * 1000;

const handOverRefusals = {
	"unknown-line": "a line of the ticket's service",
	"not-designated": "a line for which a person or department is designated",
	"no-text": "what the next line needs to know",
} as const;

const escalationRefusals = {
	"report-first": "a ticket that was opened",
	"unknown-level": "a level of the service's contacts",
	"level-before-first": "the level before to be asked first",
} as const;

/** Throws `unreadable` for an action that cannot be meant so, `conflict` for one that the ticket is in no state for. */
export function checkAction(action: TicketAction, found: EvaluatedTicket, now: Instant): void {
	const { ticket, policy, evaluation } = found;
	const service = policy.services.find(({ id }) => id === evaluation.service);
	switch (action.kind) {
		case "pause":
		case "ask-information":
			checkAhead("until", action.until, now);
			if (pausableGoals(evaluation, policy.manualPauses.goals).length > 0) return;
			throw conflict("a clock that runs and that people may stop", "none");
		case "resume":
			if (canResume(found, now)) return;
			throw conflict("a clock that somebody stopped", "none");
		case "agree-deadline": {
			checkAhead("deadline", action.deadline, now);
			const clock = evaluation.clocks.find(({ goal, stoppedAt }) => goal === action.goal && stoppedAt === null);
			if (clock === undefined) throw conflict(`a clock for ${action.goal} that runs`, "none");
			if (action.deadline === null && clock.agreed === undefined)
				throw conflict("an agreed deadline to take back", "none");
			return;
		}
		case "hand-over": {
			if (isEnded(evaluation.state)) throw conflict("a ticket that is not done with", evaluation.state);
			const refusal = handOverRefusal({ lines: service?.lines ?? [] }, action);
			if (refusal !== null) throw refused(refusal === "no-text" ? "text" : "to", handOverRefusals[refusal], action.to);
			if (evaluation.lines.at(-1)?.line === action.to)
				throw conflict("another line than the one that has it", action.to);
			return;
		}
		case "ask-escalation": {
			const refusal = escalationRefusal({ escalation: service?.escalation ?? [] }, ticket.facts, action.level);
			if (refusal === null) return;
			const expected = escalationRefusals[refusal];
			if (refusal === "unknown-level") throw refused("level", expected, String(action.level));
			throw conflict(expected, `level ${action.level}`);
		}
		case "change-channel":
			if (evaluation.channel === action.channel) throw conflict("another channel than the present one", action.channel);
			return;
		case "phoned":
			return;
	}
}

/** Goals whose clocks run and that people may stop. */
export function pausableGoals({ clocks }: Evaluation, goals: readonly Goal[]): Goal[] {
	return clocks.filter(({ goal, stoppedAt }) => stoppedAt === null && goals.includes(goal)).map(({ goal }) => goal);
}

/** Whether somebody stopped the clocks and that still lasts. */
export function canResume({ ticket, timeline }: EvaluatedTicket, now: Instant): boolean {
	const { story } = readLedger(ticket.facts, judge(timeline), now);
	return handPausesOf(story).some(({ end }) => end === null || end > now);
}

function checkAhead(path: string, written: string | null | undefined, now: Instant): void {
	if (written == null) return;
	const at = Date.parse(written);
	if (at > now && at - now <= furthestMs) return;
	throw refused(path, "an instant within the coming year", written);
}

function refused(path: string, expected: string, found: string): ServiceError {
	return new ServiceError("unreadable", `${path}: expected ${expected}, found ${found}.`, {
		problems: [{ path, expected, found }],
	});
}

function conflict(expected: string, found: string): ServiceError {
	return new ServiceError("conflict", `Expected ${expected}, found ${found}.`);
}
