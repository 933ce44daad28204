import ICAL from "ical.js";
import { DateTime } from "luxon";
import { zoneNamed } from "./calendar-zones.ts";

/** What one event of a calendar file says about the dates of a period. */
export type ImportedEvent = {
	/** Its title, on one line; empty when it has none. */
	name: string;
	/** Whole local dates, `YYYY-MM-DD`, in order. */
	dates: string[];
	/** Parts of local dates, as a range `HH:MM-HH:MM`. */
	hours: { date: string; range: string }[];
	/** Why it counts for nothing, when it does. */
	ignored: string | null;
};

export type ImportQuestion = {
	/** Zone of the calendar that it is for; `null`: the file's own. */
	zone: string | null;
	/** First and last year. */
	years: readonly [from: number, to: number];
	/** Events that are marked as free time count too. */
	countsFree: boolean;
};

/** What was given is no calendar file, or more than we read. The message says what was expected and found. */
export class UnreadableCalendar extends Error {
	override readonly name = "UnreadableCalendar";
}

const LARGEST = 2 ** 20;
const MOST_OCCURRENCES = 5000;
const MOST_STEPS = 200_000;

/** Reads the events of an iCalendar text, in its order. Throws `UnreadableCalendar`. */
export function readCalendarFile(
	text: string,
	question: ImportQuestion,
): { zone: string | null; events: ImportedEvent[] } {
	const calendars = parse(text);
	const own = calendars.map((it) => it.getFirstPropertyValue("x-wr-timezone")).find((it) => typeof it === "string");
	const zone = question.zone ?? (typeof own === "string" ? zoneNamed(own) : null);
	const events = calendars.flatMap(eventsOf).map((event): ImportedEvent => {
		try {
			return read(event, { ...question, zone });
		} catch (error) {
			if (error instanceof UnreadableCalendar || !(error instanceof Error)) throw error;
			return { name: nameOf(event), dates: [], hours: [], ignored: `not readable: ${error.message}` };
		}
	});
	return { zone, events };
}

function parse(text: string): ICAL.Component[] {
	if (text.length > LARGEST) throw expected(`at most ${LARGEST} characters`, `${text.length}`);
	const start = text.replace(/^\uFEFF/, "").trimStart();
	if (!/^BEGIN:VCALENDAR/i.test(start)) {
		const isPage = start.startsWith("<");
		const first = JSON.stringify(start.split(/\r?\n/, 1)[0]?.slice(0, 60) ?? "");
		const hint = "a web page: the link may ask for signing in, or be that of a page about the calendar";
		throw expected("a calendar file that begins with BEGIN:VCALENDAR", isPage ? `${hint} (${first})` : first);
	}
	try {
		const found: unknown[] = ICAL.parse(start);
		const all = Array.isArray(found[0]) ? (found as [string, unknown[], unknown[]][]) : [found];
		return all.map((jcal) => new ICAL.Component(jcal as [string, unknown[], unknown[]]));
	} catch (error) {
		throw expected("a well-formed calendar file", error instanceof Error ? error.message : String(error));
	}
}

/** Events with what replaces single occurrences of theirs; a replacement without its event stands alone. */
function eventsOf(calendar: ICAL.Component): ICAL.Event[] {
	const all = calendar
		.getAllSubcomponents("vevent")
		.map((component) => new ICAL.Event(component, { strictExceptions: true }));
	const masters = all.filter((event) => !event.isRecurrenceException());
	const byId = new Map(masters.map((event) => [event.uid, event]));
	const alone: ICAL.Event[] = [];
	for (const event of all) {
		if (!event.isRecurrenceException()) continue;
		const master = byId.get(event.uid);
		if (master?.isRecurring()) master.relateException(event);
		else alone.push(event);
	}
	return [...masters, ...alone];
}

type Read = ImportQuestion & { zone: string | null };

function read(event: ICAL.Event, question: Read): ImportedEvent {
	const found: ImportedEvent = { name: nameOf(event), dates: [], hours: [], ignored: whyNot(event, question) };
	if (found.ignored !== null) return found;
	for (const { start, end, startZone, endZone } of occurrences(event, question)) {
		if (start.isDate) found.dates.push(...datesOf(start, end));
		else {
			const [from, to] = [localOf(start, startZone, question.zone), localOf(end, endZone, question.zone)];
			if (from === null || to === null) return { ...found, ignored: `its zone "${startZone}" is not known` };
			cutIntoDates(found, from, to);
		}
	}
	const [first, last] = question.years;
	const isAsked = (date: string) => Number(date.slice(0, 4)) >= first && Number(date.slice(0, 4)) <= last;
	found.dates = [...new Set(found.dates)].filter(isAsked).sort();
	found.hours = found.hours.filter(({ date }) => isAsked(date)).sort((a, b) => (a.date < b.date ? -1 : 1));
	const outside = found.dates.length + found.hours.length === 0;
	return outside ? { ...found, ignored: `outside ${first === last ? first : `${first}-${last}`}` } : found;
}

function nameOf({ summary }: ICAL.Event): string {
	return String(summary ?? "")
		.replace(/[\s\p{Cc}]+/gu, " ")
		.trim();
}

