import type { ImportedEvent } from "./calendar-events.ts";

/** A line per event, with its number, what it closes or opens and why it counts for nothing. */
export function previewLines(file: string, events: readonly ImportedEvent[], { opens }: { opens: boolean }): string[] {
	const digits = String(events.length).length;
	const width = Math.min(40, Math.max(0, ...events.map(({ name }) => shortened(name).length)));
	const verb = opens ? "opens " : "closes";
	const lines = events.map((event, index) => {
		const label = `${String(index + 1).padStart(digits)}  ${shortened(event.name).padEnd(width)}`;
		return `${label}  ${event.ignored === null ? `${verb} ${whatOf(event)}` : `ignored: ${event.ignored}`}`;
	});
	const counted = events.filter(({ ignored }) => ignored === null);
	const days = new Set(counted.flatMap(({ dates }) => dates)).size;
	const hours = counted.filter((event) => event.hours.length > 0).length;
	const parts = [
		count(days, opens ? "whole day open" : "day off", opens ? "whole days open" : "days off"),
		...(hours > 0 ? [count(hours, "event of some hours", "events of some hours")] : []),
		`${events.length - counted.length} ignored`,
	];
	return [...lines, `${file}: ${count(events.length, "event", "events")}, ${parts.join(", ")}`];
}

function whatOf({ dates, hours }: ImportedEvent): string {
	return [...spansOf(dates), ...hours.map(({ date, range }) => `${withDay(date)} ${range}`)].join(", ");
}

/** Dates in a row as one span. */
function spansOf(dates: readonly string[]): string[] {
	const spans: [first: string, last: string][] = [];
	for (const date of dates) {
		const span = spans.at(-1);
		if (span && dayBefore(date) === span[1]) span[1] = date;
		else spans.push([date, date]);
	}
	return spans.map(([first, last]) => (first === last ? withDay(first) : `${withDay(first)} to ${withDay(last)}`));
}

const dayName = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });

function withDay(date: string): string {
	return `${dayName.format(Date.parse(date))} ${date}`;
}

function dayBefore(date: string): string {
	return new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
}

function shortened(name: string): string {
	if (name === "") return "(no title)";
	return name.length > 40 ? `${name.slice(0, 39)}…` : name;
}

function count(number: number, one: string, many: string): string {
	return `${number} ${number === 1 ? one : many}`;
}
