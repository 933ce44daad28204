import { type AlertName, alertKey } from "@stipt/shared/sla/alert-id";
import type { TicketRef } from "../store/store.ts";
import { sha256 } from "../verify.ts";

/** The same step of the same clock of the same ticket always has the same alert; short enough for an address. */
export function alertId(ref: TicketRef, step: Omit<AlertName, keyof TicketRef>): string {
	const { goal, cycle, occurrence } = step;
	return sha256(alertKey({ ...ref, goal, cycle, step: step.step, occurrence })).slice(0, 24);
}
