import type { Duration, Instant } from "@stipt/shared/calendar/calendar";
import { parseLocalInput } from "../../words/local-time.ts";
import { oneLine } from "../../words/one-line.ts";

const hour: Duration = 3_600_000;

/** Promises that can be chosen by how far away they are. */
export const promiseChoices = { "30m": hour / 2, "1h": hour, "2h": 2 * hour, "4h": 4 * hour } as const;
export type PromiseChoice = keyof typeof promiseChoices | "morning" | "own";

/** What was entered in the form, as it came. */
export type AcknowledgementEntry = { name: string; promise: string; own: string };

/** What is wrong with an entry: which field, and which message says so. */
export type AcknowledgementProblem = {
	field: "name" | "promise" | "own";
	problem: "name" | "promise" | "own" | "past" | "far";
};

const longestPromise: Duration = 14 * 24 * hour;
const longestName = 80;

/** The fields of the posted form as texts; anything else counts as empty. */
export function acknowledgementEntry(fields: Record<string, unknown>): AcknowledgementEntry {
	const text = (name: string) => {
		const value = fields[name];
		return typeof value === "string" ? value.slice(0, 500) : "";
	};
	return { name: text("name"), promise: text("promise"), own: text("own") };
}

/**
 * Reads who acknowledges and when there will be news: `30m`, `1h`, `2h`, `4h` of real time from now, `morning` (when
 * the service's hours start again) or `own` with a wall time of the zone. Answers every problem instead when there are any.
 */
export function readAcknowledgement(
	{ name, promise, own }: AcknowledgementEntry,
	context: { now: Instant; zone: string; startOfHours: Instant | null },
): { by: string; nextPromise: Instant } | { problems: AcknowledgementProblem[] } {
	const by = oneLine(name, longestName);
	const promised = promiseOf(promise, own, context);
	const problems: AcknowledgementProblem[] = [
		...(by === "" ? [{ field: "name", problem: "name" } as const] : []),
		...(typeof promised === "number" ? [] : [promised]),
	];
	return typeof promised === "number" && problems.length === 0 ? { by, nextPromise: promised } : { problems };
}

function promiseOf(
	promise: string,
	own: string,
	{ now, zone, startOfHours }: { now: Instant; zone: string; startOfHours: Instant | null },
): Instant | AcknowledgementProblem {
	if (promise === "30m" || promise === "1h" || promise === "2h" || promise === "4h")
		return now + promiseChoices[promise];
	const isMorning = promise === "morning" && startOfHours !== null && startOfHours > now;
	if (promise !== "own" && !isMorning) return { field: "promise", problem: "promise" };
	const instant = isMorning ? startOfHours : parseLocalInput(own, zone);
	const field = isMorning ? "promise" : "own";
	if (instant === null) return { field, problem: "own" };
	if (instant <= now) return { field, problem: "past" };
	return instant - now > longestPromise ? { field, problem: "far" } : instant;
}
