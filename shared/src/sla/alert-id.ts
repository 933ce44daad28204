import type { Goal } from "./fact.ts";

export type AlertName = {
	connection: string;
	ticket: string;
	goal: Goal;
	cycle: number;
	step: string;
	occurrence: number;
};

/**
 * The id of an alert: readable, the same whenever the same step is owed, different for every two that differ. It holds
 * letters, digits, `-`, `_`, `.` and `~` only, so it may stand in an address, a Message-ID or the id of a job.
 */
export function alertKey({ connection, ticket, goal, cycle, step, occurrence }: AlertName): string {
	return [connection, ticket, goal, String(cycle), step, String(occurrence)].map(plain).join(".");
}

/** What could be mistaken for a separator is written as its code point. */
function plain(part: string): string {
	return part.replace(/[^A-Za-z0-9_-]/gu, (character) => `~${character.codePointAt(0)?.toString(16)}~`);
}
