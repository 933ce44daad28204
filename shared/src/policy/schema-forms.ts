import { z } from "zod";
import type { Goal } from "../sla/fact.ts";
import { toAmount, toDuration, toMoment, UnreadableTime } from "./duration-text.ts";

/*
 * What the schemas of documents are made of. Every message is what was expected, in words that read after "expected";
 * that of an unknown key is the list of the known ones.
 */

/** The goals that clocks run for. */
export const goals = ["first-response", "next-update", "resolution"] as const satisfies readonly Goal[];
const laterGoals = ["pickup", "handover"] as const satisfies readonly Goal[];

/** What the schema calls a goal that a later version will know. */
export const notSupportedYet = "first-response, next-update or resolution: this goal is not supported yet";

export const text = z.string({ error: "a text" }).regex(/\S/, { error: "a text that is not empty" });
export const flag = z.boolean({ error: "true or false" });

const idForm = "an id of letters, digits and hyphens";
export const id = z.string({ error: idForm }).regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, { error: idForm });

/** A name that must exist elsewhere; that it does is checked apart, so here any text will do. */
export const reference = text;

export const words = z.union([text, strict({ nl: text, fr: text, de: text, en: text })], {
	error: "a text, or a map of texts with the keys nl, fr, de and en",
});

export const duration = timeText(toDuration, "a duration such as 90m, 2h or 1h 30m");
export const amount = timeText(toAmount, "a duration such as 2h, or 3 working days");
/** A length of time that cannot be counted in working days. */
export const interval = timeText((written) => {
	const read = toAmount(written);
	if (read.kind === "workingDays") throw new UnreadableTime("a duration such as 30m or 2h", written);
}, "a duration such as 30m or 2h");
export const moment = timeText(toMoment, "a moment such as 80%, deadline or deadline + 30m");

export const goal = z.enum(goals, {
	error: ({ input }) => (laterGoals.some((later) => later === input) ? notSupportedYet : oneOf(goals)),
});

/** A map that refuses every key it does not know; `unsaid` keys are accepted by name only to refuse them in words. */
export function strict<Shape extends z.ZodRawShape, Unsaid extends z.ZodRawShape = Record<never, never>>(
	shape: Shape,
	unsaid?: Unsaid,
) {
	const known = Object.keys(shape).join(", ");
	return z.strictObject({ ...shape, ...unsaid } as Shape & Unsaid, {
		error: (issue) => (issue.code === "unrecognized_keys" ? known : "a map"),
	});
}

export function literals<const Values extends readonly [string, ...string[]]>(values: Values) {
	return z.enum(values, { error: oneOf(values) });
}

export function oneOf(values: readonly string[]): string {
	return values.length === 1 ? `${values[0]}` : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

/** The same word for every goal, or a word per goal. */
export function perGoal<const Values extends readonly [string, ...string[]]>(values: Values) {
	const word = literals(values);
	const map = strict({
		"first-response": word.optional(),
		"next-update": word.optional(),
		resolution: word.optional(),
	});
	return z.union([word, map], { error: `${oneOf(values)}, or a map of those per goal` });
}

/** A text that `read` accepts; what it throws instead becomes the fault. */
function timeText(read: (written: string) => unknown, form: string) {
	return z.string({ error: form }).superRefine((written, context) => {
		try {
			read(written);
		} catch (error) {
			if (!(error instanceof UnreadableTime)) throw error;
			context.addIssue({ code: "custom", message: error.expected, params: { suggestion: error.suggestion } });
		}
	});
}