/** Why an event, or one occurrence that replaces another, counts for nothing; `null` when it counts. */
function whyNot(event: ICAL.Event, { countsFree }: ImportQuestion): string | null {
	const { component, startDate } = event;
	const says = (property: string) => String(component.getFirstPropertyValue(property) ?? "").toUpperCase();
	if (says("status") === "CANCELLED") return "cancelled";
	const isFree = says("transp") === "TRANSPARENT" || says("x-microsoft-cdo-busystatus") === "FREE";
	if (isFree && !countsFree) return "marked as free time (--free counts it)";
	if (!startDate) return "without a start";
	const isEmpty = !startDate.isDate && event.endDate.compare(startDate) <= 0;
	return isEmpty ? "without a length" : null;
}

type Occurrence = { start: ICAL.Time; end: ICAL.Time; startZone: string; endZone: string };

function* occurrences(event: ICAL.Event, question: ImportQuestion): Iterable<Occurrence> {
	if (!event.isRecurring()) {
		const startZone = zoneText(event, "dtstart");
		const endZone = zoneText(event, "dtend") || startZone;
		yield { start: event.startDate, end: event.endDate, startZone, endZone };
		return;
	}
	const isReal = realOccurrence(event);
	const steps = event.iterator();
	let count = 0;
	for (let step = 0; ; step++) {
		const next: ICAL.Time | null = steps.next() ?? null;
		if (next === null || next.year > question.years[1] + 1) return;
		if (step > MOST_STEPS || count > MOST_OCCURRENCES) {
			throw expected(`at most ${MOST_OCCURRENCES} occurrences of "${event.summary ?? ""}"`, "more");
		}
		if (next.year < question.years[0] - 1 || !isReal(next)) continue;
		count++;
		const { item, startDate, endDate } = event.getOccurrenceDetails(next);
		if (item !== event && whyNot(item, question) !== null) continue;
		const zone = zoneText(item, "dtstart");
		yield { start: startDate, end: endDate, startZone: zone, endZone: zone };
	}
}

/** The library moves a day that a month does not have into the next month; such a day is no occurrence. */
function realOccurrence({ component, startDate }: ICAL.Event): (time: ICAL.Time) => boolean {
	const rules = component.getAllProperties("rrule").map((property) => property.getFirstValue());
	const [rule] = rules;
	if (rules.length !== 1 || !(rule instanceof ICAL.Recur) || component.getFirstProperty("rdate")) return () => true;
	const monthDays = rule.getComponent("BYMONTHDAY").map(Number);
	if (monthDays.length > 0) {
		return ({ year, month, day }) => {
			const fromEnd = day - ICAL.Time.daysInMonth(month, year) - 1;
			return monthDays.includes(day) || monthDays.includes(fromEnd);
		};
	}
	const isPlain = Object.keys(rule.parts).length === 0 && (rule.freq === "YEARLY" || rule.freq === "MONTHLY");
	return isPlain ? ({ day }) => day === startDate.day : () => true;
}

/** From the first date to the one before the end; an event that ends on its first date is that date. */
function datesOf(start: ICAL.Time, end: ICAL.Time): string[] {
	const dates: string[] = [];
	const date = start.clone();
	do {
		dates.push(date.toString().slice(0, 10));
		date.adjust(1, 0, 0, 0);
	} while (date.compare(end) < 0 && dates.length <= MOST_OCCURRENCES);
	return dates;
}

/** What the calendar's wall clock shows at a time of an event; `null` when nobody can tell the event's zone. */
function localOf(time: ICAL.Time, zoneName: string, zone: string | null): DateTime | null {
	const { year, month, day, hour, minute, second } = time;
	const wall = { year, month, day, hour, minute, second };
	const named = time.zone === ICAL.Timezone.utcTimezone ? "UTC" : zoneName;
	if (named === "") return DateTime.fromObject(wall, { zone: "UTC" });
	if (zone === null) throw expected("--zone, since the file has times and names no zone of its own", "none");
	const known = zoneNamed(named);
	const isTold = time.zone !== ICAL.Timezone.localTimezone;
	if (known === null && !isTold) return null;
	const instant = known === null ? DateTime.fromSeconds(time.toUnixTime()) : DateTime.fromObject(wall, { zone: known });
	return instant.setZone(zone).setZone("UTC", { keepLocalTime: true });
}

function zoneText({ component }: ICAL.Event, property: "dtstart" | "dtend"): string {
	return String(component.getFirstProperty(property)?.getParameter("tzid") ?? "");
}

/** Whole dates become dates, the rest hours. */
function cutIntoDates(found: ImportedEvent, from: DateTime, to: DateTime): void {
	const end = to.second > 0 ? to.startOf("minute").plus({ minutes: 1 }) : to;
	for (let day = from.startOf("day"); day < end; day = day.plus({ days: 1 })) {
		const next = day.plus({ days: 1 });
		const date = day.toFormat("yyyy-MM-dd");
		const [start, close] = [
			from > day ? from.toFormat("HH:mm") : "00:00",
			end < next ? end.toFormat("HH:mm") : "24:00",
		];
		if (start === "00:00" && close === "24:00") found.dates.push(date);
		else if (start !== close) found.hours.push({ date, range: `${start}-${close}` });
	}
}

function expected(what: string, found: string): UnreadableCalendar {
	return new UnreadableCalendar(`Expected ${what}, found ${found}.`);
}
