import type { OdooReading, UnseenFact } from "./reading.ts";
import type { MessageRow } from "./rows.ts";

/** Stages and assignees, from the messages that tracked them. */
export function trackedFacts(reading: OdooReading): UnseenFact[] {
	return (reading.tracked ?? []).flatMap((change): UnseenFact[] => {
		const message = reading.messages.find(({ id }) => id === change.message);
		if (message === undefined) return [];
		const at = message.create_date;
		const by = reading.people.ofContact(message.author_id);
		if (change.field === "stage_id") {
			const { name, state } = reading.stage(change.to);
			return [{ id: messageId(message, "stage"), at, kind: "state-changed", state, label: name, by }];
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
