import { inOrder } from "@stipt/shared/sla/evaluation";
import type { Fact } from "@stipt/shared/sla/fact";
import { openingOf, repliesFrom } from "./facts-from-messages.ts";
import { derivedFacts, isDerived } from "./facts-from-row.ts";
import { firstMatrix, trackedFacts } from "./facts-from-tracking.ts";
import type { OdooReading, UnseenFact } from "./reading.ts";

/**
 * What happened to a ticket, from three sources: messages, what they tracked (stage, assignee; with our rule priority
 * and team), and, for what Odoo keeps no history of (archiving; without that rule priority and team), the difference
 * between its row and what the ledger knows. The last kind is as old as the last write that we saw, and misses what
 * changed twice between two readings.
 */
export function factsOf(reading: OdooReading): Fact[] {
	const facts: UnseenFact[] = [
		...creation(reading),
		...trackedFacts(reading),
		...repliesFrom(reading),
		...reading.known.filter(isDerived),
	];
	return inOrder([...facts, ...derivedFacts(reading, facts)].map((fact) => ({ ...fact, seenAt: reading.seenAt })));
}

/** What a ticket was at first. What was once learned of that stays, since Odoo forgets it. */
function creation(reading: OdooReading): UnseenFact[] {
	const { ticket, mapping, known, tracked } = reading;
	const at = ticket.create_date;
	const { channel, by } = openingOf(reading);
	const first = (field: string) => tracked?.find((change) => change.field === field)?.from;
	const stage = reading.stage(first("stage_id") ?? ticket.ended ?? ticket.stage_id?.name ?? "");
	const priority = reading.choice("priority", first("priority") ?? "") ?? ticket.priority ?? "";
	const formerOwner = first("user_id");
	const currentOwner = ticket.user_id === null ? null : String(ticket.user_id.id);
	const facts: UnseenFact[] = [
		{ id: "0-opened", at, kind: "opened", channel, by },
		{ id: "0-state", at, kind: "state-changed", state: stage.state, label: stage.name, by },
		{
			id: "0-priority",
			at,
			kind: "priority-changed",
			label: priority,
			priorities: mapping.priorities[priority] ?? [],
			by,
		},
		{
			id: "0-owner",
			at,
			kind: "owner-changed",
			owner: formerOwner === undefined ? currentOwner : (reading.owner(formerOwner) ?? null),
			by,
		},
	];
	const team = first("team_id") ?? first("project_id") ?? ticket.team_id?.name ?? "";
	if (team !== "") facts.push({ id: "0-group", at, kind: "group-changed", label: team, by });
	const matrix = firstMatrix(reading);
	if (matrix.impact !== null || matrix.urgency !== null)
		facts.push({ id: "0-x-assessed", at, kind: "assessed", ...matrix, by });

	const remembered = known.filter(({ id }) => id.startsWith("0-"));
	if (remembered.length === 0) return facts;
	const isNew = ({ id }: UnseenFact) => !absentAtFirst.includes(id) && remembered.every((fact) => fact.id !== id);
	return [...remembered, ...facts.filter(isNew)];
}

/** What a ticket need not have: once it was read without, having it is a change. */
const absentAtFirst = ["0-group", "0-x-assessed"];
