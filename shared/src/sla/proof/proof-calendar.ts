import type { Calendar, CalendarDay, DayLayer, Instant, Named } from "../../calendar/calendar.ts";
import { CalendarError } from "../../calendar/calendar-error.ts";
import { parseDate, weekdayOf } from "../../calendar/civil-date.ts";
import type { Words } from "../../wire/language.ts";
import type { Hours, ProofCalendar, SpecialDay, WeekdayName, WeekSpan } from "./proof.ts";

const weekdays: readonly WeekdayName[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** What a calendar says about every date that owns time between two instants: its weeks, and what differs from them. */
export function proofCalendar(
	calendar: Calendar,
	{
		name,
		from,
		to,
		since,
		policyVersion,
	}: Pick<ProofCalendar, "name" | "since" | "policyVersion"> & {
		from: Instant;
		to: Instant;
	},
): ProofCalendar {
	const days = daysOf(calendar, from, to);
	const lastYear = Number(days.at(-1)?.date.slice(0, 4) ?? 0);
	const isProvisional = calendar.completeUntil !== null && lastYear > calendar.completeUntil;
	const { version, zone } = calendar;
	return { name, version, zone, provisional: isProvisional, ...layersOf(days), since, policyVersion };
}

function daysOf(calendar: Calendar, from: Instant, to: Instant): CalendarDay[] {
	try {
		return calendar.days(from, to + 1);
	} catch (error) {
		if (error instanceof CalendarError) return [];
		throw error;
	}
}

function layersOf(days: readonly CalendarDay[]): { weeks: WeekSpan[]; special: SpecialDay[] } {
	const weeks: WeekSpan[] = [];
	const special: SpecialDay[] = [];
	let spanKey = "";
	for (const { date, ranges, because } of days) {
		const weekday = weekdays[weekdayOf(parseDate(date, "date"))] ?? "mon";
		const hours = hoursOf(ranges);
		const [base, ...laid] = because;
		const layer = base === undefined ? ordinary : weekLayer(base);
		const last = weeks.at(-1);
		const known = last?.week[weekday];
		const differs = laid.length === 0 && known !== undefined && String(known.hours) !== String(hours.hours);
		const key = JSON.stringify(base);
		let span = last;
		if (span === undefined || key !== spanKey || differs) {
			span = { from: date, to: date, days: 0, ...layer, week: {} };
			weeks.push(span);
			spanKey = key;
		}
		span.to = date;
		span.days += 1;
		const decides = laid.at(-1);
		if (decides === undefined) span.week[weekday] ??= hours;
		else special.push({ date, weekday, ...hours, ...reasonOf(decides) });
	}
	return { weeks, special };
}

const ordinary = { layer: "weekly", name: null } as const;

function weekLayer(base: DayLayer): Pick<WeekSpan, "layer" | "name"> {
	switch (base.layer) {
		case "rota": {
			const week = `${base.week}/${base.of}`;
			return { layer: "rota", name: { nl: week, fr: week, de: week, en: week } };
		}
		case "season":
			return { layer: "season", name: wordsOf(base.name) };
		case "always":
			return { layer: "always", name: null };
		default:
			return ordinary;
	}
}

function reasonOf(layer: DayLayer): Pick<SpecialDay, "because" | "name" | "set"> {
	if (layer.layer === "holiday") return { because: "holiday", name: wordsOf(layer.name), set: layer.set };
	return { because: "exception", name: layer.layer === "exception" ? wordsOf(layer.name) : null, set: null };
}

/** Past midnight the hours run on: the wall clock's 06:00 of the next day is 30:00. */
function hoursOf(ranges: CalendarDay["ranges"]): Hours {
	const time = (minutes: number) =>
		`${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
	return {
		hours: ranges.map(([start, end]) => `${time(start)}-${time(end)}`),
		minutes: ranges.reduce((sum, [start, end]) => sum + end - start, 0),
	};
}

function wordsOf(name: Named | null): Words | null {
	if (name === null) return null;
	if (typeof name === "string") return { nl: name, fr: name, de: name, en: name };
	const any = name.en ?? Object.values(name)[0] ?? "";
	return { nl: name.nl ?? any, fr: name.fr ?? any, de: name.de ?? any, en: name.en ?? any };
}
