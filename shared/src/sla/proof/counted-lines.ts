import type { Duration, Instant, Stretch } from "../../calendar/calendar.ts";
import { DAY_MS } from "../../calendar/civil-date.ts";
import { wallClock } from "../../calendar/zone.ts";
import type { CountedLine, Moment } from "./proof.ts";

/** The stretches that begin on one local date. */
type Day = { day: number; stretches: Stretch[]; ms: Duration; shape: string };

/**
 * Stretches in order as lines of a proof. Dates in a row that count alike become one line, unless something stands
 * between them (a day with other hours, a pause): then the reader sees it where it was.
 */
export function countedLines(
	stretches: readonly Stretch[],
	{
		zone,
		moment,
		isApart,
	}: {
		zone: string;
		moment: (instant: Instant) => Moment;
		/** Whether something to be told lies between two instants. */
		isApart: (from: Instant, to: Instant) => boolean;
	},
): CountedLine[] {
	const lines: CountedLine[] = [];
	let alike: Day[] = [];
	const flush = () => {
		lines.push(...linesOf(alike, moment));
		alike = [];
	};
	for (const day of daysOf(touchingAsOne(stretches), zone)) {
		const last = alike.at(-1);
		const from = last?.stretches.at(-1)?.end ?? 0;
		if (last && (last.shape !== day.shape || isApart(from, day.stretches[0]?.start ?? from))) flush();
		alike.push(day);
	}
	flush();
	return lines;
}

function linesOf(days: readonly Day[], moment: (instant: Instant) => Moment): CountedLine[] {
	const [first] = days;
	const last = days.at(-1);
	const [start, end] = [first?.stretches[0]?.start, last?.stretches.at(-1)?.end];
	if (first && days.length > 1 && start !== undefined && end !== undefined) {
		const each = first.ms;
		return [{ kind: "days", from: moment(start), to: moment(end), days: days.length, each, ms: each * days.length }];
	}
	return days.flatMap(({ stretches }) =>
		stretches.map(
			(stretch): CountedLine => ({
				kind: "stretch",
				from: moment(stretch.start),
				to: moment(stretch.end),
				ms: stretch.end - stretch.start,
			}),
		),
	);
}

function daysOf(stretches: readonly Stretch[], zone: string): Day[] {
	const days: Day[] = [];
	for (const stretch of stretches) {
		const [start, end] = [wallClock(zone, stretch.start), wallClock(zone, stretch.end)];
		const day = Math.floor(start / DAY_MS);
		const ms = stretch.end - stretch.start;
		const last = days.at(-1);
		const shape = `${start - day * DAY_MS}-${end - day * DAY_MS}-${ms};`;
		if (last?.day === day) {
			last.stretches.push(stretch);
			last.ms += ms;
			last.shape += shape;
		} else days.push({ day, stretches: [stretch], ms, shape: ms > DAY_MS ? `${stretch.start}` : shape });
	}
	return days;
}

function touchingAsOne(stretches: readonly Stretch[]): Stretch[] {
	const joined: Stretch[] = [];
	for (const { start, end } of stretches) {
		const last = joined.at(-1);
		if (last?.end === start) last.end = end;
		else joined.push({ start, end });
	}
	return joined;
}
