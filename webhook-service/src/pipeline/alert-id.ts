import type { OwedStep } from "@stipt/shared/sla/evaluation";
import type { TicketRef } from "../store/store.ts";
import { sha256 } from "../verify.ts";

/** The same step of the same clock of the same ticket always has the same alert. */
export function alertId(ref: TicketRef, step: Pick<OwedStep, "goal" | "cycle" | "step" | "occurrence">): string {
	const key = [ref.connection, ref.ticket, step.goal, step.cycle, step.step, step.occurrence].join("\n");
	return sha256(key).slice(0, 24);
}
