import { z } from "zod";
import { CalendarError } from "../calendar/calendar-error.ts";
import { parseDate } from "../calendar/civil-date.ts";
import type { Goal } from "../sla/fact.ts";
import { toAmount, toDuration, toMoment, toSignedDuration, UnreadableTime } from "./duration-text.ts";

/*
 * What the schemas of documents are made of. Every message is what was expected, in words that read after "expected";
 * that of an unknown key is the list of the known ones.
 */

/** The goals that clocks run for. */
export const goals = [
	"pickup",
	"first-response",
	"next-update",
	"resolution",
	"handover",
] as const satisfies readonly Goal[];

export const text = z.string({ error: "a text" }).regex(/\S/, { error: "a text that is not empty" });
export const flag = z.boolean({ error: "true or false" });

const idForm = "an id of letters, digits and hyphens";
export const id = z.string({ error: idForm }).regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, { error: idForm });

/** A name that must exist elsewhere; that it does is checked apart, so here any text will do. */
export const reference = text;

export const words = z
	.union(
		[
			text,
			strict({
				nl: text.describe("Dutch."),
				fr: text.describe("French."),
				de: text.describe("German."),
				en: text.describe("English."),
			}),
		],
		{ error: "a text, or a map of texts with the keys nl, fr, de and en" },
	)
	.meta({ id: "words", description: "One text that stands for all languages, or a text per language." });

export type WordsDocument = z.infer<typeof words>;

/** What editors check of a duration as it is typed; the reading itself is stricter. */
const units = "(\\d{1,9}h)?\\s*(\\d{1,9}m)?\\s*(\\d{1,9}s)?";
const durationPattern = `^(?=\\S)${units}$`;

export const duration = timeText(toDuration, "a duration such as 90m, 2h or 1h 30m", durationPattern);
export const amount = timeText(
	toAmount,
	"a duration such as 2h, or 3 working days",
	`^(?=\\S)(\\d+ working days?|${units})$`,
);
/** A length of time that cannot be counted in working days. */
export const interval = timeText(
	(written) => {
		const read = toAmount(written);
		if (read.kind === "workingDays") throw new UnreadableTime("a duration such as 30m or 2h", written);
	},
	"a duration such as 30m or 2h",
	durationPattern,
);
/** A duration that may be negative: `-30m`. */
export const signedDuration = timeText(
	(written) => toSignedDuration(written),
	"a duration such as 30m or -1h",
	`^-?(?=\\S)${units}$`,
);
export const moment = timeText(
	toMoment,
	"a moment such as 80%, deadline or deadline + 30m",
	"^(\\d{1,3}%|deadline(\\s*[+-]\\s*\\S.*)?)$",
);

export const goal = literals(goals).describe("What a clock runs for.");

const dateForm = "a date YYYY-MM-DD";
export const date = z
	.string({ error: dateForm })
	.superRefine((written, context) => {
		if (isDate(written)) return;
		context.addIssue({ code: "custom", message: "an existing date YYYY-MM-DD" });
	})
	.meta({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });

const timeForm = 'a time of day in quotes, such as "16:00"';
export const timeOfDay = z.string({ error: timeForm }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: timeForm });

const percentForm = "a decimal per cent between 0 and 100, such as 99.3";
/** Per cent as an exact decimal: `99.3` or, where every zero matters, `"99.30"`. */
export const percent = z
	.union([z.number().meta({ minimum: 0, maximum: 100 }), z.string()], { error: percentForm })
	.refine((written) => /^(100(\.0{1,6})?|\d{1,2}(\.\d{1,6})?)$/.test(String(written)), { error: percentForm });

/** A map that refuses every key it does not know. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape) {
	const known = Object.keys(shape).join(", ");
	return z.strictObject(shape, { error: (issue) => (issue.code === "unrecognized_keys" ? known : "a map") });
}

export function literals<const Values extends readonly [string, ...string[]]>(values: Values) {
	return z.enum(values, { error: oneOf(values) });
}

export function oneOf(values: readonly string[]): string {
	return values.length === 1 ? `${values[0]}` : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

/** Something for each goal, any of them left out. */
export function byGoal<Value extends z.ZodType>(value: Value) {
	const one = value.optional();
	return strict({
		pickup: one.describe("From the opening until somebody takes it up."),
		"first-response": one.describe("From the opening until the customer hears from an agent."),
		"next-update": one.describe("From the customer's message until the next one from an agent."),
		resolution: one.describe("From the opening until it is solved."),
		handover: one.describe("From the moment a line receives it until that line passes it on or solves it."),
	} satisfies Record<Goal, unknown>);
}

/** The same word for every goal, or a word per goal. */
export function perGoal<const Values extends readonly [string, ...string[]]>(values: Values) {
	const word = literals(values);
	const map = byGoal(word);
	return z.union([word, map], { error: `${oneOf(values)}, or a map of those per goal` });
}

/** A text that `read` accepts; what it throws instead becomes the fault. `pattern` is for editors. */
function timeText(read: (written: string) => unknown, form: string, pattern: string) {
	return z
		.string({ error: form })
		.superRefine((written, context) => {
			try {
				read(written);
			} catch (error) {
				if (!(error instanceof UnreadableTime)) throw error;
				context.addIssue({ code: "custom", message: error.expected, params: { suggestion: error.suggestion } });
			}
		})
		.meta({ pattern });
}

function isDate(written: string): boolean {
	try {
		parseDate(written, "");
		return true;
	} catch (error) {
		if (error instanceof CalendarError) return false;
		throw error;
	}
}
