import { expectReply } from "../expect-reply.ts";
import type { Mapping, Vocabulary } from "../helpdesk.ts";
import { mostUrgentFirst, proposePriorities } from "../propose-priorities.ts";
import { type ZammadApi, type ZammadContext, zammadApi } from "./api.ts";
import { groupRows, meReply, priorityRows, stateRows } from "./replies.ts";
import { statesByType } from "./states.ts";

/** Priorities by their words, or else by their numbers (Zammad's own rise with urgency); states by their types. */
export async function proposeMapping(context: ZammadContext): Promise<Mapping> {
	const { priorities, states } = await words(zammadApi(context));
	return {
		priorities: proposePriorities(priorities.map(({ label }) => label)),
		states: Object.fromEntries(states.map(({ label, state }) => [label, state])),
	};
}

/** Priorities, states and groups. An agent of 5.2 may not list groups: then those that the user has access to. */
export async function vocabulary(context: ZammadContext): Promise<Vocabulary> {
	const api = zammadApi(context, context.connection.settings.installToken);
	const groups = await api.send("GET", "/groups?expand=true").then(
		(body) =>
			groupRows
				.safeParse(body)
				.data?.filter(({ active }) => active !== false)
				.map(({ name }) => name),
		() => undefined,
	);
	return { ...(await words(zammadApi(context))), groups: groups ?? (await ownGroups(zammadApi(context))) };
}

async function words(api: ZammadApi): Promise<Omit<Vocabulary, "groups">> {
	const priorities = expectReply(
		priorityRows,
		await api.send("GET", "/ticket_priorities?expand=true"),
		"the priorities of Zammad",
	);
	const states = expectReply(stateRows, await api.send("GET", "/ticket_states?expand=true"), "the states of Zammad");
	const rising = priorities.filter(({ active }) => active !== false).sort((a, b) => a.name.localeCompare(b.name, "en"));
	const meaning = statesByType(states);
	return {
		priorities: mostUrgentFirst(rising.reverse().map(({ name }) => name)).map((label) => ({ label, shown: label })),
		states: states.map(({ name, state_type }) => ({
			label: name,
			state: meaning[name] ?? "open",
			because: `state type "${state_type}"`,
		})),
	};
}

async function ownGroups(api: ZammadApi): Promise<string[]> {
	const me = expectReply(meReply, await api.send("GET", "/users/me?expand=true"), "a user of Zammad");
	return Object.keys(me.groups ?? {});
}
