import type { TicketState } from "@stipt/shared/sla/fact";
import type { Mapping } from "../helpdesk.ts";
import type { StateRows } from "./replies.ts";

/** What Zammad's state types mean; their names, unlike those of states, are fixed. */
const stateOfType: Record<string, TicketState> = {
	new: "new",
	open: "open",
	"pending reminder": "waiting",
	"pending action": "waiting",
	closed: "closed",
	merged: "merged",
	removed: "deleted",
};

/** The states that Zammad has, by their types; a type that we do not know counts as open. */
export function statesByType(rows: StateRows): Record<string, TicketState> {
	return Object.fromEntries(rows.map((row) => [row.name, stateOfType[row.state_type] ?? "open"]));
}

/**
 * Says what a state is: by the mapping, else by the type of the state of that name or (when it was renamed
 * since) of that id. A state that is gone altogether counts as open: a clock that runs is noticed, one that
 * wrongly rests is not.
 */
export function stateReader(mapping: Mapping, rows: StateRows): (label: string, id?: number | null) => TicketState {
	const types = statesByType(rows);
	return (label, id) => {
		const renamed = rows.find((row) => row.id === id)?.name;
		return mapping.states[label] ?? types[label] ?? (renamed === undefined ? undefined : types[renamed]) ?? "open";
	};
}
