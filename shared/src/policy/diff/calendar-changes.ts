import type {
	Calendar,
	CalendarDefinition,
	CalendarException,
	Season,
	Weekday,
	Weekly,
} from "../../calendar/calendar.ts";
import { dayNumber, formatDate } from "../../calendar/civil-date.ts";
import type { Policy } from "../policy.ts";
import { changed, otherChanges, type PolicyChange, pairs, same } from "./change.ts";
import { sayDate } from "./say.ts";

const weekdays: readonly (readonly [Weekday, string])[] = [
	["mon", "Monday"],
	["tue", "Tuesday"],
	["wed", "Wednesday"],
	["thu", "Thursday"],
	["fri", "Friday"],
	["sat", "Saturday"],
	["sun", "Sunday"],
];

/** The years in which a changed holiday set is looked at, and how many of its dates are named. */
const looked = { from: 2020, to: 2040 };
const mostDates = 6;

/** What is open otherwise: calendars that come and go, hours, seasons, rotas, holidays, single dates. */
export function calendarChanges(before: Policy, after: Policy): PolicyChange[] {
	return pairs(before.calendarDefinitions, after.calendarDefinitions).flatMap(([name, old, now]) => {
		const what = `Calendar ${name}`;
		if (old === undefined || now === undefined) {
			return changed("calendar", what, [old, now], (definition) => sayCalendar(definition));
		}
		const own = definitionChanges(what, old, now);
		const sets = (old.holidays ?? []).filter((entry) => entry.startsWith("@") && now.holidays?.includes(entry));
		const compiled = [before.calendars[name], after.calendars[name]] as const;
		const days = holidayChanges(
			what,
			sets.map((entry) => entry.slice(1)),
			compiled,
		);
		const isWrittenAlike = same(old, now) && compiled[0]?.version !== compiled[1]?.version;
		if (own.length + days.length > 0 || !isWrittenAlike) return [...own, ...days];
		return [change(`${what}, rules of its holidays`, "as they were", "others")];
	});
}

const told = ["zone", "always", "weekly", "rota", "seasons", "holidays", "exceptions"];

function definitionChanges(what: string, old: CalendarDefinition, now: CalendarDefinition): PolicyChange[] {
	const list = (holidays: readonly string[] | undefined) => new Set(holidays ?? []);
	const [had, has] = [list(old.holidays), list(now.holidays)];
	const gone = [...had].filter((entry) => !has.has(entry));
	const fresh = [...has].filter((entry) => !had.has(entry));
	return [
		...changed("calendar", `${what}, time zone`, [old.zone, now.zone], String),
		...changed("calendar", `${what}, open around the clock`, [old.always ?? false, now.always ?? false], yesNo),
		...weekChanges(`${what}`, old.weekly ?? {}, now.weekly ?? {}),
		...changed("calendar", `${what}, rota`, [old.rota, now.rota], (rota) => {
			return `from ${sayDate(rota.anchor)}: ${rota.weeks.map(sayWeek).join(" / ")}`;
		}),
		...changed("calendar", `${what}, seasons`, [some(old.seasons), some(now.seasons)], (seasons) =>
			seasons.map(saySeason).join("; "),
		),
		...gone.map((entry) => change(`${what}, holidays`, sayHoliday(entry), null)),
		...fresh.map((entry) => change(`${what}, holidays`, null, sayHoliday(entry))),
		...changed("calendar", `${what}, single dates`, [some(old.exceptions), some(now.exceptions)], (exceptions) =>
			exceptions.map(sayException).join("; "),
		),
		...otherChanges("calendar", what, [old, now], told),
	];
}

/** Weekdays with the same change are told together. */
function weekChanges(what: string, old: Weekly, now: Weekly): PolicyChange[] {
	const changes = weekdays.flatMap(([key, day]) => {
		const [before, after] = [sayRanges(old[key]), sayRanges(now[key])];
		return before === after ? [] : [{ day, before, after }];
	});
	const groups = new Map<string, typeof changes>();
	for (const each of changes) {
		const key = JSON.stringify([each.before, each.after]);
		groups.set(key, [...(groups.get(key) ?? []), each]);
	}
	return [...groups.values()].flatMap((group) => {
		const [first] = group;
		if (first === undefined) return [];
		return [change(`${what}, ${sayDays(group.map(({ day }) => day))}`, first.before, first.after)];
	});
}

