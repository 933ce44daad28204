import { basename } from "node:path";
import type { CalendarException } from "@stipt/shared/calendar/calendar";
import { parseHolidaySets } from "@stipt/shared/policy/holiday-sets";
import { stringify } from "yaml";
import type { ImportedEvent } from "./calendar-events.ts";

/** The days off as a file with one set of holidays; `null` when there are none. */
export function holidaySetText(name: string, file: string, events: readonly ImportedEvent[]): string | null {
	const byDate = new Map<string, string>();
	for (const { name: title, dates } of events) for (const date of dates) byDate.set(date, byDate.get(date) || title);
	const dates = [...byDate.keys()].sort();
	const last = dates.at(-1);
	if (last === undefined) return null;
	const rules = dates.map((date) => ({ date, ...named(byDate.get(date)) }));
	const set = slugOf(name) || "imported";
	const document = stringify({ set, completeUntil: Number(last.slice(0, 4)), rules });
	const text = `# Made from ${sourceOf(file)}. completeUntil is the last year with a day in it.\n${document}`;
	parseHolidaySets([{ file: set, text }]);
	return text;
}

/** Hours, and whole days where events open, as the exceptions of a calendar; `null` when there are none. */
export function exceptionsText(
	file: string,
	events: readonly ImportedEvent[],
	{ opens }: { opens: boolean },
): string | null {
	const exceptions = events.flatMap(({ name, dates, hours }): CalendarException[] => {
		const days = opens ? dates.map((date) => ({ date, range: "00:00-24:00" })) : [];
		return [...days, ...hours].map(({ date, range }) => ({
			date,
			...(opens ? { add: [range] } : { remove: [range] }),
			...named(name),
		}));
	});
	if (exceptions.length === 0) return null;
	exceptions.sort((a, b) => (dateOf(a) < dateOf(b) ? -1 : 1));
	return `# Made from ${sourceOf(file)}. Belongs into a calendar of the policy.\n${stringify({ exceptions })}`;
}

function slugOf(name: string): string {
	const plain = name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "-")
		.slice(0, 40);
	return plain.replace(/^-|-$/g, "");
}

function named(title: string | undefined): { name?: string } {
	return title === undefined || title === "" ? {} : { name: title };
}

function dateOf(exception: CalendarException): string {
	return "date" in exception ? exception.date : exception.from;
}

function sourceOf(file: string): string {
	return file === "-" ? "standard input" : basename(file).replace(/[^\x20-\x7e]/g, "?");
}
