import { expectReply } from "../expect-reply.ts";
import type { Mapping } from "../helpdesk.ts";
import { mostUrgentFirst, proposePriorities } from "../propose-priorities.ts";
import { type ZammadContext, zammadApi } from "./api.ts";
import { priorityRows, stateRows } from "./replies.ts";
import { statesByType } from "./states.ts";

/** Priorities by their words, or else by their numbers (Zammad's own rise with urgency); states by their types. */
export async function proposeMapping(context: ZammadContext): Promise<Mapping> {
	const api = zammadApi(context);
	const priorities = expectReply(
		priorityRows,
		await api.send("GET", "/ticket_priorities?expand=true"),
		"the priorities of Zammad",
	);
	const states = expectReply(stateRows, await api.send("GET", "/ticket_states?expand=true"), "the states of Zammad");
	const rising = priorities.filter(({ active }) => active !== false).sort((a, b) => a.name.localeCompare(b.name, "en"));
	return {
		priorities: proposePriorities(mostUrgentFirst(rising.reverse().map(({ name }) => name))),
		states: statesByType(states),
	};
}
