import type { Action } from "../queues.ts";
import { actAlert } from "./act-alert.ts";
import { actFactNote } from "./act-fact-note.ts";
import { actMove } from "./act-move.ts";
import { actNote, actPageNote } from "./act-note.ts";
import { actPage } from "./act-page.ts";
import { actPriority } from "./act-priority.ts";
import { actRequest } from "./act-request.ts";
import { actDeadline } from "./deadline-field.ts";
import type { Ports } from "./ports.ts";

/** How a job is being tried: what it gives up on its last try is recorded as given up. */
export type Try = { isLast: boolean };

/**
 * Does one thing in the world and records it. Safe to repeat: what was done already is recognised, and what is no
 * longer asked for is not done. Throws what may be tried again.
 */
export function act(action: Action, attempt: Try, ports: Ports): Promise<void> {
	switch (action.kind) {
		case "alert":
			return actAlert(action, attempt, ports);
		case "note":
			return actNote(action, attempt, ports);
		case "page-note":
			return actPageNote(action, attempt, ports);
		case "set-priority":
			return actPriority(action, attempt, ports);
		case "move":
			return actMove(action, attempt, ports);
		case "set-deadline":
			return actDeadline(action, attempt, ports);
		case "fact-note":
			return actFactNote(action, attempt, ports);
		case "request":
			return actRequest(action, attempt, ports);
		case "page":
			return actPage(action, attempt, ports);
	}
}
