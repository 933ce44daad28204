import type { CalendarDefinition, HolidaySets, Weekday } from "../calendar/calendar.ts";
import { CalendarError } from "../calendar/calendar-error.ts";
import { planCalendar } from "../calendar/calendar-plan.ts";
import { nearMiss } from "./near-miss.ts";
import { type Place, placesAt } from "./places.ts";
import type { PolicyProblem, ProblemCode } from "./policy-problem.ts";
import { memberOf, type Path } from "./yaml-place.ts";
import type { YamlSource } from "./yaml-source.ts";

/** Part of a calendar, small enough to have one fault. */
type Piece = { path: Path; definition: CalendarDefinition };

/**
 * Everything that the calendar engine has against the calendars of a policy. The engine stops at the first fault, so
 * it is asked about each part apart, and about the whole only when every part is sound.
 */
export function calendarFaults(source: YamlSource, sets: HolidaySets): PolicyProblem[] {
	return placesAt(source, "calendars.*").flatMap(({ path, value }) => {
		if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
		const faults = [
			...zoneFaults(source, path),
			...hourFaults(source, path),
			...seasonFaults(source, path),
			...rotaFaults(source, path),
			...holidayFaults(source, path, sets),
			...exceptionFaults(source, path),
		];
		return faults.length > 0 ? faults : wholeFaults(source, path);
	});
}

function zoneFaults(source: YamlSource, calendar: Path): PolicyProblem[] {
	const path = [...calendar, "zone"];
	const zone = source.valueAt(path);
	if (typeof zone !== "string") return [];
	const known = () => nearMiss(zone, Intl.supportedValuesOf("timeZone"));
	return ask(source, { path, definition: { zone } }, () => known());
}

/** Of the usual week, of each week of a rota, of each season's. */
const weeks = ["weekly.*", "rota.weeks.*.*", "seasons.*.weekly.*"];

function hourFaults(source: YamlSource, calendar: Path): PolicyProblem[] {
	return weeks
		.flatMap((pattern) => placesAt(source, pattern, calendar))
		.flatMap((day) => {
			const key = String(day.path.at(-1));
			if (!weekdays.some((weekday) => weekday === key)) return [];
			const ranges = textsOf(source, day);
			const apart = ranges.flatMap(({ path, value }) =>
				ask(source, { path, definition: { zone, weekly: { [key]: [value] } } }),
			);
			if (apart.length > 0) return apart;
			return ask(source, { path: day.path, definition: { zone, weekly: { [key]: ranges.map(({ value }) => value) } } });
		});
}

function seasonFaults(source: YamlSource, calendar: Path): PolicyProblem[] {
	return placesAt(source, "seasons.*", calendar).flatMap(({ path, value }) => {
		const [from, to] = [memberOf(value, "from"), memberOf(value, "to")];
		if (typeof from !== "string" || typeof to !== "string") return [];
		const apart = (["from", "to"] as const).flatMap((key) => {
			const date = key === "from" ? from : to;
			return ask(source, { path: [...path, key], definition: withSeason(date, date) });
		});
		return apart.length > 0 ? apart : ask(source, { path, definition: withSeason(from, to) });
	});
}

function withSeason(from: string, to: string): CalendarDefinition {
	return { zone, seasons: [{ from, to, weekly: {} }] };
}

function rotaFaults(source: YamlSource, calendar: Path): PolicyProblem[] {
	const path = [...calendar, "rota", "anchor"];
	const anchor = source.valueAt(path);
	if (typeof anchor !== "string") return [];
	return ask(source, { path, definition: { zone, rota: { anchor, weeks: [{}, {}] } } });
}

function holidayFaults(source: YamlSource, calendar: Path, sets: HolidaySets): PolicyProblem[] {
	const names = Object.keys(sets).map((name) => `@${name}`);
	return textsOf(source, { path: [...calendar, "holidays"] }).flatMap(({ path, value }) => {
		if (!value.startsWith("@")) {
			const meant = () => names.find((name) => name === `@${value}`);
			return ask(source, { path, definition: { zone, holidays: [value] } }, meant);
		}
		if (names.includes(value)) return [];
		const known = names.length === 0 ? "no set, since none is known" : `a known set of holidays: ${names.join(", ")}`;
		const suggestion = nearMiss(value, names);
		return [source.problem(path, { code: "UNKNOWN_HOLIDAY_SET", expected: known, suggestion })];
	});
}

