import type { OdooReading, UnseenFact } from "./reading.ts";
import type { MessageRow } from "./rows.ts";

/**
 * Stages and assignees, and whatever else this Odoo tracks (priority and team in some modules, fields of the matrix
 * that were made with tracking), from the messages that tracked them.
 */
export function trackedFacts(reading: OdooReading): UnseenFact[] {
	let matrix = firstMatrix(reading);
	return (reading.tracked ?? []).flatMap((change): UnseenFact[] => {
		const message = reading.messages.find(({ id }) => id === change.message);
		if (message === undefined) return [];
		const at = message.create_date;
		const by = reading.people.ofContact(message.author_id);
		if (change.field === "stage_id") {
			const { name, state } = reading.stage(change.to);
			return [{ id: messageId(message, "stage"), at, kind: "state-changed", state, label: name, by }];
		}
		if (change.field === "priority") {
			const label = reading.choice("priority", change.to);
			if (label === undefined) return [];
			const priorities = reading.mapping.priorities[label] ?? [];
			return [{ id: messageId(message, "priority"), at, kind: "priority-changed", label, priorities, by }];
		}
		if (change.field === "team_id" || change.field === "project_id") {
			return [{ id: messageId(message, "team"), at, kind: "group-changed", label: change.to, by }];
		}
		if (change.field === "x_impact" || change.field === "x_urgency") {
			const part = change.field === "x_impact" ? "impact" : "urgency";
			matrix = { ...matrix, [part]: chosen(reading, change.field, change.to) };
			const both = reading.tracked?.some((next) => next.message === change.message && next.field === "x_urgency");
			if (part === "impact" && both) return [];
			return [{ id: messageId(message, "matrix"), at, kind: "assessed", ...matrix, by }];
		}
		if (change.field !== "user_id") return [];
		const owner = reading.owner(change.to);
		if (owner === undefined) return [];
		return [{ id: messageId(message, "owner"), at, kind: "owner-changed", owner, by }];
	});
}

/**
 * A message's id, padded: messages of the same second are told apart by it, and facts of the same instant are read in
 * the order of their ids as texts.
 */
export function messageId(message: MessageRow, part?: string): string {
	const id = `m-${String(message.id).padStart(10, "0")}`;
	return part === undefined ? id : `${id}-${part}`;
}

/** Facts that a message told of. */
export function isTracked({ id }: UnseenFact): boolean {
	return id.startsWith("m-");
}

/** What the fields of the matrix were at first, where their changes are tracked; else what they are. */
export function firstMatrix(reading: OdooReading): { impact: string | null; urgency: string | null } {
	const first = (field: "x_impact" | "x_urgency") => {
		const change = reading.tracked?.find((each) => each.field === field);
		return change === undefined ? (reading.ticket[field] ?? null) : chosen(reading, field, change.from);
	};
	return { impact: first("x_impact"), urgency: first("x_urgency") };
}

function chosen(reading: OdooReading, field: string, label: string): string | null {
	return label === "" ? null : (reading.choice(field, label) ?? label);
}
