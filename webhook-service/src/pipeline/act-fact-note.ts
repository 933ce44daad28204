import type { Payload } from "../queues.ts";
import { sha256 } from "../verify.ts";
import { deedNote } from "../words/deed-notes.ts";
import type { Try } from "./act.ts";
import { roleName, writeNote, zoneOf } from "./act-note.ts";
import { evaluated } from "./evaluated.ts";
import type { Ports } from "./ports.ts";

/** Says in the ticket what somebody did here: paused, agreed, handed over, asked for attention. */
export async function actFactNote(
	action: Extract<Payload<"action">, { kind: "fact-note" }>,
	attempt: Try,
	ports: Ports,
): Promise<void> {
	const ref = { connection: action.connection, ticket: action.ticket };
	const { ticket, policy, evaluation } = await evaluated(await ports.store.readTicket(ref), ports);
	const fact = ticket.facts.find(({ id }) => id === action.fact);
	if (fact === undefined || ticket.facts.some(({ id }) => id === `s-undone-${fact.id}`)) return;
	const service = policy.services.find(({ id }) => id === evaluation.service);
	const note = deedNote({ language: policy.language, zone: zoneOf(policy, service?.calendar ?? null) }, fact, {
		line: (id) => service?.lines.find((line) => line.id === id)?.name[policy.language] ?? id,
		role: (id) => roleName(policy, id)[policy.language],
		cell: (part, id) => {
			const choices = part === "impact" ? policy.matrix.impacts : policy.matrix.urgencies;
			return choices.find((choice) => choice.id === id)?.name[policy.language] ?? id;
		},
	});
	if (note !== null) await writeNote(ref, note, sha256(fact.id).slice(0, 24), attempt, ports);
}
