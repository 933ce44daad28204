import { type AvailabilityQuestion, availability } from "../status/availability.ts";
import type { Calendar, HolidaySets, VersionedCalendarDefinition, WorkingDayOptions } from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import { compileCalendar } from "./compile-calendar.ts";
import { holidaysOf } from "./holidays.ts";
import { formatInstant, parseInstant } from "./instant.ts";
import { due, elapsed, type Pause } from "./pauses.ts";

/** The answer to one case: instants in ISO 8601 UTC, durations in milliseconds, `null` for none, or an error's code. */
export type VectorResult = { id: unknown; result: unknown };

type Fields = Partial<Record<string, unknown>>;
type Question = { args: Fields; calendar: () => Calendar; sets: HolidaySets };

/**
 * Answers the cases of a file `{holidaySets, calendars, vectors: [{id, calendar, op, args}]}`, in order. A case
 * that fails has `{error: CODE}` as its result; INVALID_VECTOR is one that is not a case. Throws a `CalendarError`
 * only when the file has no list of cases.
 */
export function evaluateVectors(file: unknown): VectorResult[] {
	const { holidaySets, calendars, vectors } = fieldsOf(file, "file");
	if (!Array.isArray(vectors)) throw invalid("vectors", "a list of cases", vectors);
	const sets = (isFields(holidaySets) ? holidaySets : {}) as HolidaySets;
	const compiled = new Map<unknown, Calendar>();
	const calendarNamed = (name: unknown): Calendar => {
		let calendar = compiled.get(name);
		if (!calendar) {
			const known = isFields(calendars) && typeof name === "string" && Object.hasOwn(calendars, name);
			if (!known) throw invalid("calendar", "the name of a calendar of the file", name);
			calendar = compileCalendar(calendars[name] as VersionedCalendarDefinition, sets);
			compiled.set(name, calendar);
		}
		return calendar;
	};
	return vectors.map((vector: unknown) => {
		const id = isFields(vector) ? (vector.id ?? null) : null;
		try {
			const { op, args, calendar } = fieldsOf(vector, "vector");
			const answer = typeof op === "string" && Object.hasOwn(operations, op) ? operations[op] : undefined;
			if (!answer) throw invalid("op", `one of ${Object.keys(operations).join(", ")}`, op);
			return { id, result: answer({ args: fieldsOf(args, "args"), calendar: () => calendarNamed(calendar), sets }) };
		} catch (error) {
			if (error instanceof CalendarError) return { id, result: { error: error.code } };
			throw error;
		}
	});
}

const operations: Record<string, (question: Question) => unknown> = {
	add: ({ args, calendar }) => formatInstant(calendar().add(instant(args, "t"), duration(args), horizonDays(args))),
	subtract: ({ args, calendar }) =>
		formatInstant(calendar().subtract(instant(args, "t"), duration(args), horizonDays(args))),
	between: ({ args, calendar }) => calendar().between(instant(args, "a"), instant(args, "b")),
	isOpen: ({ args, calendar }) => calendar().isOpen(instant(args, "t")),
	nextOpen: ({ args, calendar }) => formatInstant(calendar().nextOpen(instant(args, "t"), horizonDays(args))),
	nextClose: ({ args, calendar }) => orNull(calendar().nextClose(instant(args, "t"), horizonDays(args))),
	addWorkingDays: ({ args, calendar }) => {
		const horizon = horizonDays(args);
		return formatInstant(
			calendar().addWorkingDays(instant(args, "t"), number(args, "n", "INVALID_DAY_COUNT"), {
				...from(args),
				count: oneOf(args, "count", ["after", "same"], "after"),
				end: oneOf(args, "end", ["close", "midnight", "sameTime"], "close"),
				...(horizon === undefined ? {} : { horizonDays: horizon }),
			}),
		);
	},
	workingDaysBetween: ({ args, calendar }) =>
		calendar().workingDaysBetween(instant(args, "a"), instant(args, "b"), from(args)),
	isWorkingDay: ({ args, calendar }) => calendar().isWorkingDay(args.date as string),
	due: ({ args, calendar }) =>
		orNull(due(calendar(), instant(args, "start"), duration(args), spans(args, "pauses"), horizonDays(args))),
	elapsed: ({ args, calendar }) =>
		elapsed(calendar(), instant(args, "start"), instant(args, "end"), spans(args, "pauses")),
	availability: ({ args, calendar }) => {
		const question: AvailabilityQuestion = {
			from: instant(args, "from"),
			to: instant(args, "to"),
			side: oneOf(args, "side", ["in", "out", "all"], "all"),
			down: spans(args, "down"),
			planned: spans(args, "planned"),
		};
		return availability(calendar(), question);
	},
	holidays: ({ args, sets }) => {
		const year = number(args, "year", "INVALID_DATE");
		return holidaysOf(sets, String(args.set), year).map(({ date }) => date);
	},
	validate: ({ args, sets }) => {
		compileCalendar(args.def as VersionedCalendarDefinition, sets);
		return { ok: true };
	},
};

function from(args: Fields): Pick<WorkingDayOptions, "from"> {
	return { from: oneOf(args, "from", ["open", "arrival"], "open") };
}

function instant(args: Fields, name: string): number {
	return parseInstant(args[name], name);
}

function orNull(found: number | null): string | null {
	return found === null ? null : formatInstant(found);
}

function duration(args: Fields): number {
	return number(args, "ms", "INVALID_DURATION");
}

function horizonDays(args: Fields): number | undefined {
	return args.horizonDays === undefined || args.horizonDays === null
		? undefined
		: number(args, "horizonDays", "INVALID_DAY_COUNT");
}

function number(args: Fields, path: string, code: "INVALID_DAY_COUNT" | "INVALID_DURATION" | "INVALID_DATE"): number {
	const found = args[path];
	if (typeof found === "number") return found;
	throw new CalendarError(code, { path, expected: "a whole number", found });
}

function oneOf<const Word extends string>(args: Fields, path: string, words: readonly Word[], usual: Word): Word {
	const found = args[path] ?? usual;
	const word = words.find((known) => known === found);
	if (word === undefined) throw invalid(path, `one of ${words.join(", ")}`, found);
	return word;
}

function spans(args: Fields, path: string): Pause[] {
	const given = args[path] ?? [];
	if (!Array.isArray(given)) throw invalid(path, "a list of [from, to]", given);
	return given.map((span: unknown, index): Pause => {
		if (!Array.isArray(span) || span.length !== 2) throw invalid(`${path}[${index}]`, "[from, to]", span);
		const to = span[1] === null ? null : parseInstant(span[1], `${path}[${index}][1]`);
		return [parseInstant(span[0], `${path}[${index}][0]`), to];
	});
}

function fieldsOf(value: unknown, path: string): Fields {
	if (isFields(value)) return value;
	throw invalid(path, "an object", value);
}

function isFields(value: unknown): value is Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(path: string, expected: string, found: unknown): CalendarError {
	return new CalendarError("INVALID_VECTOR", { path, expected, found });
}
