import type { Service } from "../policy/policy.ts";
import type { Fact } from "./fact.ts";

/**
 * Why a ticket cannot be handed over so. `unknown-line`: the service has no such line. `not-designated`: that line has
 * nobody who would receive it. `no-text`: nothing was written for who takes over.
 */
export type HandOverRefusal = "unknown-line" | "not-designated" | "no-text";

/** Whether a hand-over to a line may be recorded; `null`: it may. A service without lines hands over to anybody. */
export function handOverRefusal(
	{ lines }: Pick<Service, "lines">,
	{ to, text }: { to: string; text: string },
): HandOverRefusal | null {
	const line = lines.find(({ id }) => id === to);
	if (line === undefined && lines.length > 0) return "unknown-line";
	if (line?.designated === false) return "not-designated";
	return text.trim() === "" ? "no-text" : null;
}

/**
 * Why attention cannot be asked so. `report-first`: there is no ticket to ask it for. `unknown-level`: the service has
 * no contact of that level. `level-before-first`: the level before has not been asked about this ticket.
 */
export type EscalationRefusal = "report-first" | "unknown-level" | "level-before-first";

/** Whether a level of a service's contacts may be asked about the ticket with these facts; `null`: it may. */
export function escalationRefusal(
	{ escalation }: Pick<Service, "escalation">,
	facts: readonly Fact[],
	level: number,
): EscalationRefusal | null {
	if (!facts.some(({ kind }) => kind === "opened")) return "report-first";
	if (escalation[level - 1] === undefined) return "unknown-level";
	const wasAsked = facts.some((fact) => fact.kind === "escalation-asked" && fact.level === level - 1);
	return level > 1 && !wasAsked ? "level-before-first" : null;
}