function exceptionFaults(source: YamlSource, calendar: Path): PolicyProblem[] {
	return placesAt(source, "exceptions.*", calendar).flatMap(({ path, value }) => {
		const texts = (key: string) => textsOf(source, { path: [...path, key] });
		const dates = ["date", "from", "to"].flatMap((key) => {
			const date = memberOf(value, key);
			const definition: CalendarDefinition = { zone, exceptions: [{ date: String(date), closed: true }] };
			return typeof date === "string" ? ask(source, { path: [...path, key], definition }) : [];
		});
		const hours = ["hours", "add", "remove"].flatMap((key) => {
			const ranges = texts(key);
			const within = (written: string[]): CalendarDefinition => ({
				zone,
				exceptions: [{ date: "2000-01-01", hours: written }],
			});
			const apart = ranges.flatMap((range) => ask(source, { path: range.path, definition: within([range.value]) }));
			if (apart.length > 0) return apart;
			return ask(source, { path: [...path, key], definition: within(ranges.map((range) => range.value)) });
		});
		const [from, to] = [memberOf(value, "from"), memberOf(value, "to")];
		if (dates.length > 0 || typeof from !== "string" || typeof to !== "string") return [...dates, ...hours];
		const definition: CalendarDefinition = { zone, exceptions: [{ from, to, closed: true }] };
		return [...ask(source, { path, definition }), ...hours];
	});
}

function wholeFaults(source: YamlSource, calendar: Path): PolicyProblem[] {
	const read = (key: string) => source.valueAt([...calendar, key]);
	const hasReadableHours = weeks.every((pattern) =>
		placesAt(source, pattern, calendar).every((day) => Array.isArray(day.value)),
	);
	if (typeof read("zone") !== "string" || !hasReadableHours) return [];
	const hasWeekly = placesAt(source, "weekly.*.*", calendar).length > 0;
	const besides = (key: string, code: ProblemCode, expected: string) => {
		const found = key === "rota" ? "a rota" : "weekly hours";
		return [source.problem([...calendar, key], { code, expected, found, atKey: true })];
	};
	if (read("always") === true) {
		if (hasWeekly) return besides("weekly", "ALWAYS_WITH_WEEKLY", "no weekly hours beside always: true");
		return read("rota") === undefined ? [] : besides("rota", "ALWAYS_WITH_WEEKLY", "no rota beside always: true");
	}
	if (read("rota") !== undefined && hasWeekly) {
		return besides("weekly", "ROTA_WITH_WEEKLY", "no weekly hours beside a rota, which has its own weeks");
	}
	const opens = [...weeks.map((pattern) => `${pattern}.*`), "exceptions.*.hours.*", "exceptions.*.add.*"];
	if (opens.some((pattern) => placesAt(source, pattern, calendar).length > 0)) return [];
	const expected = "weekly hours, a rota, or always: true";
	return [source.problem(calendar, { code: "calendar-without-hours", expected, found: "a calendar that never opens" })];
}

const weekdays: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Stands in while a zone of its own is judged apart. */
const zone = "UTC";

function ask(source: YamlSource, { path, definition }: Piece, suggest?: () => string | undefined): PolicyProblem[] {
	try {
		planCalendar(definition, {});
		return [];
	} catch (error) {
		if (!(error instanceof CalendarError)) throw error;
		const code = codeOf(error);
		return [source.problem(path, { code, expected: error.expected, found: error.found, suggestion: suggest?.() })];
	}
}

function codeOf({ code }: CalendarError): ProblemCode {
	switch (code) {
		case "INVALID_ZONE":
		case "INVALID_RANGE":
		case "OVERLAPPING_RANGES":
		case "INVALID_DATE":
		case "UNKNOWN_HOLIDAY_SET":
		case "ALWAYS_WITH_WEEKLY":
		case "ROTA_WITH_WEEKLY":
		case "INVALID_ROTA":
			return code;
		default:
			return "INVALID_CALENDAR";
	}
}

function textsOf(source: YamlSource, { path }: Pick<Place, "path">): { path: Path; value: string }[] {
	return placesAt(source, "*", path).flatMap(({ path: at, value }) =>
		typeof value === "string" ? [{ path: at, value }] : [],
	);
}
