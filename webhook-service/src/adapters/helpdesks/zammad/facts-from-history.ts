import type { Instant } from "@stipt/shared/calendar/calendar";
import { inOrder } from "@stipt/shared/sla/evaluation";
import type { Actor, Fact, FactBody } from "@stipt/shared/sla/fact";
import { type Accounts, accountsOf } from "./accounts.ts";
import { channelOf, openingArticle, repliesFrom, rowId } from "./facts-from-articles.ts";
import type { ZammadReading } from "./reading.ts";
import type { HistoryRow } from "./replies.ts";
import { stateReader } from "./states.ts";

/**
 * What happened to a ticket. Ids come from Zammad's own rows (`h-` history, `a-` article), or are fixed for what a
 * ticket was created with (`0-…`), so the same happening always gives the same fact. Of the same instant, matrix
 * fields come after the priority: a default priority must not undo what somebody chose.
 */
export function factsFromHistory(reading: ZammadReading): Fact[] {
	const rows = ownRows(reading);
	const accounts = accountsOf(reading);
	const facts = [
		...creation(reading, rows, accounts),
		...rows.flatMap((row) => changes(row, reading, accounts)),
		...merges(rows, accounts),
		...assessments(reading, rows, accounts),
		...repliesFrom(reading, accounts),
	];
	return inOrder(facts.map((fact) => ({ ...fact, seenAt: reading.seenAt })));
}

/** Every state that the ticket was in. */
export function stateLabels(reading: Pick<ZammadReading, "ticket" | "history">): string[] {
	const changed = ownRows(reading).filter((row) => row.attribute === "state");
	return [
		...new Set([reading.ticket.state, ...changed.flatMap((row) => [row.value_from, row.value_to])].filter(isLabel)),
	];
}

type UnseenFact = FactBody & { id: string; at: Instant };

function ownRows({ ticket, history }: Pick<ZammadReading, "ticket" | "history">): HistoryRow[] {
	return history.history.filter((row) => row.object === "Ticket" && row.o_id === ticket.id).sort((a, b) => a.id - b.id);
}

/** What a ticket was at first: what its first change changed, else what it still is. */
function creation(reading: ZammadReading, rows: HistoryRow[], accounts: Accounts): UnseenFact[] {
	const { ticket, mapping, states } = reading;
	const first = (attribute: string) => rows.find((row) => row.type === "updated" && row.attribute === attribute);
	const state = first("state");
	const owner = first("owner");
	const at = ticket.created_at;
	const by = accounts.opener;
	const stateLabel = state?.value_from || ticket.state;
	const priorityLabel = first("priority")?.value_from || ticket.priority;
	return [
		{ id: "0-opened", at, kind: "opened", channel: channelOf(openingArticle(reading)?.type), by },
		{
			id: "0-state",
			at,
			kind: "state-changed",
			state: stateReader(mapping, states)(stateLabel, state?.id_from ?? ticket.state_id),
			label: stateLabel,
			by,
		},
		{
			id: "0-priority",
			at,
			kind: "priority-changed",
			label: priorityLabel,
			priorities: mapping.priorities[priorityLabel] ?? [],
			by,
		},
		{ id: "0-group", at, kind: "group-changed", label: first("group")?.value_from || ticket.group, by },
		{ id: "0-owner", at, kind: "owner-changed", owner: ownerOf(owner?.id_from ?? ticket.owner_id), by },
	];
}

function changes(row: HistoryRow, { mapping, states }: ZammadReading, accounts: Accounts): UnseenFact[] {
	if (row.type !== "updated") return [];
	const when = { id: rowId("h", row.id), at: row.created_at };
	const by: Actor = accounts.actor(row.created_by_id);
	if (row.attribute === "owner") return [{ ...when, kind: "owner-changed", owner: ownerOf(row.id_to), by }];
	const label = row.value_to;
	if (!isLabel(label)) return [];
	switch (row.attribute) {
		case "state":
			return [{ ...when, kind: "state-changed", state: stateReader(mapping, states)(label, row.id_to), label, by }];
		case "priority":
			return [{ ...when, kind: "priority-changed", label, priorities: mapping.priorities[label] ?? [], by }];
		case "group":
			return [{ ...when, kind: "group-changed", label, by }];
		default:
			return [];
	}
}

/** The fields of the matrix, where the helpdesk has them. Both may change in one request: that is one fact. */
function assessments(reading: ZammadReading, rows: HistoryRow[], accounts: Accounts): UnseenFact[] {
	const changed = rows.filter((row) => row.type === "updated" && isMatrixField(row.attribute));
	const initial = (field: "impact" | "urgency") => {
		const first = changed.find((row) => row.attribute === field);
		return chosen(first === undefined ? reading.ticket[field] : first.value_from);
	};
	let now = { impact: initial("impact"), urgency: initial("urgency") };
	const facts: UnseenFact[] = [];
	if (now.impact !== null || now.urgency !== null) {
		facts.push({ id: "0-x-assessed", at: reading.ticket.created_at, kind: "assessed", ...now, by: accounts.opener });
	}
	for (const [index, row] of changed.entries()) {
		now = { ...now, [String(row.attribute)]: chosen(row.value_to) };
		const next = changed[index + 1];
		if (next?.created_at === row.created_at && next.created_by_id === row.created_by_id) continue;
		const by = accounts.actor(row.created_by_id);
		facts.push({ id: rowId("h", row.id), at: row.created_at, kind: "assessed", ...now, by });
	}
	return facts;
}

function isMatrixField(attribute: string | null | undefined): attribute is "impact" | "urgency" {
	return attribute === "impact" || attribute === "urgency";
}

/** A select that nobody has set is `null` or empty. */
export function chosen(value: unknown): string | null {
	return typeof value === "string" && value !== "" ? value : null;
}

/** The row of a merge carries the ticket's former date; the change of state that follows it has the right one. */
function merges(rows: HistoryRow[], accounts: Accounts): UnseenFact[] {
	return rows.flatMap((row) => {
		if (row.type !== "merged_into" || !row.id_to) return [];
		const moved = rows.find((next) => next.id > row.id && next.attribute === "state");
		return [
			{
				id: rowId("h", row.id),
				at: moved?.created_at ?? row.created_at,
				kind: "merged" as const,
				into: String(row.id_to),
				by: accounts.actor(row.created_by_id),
			},
		];
	});
}

/** User 1 is Zammad's own "nobody". */
function ownerOf(id: number | null | undefined): string | null {
	return id === undefined || id === null || id === 1 ? null : String(id);
}

function isLabel(value: string | null | undefined): value is string {
	return value !== undefined && value !== null && value !== "";
}
