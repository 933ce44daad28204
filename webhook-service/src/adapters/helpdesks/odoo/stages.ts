import type { TicketState } from "@stipt/shared/sla/fact";
import type { StageRow } from "./rows.ts";

const waiting = /await|wait|hold|pending|customer|wacht|klant|attente|client|wart|kunde/i;
const solved = /solved|resolved|opgelost|résolu|gelöst/i;

/** What a stage means by its flags alone. */
export function stateOfStage({ closed, unattended }: StageRow): TicketState {
	return closed ? "closed" : unattended ? "new" : "open";
}

/** The same, with a guess at waiting and solved by the stage's name: Odoo has no flag for them. For a person to check. */
export function proposedState(stage: StageRow): TicketState {
	const state = stateOfStage(stage);
	if (state !== "open") return state;
	if (solved.test(stage.name)) return "solved";
	return waiting.test(stage.name) ? "waiting" : "open";
}