/** Days off that the same sets name no more, or name now: their rules have changed. */
function holidayChanges(
	what: string,
	sets: readonly string[],
	[old, now]: readonly [Calendar | undefined, Calendar | undefined],
): PolicyChange[] {
	if (old === undefined || now === undefined || old.version === now.version || sets.length === 0) return [];
	const first = dayNumber(looked.from, 1, 1);
	const dates = Array.from({ length: dayNumber(looked.to + 1, 1, 1) - first }, (_, index) => formatDate(first + index));
	const differing = dates.flatMap((date) => {
		const [was, is] = [holidayOn(old, date, sets), holidayOn(now, date, sets)];
		return was === is ? [] : [{ date, before: was ?? "no holiday", after: is ?? "no holiday" }];
	});
	const named = differing
		.slice(0, mostDates)
		.map(({ date, before, after }) => change(`${what}, ${sayDate(date)}`, before, after));
	const rest = differing.length - named.length;
	return rest === 0 ? named : [...named, change(`${what}, holidays`, null, `${rest} more dates up to ${looked.to}`)];
}

function holidayOn(calendar: Calendar, date: string, sets: readonly string[]): string | null {
	for (const layer of calendar.dayOf(date).because) {
		if (layer.layer !== "holiday" || layer.date !== date || layer.set === null || !sets.includes(layer.set)) continue;
		const name = typeof layer.name === "string" ? layer.name : layer.name?.en;
		return name === undefined ? "holiday" : `holiday (${name})`;
	}
	return null;
}

function change(what: string, before: string | null, after: string | null): PolicyChange {
	return { kind: "calendar", what, before, after, from: null };
}

function sayCalendar({ zone, always, weekly, rota, seasons, holidays, exceptions }: CalendarDefinition): string {
	const hours = always === true ? "around the clock" : sayWeek(weekly ?? {});
	const turns = rota === undefined ? [] : [`rota of ${rota.weeks.length} weeks`];
	return [
		zone,
		...(rota === undefined ? [hours] : turns),
		...(seasons ?? []).map(saySeason),
		...(holidays ?? []).map(sayHoliday),
		...(exceptions ?? []).map(sayException),
	].join("; ");
}

function sayWeek(week: Weekly): string {
	const groups = new Map<string, string[]>();
	for (const [key, day] of weekdays) {
		const hours = sayRanges(week[key]);
		if (hours !== "closed") groups.set(hours, [...(groups.get(hours) ?? []), day]);
	}
	return [...groups].map(([hours, days]) => `${sayDays(days)} ${hours}`).join(", ") || "closed";
}

function saySeason({ from, to, weekly, name }: Season): string {
	const called = typeof name === "string" ? `${name}, ` : "";
	return `${called}${from} to ${to}: ${sayWeek(weekly)}`;
}

function sayException(exception: CalendarException): string {
	if ("from" in exception) return `${sayDate(exception.from)} to ${sayDate(exception.to)} closed`;
	const date = sayDate(exception.date);
	if ("hours" in exception) return `${date} ${sayRanges(exception.hours)}`;
	if ("add" in exception) return `${date} also ${sayRanges(exception.add)}`;
	if ("remove" in exception) return `${date} not ${sayRanges(exception.remove)}`;
	return `${date} closed`;
}

function sayHoliday(entry: string): string {
	return entry.startsWith("@") ? `set ${entry.slice(1)}` : sayDate(entry);
}

function sayRanges(ranges: readonly string[] | undefined): string {
	return ranges === undefined || ranges.length === 0 ? "closed" : [...ranges].sort().join(", ");
}

/** `Monday to Friday`, `Monday, Wednesday`. */
function sayDays(days: readonly string[]): string {
	const names = weekdays.map(([, name]) => name);
	const first = names.indexOf(days[0] ?? "");
	const isRun = days.length > 2 && days.every((day, index) => names[first + index] === day);
	return isRun ? `${days[0]} to ${days.at(-1)}` : days.join(", ");
}

function some<Entry>(list: readonly Entry[] | undefined): readonly Entry[] | undefined {
	return list === undefined || list.length === 0 ? undefined : list;
}

function yesNo(value: boolean): string {
	return value ? "yes" : "no";
}
