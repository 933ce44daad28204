import type { Calendar, CalendarDefinition, Instant, Weekday, Weekly } from "../../calendar/calendar.ts";
import { CalendarError } from "../../calendar/calendar-error.ts";
import { DAY_MS, dayNumber, formatDate } from "../../calendar/civil-date.ts";
import { parseRanges } from "../../calendar/local-ranges.ts";
import { zoneYear } from "../../calendar/zone.ts";
import { completeUntil } from "../holiday-sets.ts";
import { andList, type Finding, type Lint, type LintGiven } from "./lint.ts";

const MINUTE_MS = 60_000;
const weekdays: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Calendars whose hours meet a change of the clocks, overlap over midnight, or rest on what is not decided yet. */
export const calendarLints: Lint = (given) =>
	Object.entries(given.policy.calendarDefinitions).flatMap(([name, definition]) => {
		const calendar = given.policy.calendars[name];
		if (calendar === undefined) return [];
		return [
			...provisional(name, definition, given),
			...neverOpens(name, calendar, given.now),
			...overlappingNights(name, definition),
			...clockChanges(name, calendar, given.year),
			...idleSeasons(name, definition, { calendar, year: given.year }),
		];
	});

function provisional(name: string, { holidays = [] }: CalendarDefinition, { sets, year }: LintGiven): Finding[] {
	return holidays.flatMap((entry, index): Finding[] => {
		const set = entry.replace(/^@/, "");
		const until = entry.startsWith("@") ? completeUntil(sets, set) : null;
		if (until === null || (year !== null && until > year)) return [];
		const text = `Holidays of ${set} are complete up to ${until}; those from ${until + 1} on are provisional. Add them once they are decided, and move completeUntil on.`;
		return [{ path: ["calendars", name, "holidays", index], code: "provisional-holidays", text }];
	});
}

/** It has hours, and none of them ever come: holidays or closed dates take them all, or they are past. */
function neverOpens(name: string, calendar: Calendar, now: Instant | null): Finding[] {
	if (now === null) return [];
	try {
		calendar.nextOpen(now);
		return [];
	} catch (error) {
		if (!(error instanceof CalendarError)) throw error;
		const text = "It does not open any more within ten years: its hours are past, or closed dates take them all.";
		const advice = "A clock on it never runs out. Give it hours to come.";
		return [{ path: ["calendars", name], code: "never-opens", text: `${text} ${advice}` }];
	}
}

/** Ranges of one day may not overlap; those of a night and the next morning may, and count once. */
function overlappingNights(name: string, { weekly, rota, seasons = [] }: CalendarDefinition): Finding[] {
	const within = (week: Weekly | undefined, path: Finding["path"]): Finding[] =>
		week === undefined
			? []
			: weekdays.flatMap((day, index): Finding[] => {
					const next = weekdays[(index + 1) % 7] ?? "mon";
					const [last, first] = [parseRanges(week[day] ?? [], "").at(-1), parseRanges(week[next] ?? [], "")[0]];
					if (last === undefined || first === undefined || last[1] - 1440 <= first[0]) return [];
					const text = `The night of ${day} lasts until after ${next} has opened. The time in common counts once; end the night where the next day begins.`;
					return [{ path: [...path, day], code: "overlapping-nights", text }];
				});
	return [
		...within(weekly, ["calendars", name, "weekly"]),
		...(rota?.weeks ?? []).flatMap((week, index) => within(week, ["calendars", name, "rota", "weeks", index])),
		...seasons.flatMap((season, index) => within(season.weekly, ["calendars", name, "seasons", index, "weekly"])),
	];
}

/** Opening and closing times that the clocks skip, or show twice, this year or next. */
function clockChanges(name: string, calendar: Calendar, year: number | null): Finding[] {
	if (year === null) return [];
	const found = [year, year + 1].flatMap((each) => {
		const segments = zoneYear(calendar.zone, each);
		return segments.flatMap((segment, index) => {
			const before = segments[index - 1];
			if (before === undefined || before.offset === segment.offset) return [];
			const [from, to] = [before.offset, segment.offset].map((offset) => segment.from + offset).sort((a, b) => a - b);
			if (from === undefined || to === undefined) return [];
			const day = Math.floor(from / DAY_MS);
			const touched = [day - 1, day].flatMap((owner) =>
				calendar
					.dayOf(formatDate(owner))
					.ranges.flat()
					.map((minutes) => owner * DAY_MS + minutes * MINUTE_MS)
					.filter((boundary) => boundary > from && boundary < to),
			);
			const why = segment.offset > before.offset ? "skipped" : "shown twice";
			return touched.map((boundary) => `${local(boundary)} (${why})`);
		});
	});
	if (found.length === 0) return [];
	const text = `It opens or closes at ${andList([...new Set(found)])}. What the clocks skip acts at their jump, and what they show twice counts both times; move the hour if that is not meant.`;
	return [{ path: ["calendars", name], code: "clock-change", text }];
}

function idleSeasons(
	name: string,
	{ seasons = [] }: CalendarDefinition,
	{ calendar, year }: { calendar: Calendar; year: number | null },
): Finding[] {
	if (year === null || seasons.length === 0) return [];
	const first = dayNumber(year, 1, 1);
	const days = Array.from({ length: dayNumber(year + 2, 1, 1) - first }, (_, index) => formatDate(first + index));
	const seen = new Set(
		days.flatMap((date) =>
			calendar.dayOf(date).because.map((layer) => (layer.layer === "season" ? `${layer.from} ${layer.to}` : "")),
		),
	);
	return seasons.flatMap(({ from, to }, index): Finding[] => {
		if (seen.has(`${from} ${to}`)) return [];
		const text = `No day of ${year} or ${year + 1} has these hours: they are past, still far, or a later season covers them. Leave the season out, or change its days.`;
		return [{ path: ["calendars", name, "seasons", index], code: "season-without-effect", text }];
	});
}

function local(time: number): string {
	return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}
