import type { CalendarDefinition, DayLayer, Named, Weekday } from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import { civilDate, type DayNumber, formatDate, parseDate, parseMonthDay, weekdayOf } from "./civil-date.ts";
import { DAY_MINUTES, type MinuteRange, parseRanges } from "./local-ranges.ts";

/** What a date has before holidays and exceptions, and by which layer. */
export type WeekHours = { ranges: readonly MinuteRange[]; layer: DayLayer };

/** The hours of every date by week, rota and season. */
export type WeekPlan = {
	hoursOn(day: DayNumber): WeekHours;
	neverOpens: boolean;
};

/** Seven lists of ranges, Monday first. */
type Week = readonly (readonly MinuteRange[])[];

type SeasonPlan = Laid & { holds(day: DayNumber): boolean };

const weekdays: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Reads the week, the rota or the round-the-clock of a definition, and its seasons; throws the first fault. */
export function planWeeks(definition: CalendarDefinition, at: (key: string) => string): WeekPlan {
	const base = planBase(definition, at);
	const seasons = planSeasons(definition.seasons, at("seasons")).reverse();
	return {
		hoursOn(day) {
			const season = seasons.find(({ holds }) => holds(day));
			const { week, layer } = season ?? base.weekOf(day);
			return { ranges: week[weekdayOf(day)] ?? [], layer };
		},
		neverOpens: [...base.weeks, ...seasons.map(({ week }) => week)].every((week) =>
			week.every((ranges) => ranges.length === 0),
		),
	};
}

type Laid = { week: Week; layer: DayLayer };

type Base = { weekOf(day: DayNumber): Laid; weeks: Week[] };

function planBase(definition: CalendarDefinition, at: (key: string) => string): Base {
	const { weekly, rota, always } = definition;
	const week = planWeek(weekly ?? {}, at("weekly"));
	const isOpen = week.some((ranges) => ranges.length > 0);
	if (always && (isOpen || rota !== undefined)) {
		const expected = `no ${isOpen ? "weekly hours" : "rota"} beside always: true`;
		const [path, found] = isOpen ? [at("weekly"), weekly] : [at("rota"), rota];
		throw new CalendarError("ALWAYS_WITH_WEEKLY", { path, expected, found });
	}
	if (rota !== undefined) {
		if (isOpen) {
			const expected = "no weekly hours beside a rota, which has its own weeks";
			throw new CalendarError("ROTA_WITH_WEEKLY", { path: at("weekly"), expected, found: weekly });
		}
		return planRota(rota, at("rota"));
	}
	const laid: Laid = always
		? { week: weekdays.map(() => [[0, DAY_MINUTES]]), layer: { layer: "always" } }
		: { week, layer: { layer: "weekly" } };
	return { weekOf: () => laid, weeks: [laid.week] };
}

/** Weeks count from the anchor's Monday, in both directions; the numbers of a calendar year's weeks have no part in it. */
function planRota(given: unknown, path: string): Base {
	const rota: Partial<Record<string, unknown>> = typeof given === "object" && given !== null ? given : {};
	const anchor = parseDate(rota.anchor, `${path}.anchor`);
	if (weekdayOf(anchor) !== 0) {
		const expected = `a Monday, such as ${formatDate(anchor - weekdayOf(anchor))}`;
		const words = `${rota.anchor}, a ${dayNames[weekdayOf(anchor)]}`;
		throw new CalendarError("INVALID_ROTA", { path: `${path}.anchor`, expected, words });
	}
	if (!Array.isArray(rota.weeks) || rota.weeks.length < 2) {
		const expected = "a list of two or more weeks";
		throw new CalendarError("INVALID_ROTA", { path: `${path}.weeks`, expected, found: rota.weeks });
	}
	const of = rota.weeks.length;
	const turns = rota.weeks.map((week: unknown, index): Laid => {
		return { week: planWeek(week, `${path}.weeks[${index}]`), layer: { layer: "rota", week: index + 1, of } };
	});
	return {
		weekOf: (day) => turns.at(Math.floor((day - anchor) / 7) % of) as Laid,
		weeks: turns.map(({ week }) => week),
	};
}

function planSeasons(given: unknown, path: string): SeasonPlan[] {
	if (given === undefined) return [];
	if (!Array.isArray(given)) {
		throw new CalendarError("INVALID_DATE", { path, expected: "a list of seasons", found: given });
	}
	return given.map((entry: unknown, index) => planSeason(entry, `${path}[${index}]`));
}

function planSeason(entry: unknown, path: string): SeasonPlan {
	const season: Partial<Record<string, unknown>> = typeof entry === "object" && entry !== null ? entry : {};
	const holds = seasonDays(season, path);
	const week = planWeek(season.weekly, `${path}.weekly`);
	const [from, to] = [String(season.from), String(season.to)];
	return { holds, week, layer: { layer: "season", from, to, name: (season.name as Named | undefined) ?? null } };
}

/** Whether a day lies in a season; one written without years may pass New Year. */
function seasonDays({ from, to }: Partial<Record<string, unknown>>, path: string): SeasonPlan["holds"] {
	if (isYearly(from) && isYearly(to)) {
		const first = yearDay(from, `${path}.from`);
		const last = yearDay(to, `${path}.to`);
		return (day) => {
			const date = civilDate(day);
			const now = date.month * 100 + date.day;
			return first <= last ? now >= first && now <= last : now >= first || now <= last;
		};
	}
	if (isYearly(from) || isYearly(to)) {
		const expected = "two dates of one form: both MM-DD, or both YYYY-MM-DD";
		throw new CalendarError("INVALID_DATE", { path, expected, words: `${from} to ${to}` });
	}
	const first = parseDate(from, `${path}.from`);
	const last = parseDate(to, `${path}.to`);
	if (last < first) {
		const expected = "a season that ends on or after its first date";
		throw new CalendarError("INVALID_DATE", { path, expected, words: `${from} to ${to}` });
	}
	return (day) => day >= first && day <= last;
}

function isYearly(text: unknown): boolean {
	return typeof text === "string" && /^\d{2}-\d{2}$/.test(text);
}

function yearDay(text: unknown, path: string): number {
	const [month, day] = parseMonthDay(text, path);
	return month * 100 + day;
}

function planWeek(given: unknown, path: string): Week {
	if (typeof given !== "object" || given === null || Array.isArray(given)) {
		const expected = "ranges by weekday, such as mon: [09:00-17:00]";
		throw new CalendarError("INVALID_RANGE", { path, expected, found: given });
	}
	for (const key of Object.keys(given)) {
		if (!weekdays.some((weekday) => weekday === key)) {
			const expected = `one of ${weekdays.join(", ")}`;
			throw new CalendarError("INVALID_RANGE", { path: `${path}.${key}`, expected, found: key });
		}
	}
	const days: Partial<Record<string, unknown>> = given;
	return weekdays.map((weekday) => parseRanges(days[weekday] ?? [], `${path}.${weekday}`));
}

const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
