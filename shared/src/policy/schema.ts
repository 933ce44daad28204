import { z } from "zod";
import type { Channel, Goal, TicketState } from "../sla/fact.ts";
import { languages } from "../wire/language.ts";
import { toAmount, toDuration, toMoment, UnreadableTime } from "./duration-text.ts";

/*
 * The document as a person writes it. Every message below is what was expected, in words that read after "expected";
 * that of an unknown key is the list of the known ones. What spans several places is checked in `reference-faults.ts`,
 * `calendar-faults.ts` and `contradictions.ts`, so that a fault here hides none of those.
 */

/** The goals that clocks run for. */
export const goals = ["first-response", "next-update", "resolution"] as const satisfies readonly Goal[];
const laterGoals = ["pickup", "handover"] as const satisfies readonly Goal[];

export const channels = ["portal", "email", "phone", "chat", "api", "other"] as const satisfies readonly Channel[];
const states = [
	"new",
	"open",
	"waiting",
	"solved",
	"closed",
	"merged",
	"deleted",
] as const satisfies readonly TicketState[];

/** What the schema calls a goal that a later version will know. */
export const notSupportedYet = "first-response, next-update or resolution: this goal is not supported yet";

const text = z.string({ error: "a text" }).regex(/\S/, { error: "a text that is not empty" });
const flag = z.boolean({ error: "true or false" });

const idForm = "an id of letters, digits and hyphens";
const id = z.string({ error: idForm }).regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, { error: idForm });

/** A name that must exist elsewhere; that it does is checked apart, so here any text will do. */
const reference = text;

const words = z.union([text, strict({ nl: text, fr: text, de: text, en: text })], {
	error: "a text, or a map of texts with the keys nl, fr, de and en",
});

const duration = timeText(toDuration, "a duration such as 90m, 2h or 1h 30m");
const amount = timeText(toAmount, "a duration such as 2h, or 3 working days");
const moment = timeText(toMoment, "a moment such as 80%, deadline or deadline + 30m");

const goal = z.enum(goals, {
	error: ({ input }) => (laterGoals.some((later) => later === input) ? notSupportedYet : oneOf(goals)),
});

const choice = strict({ id, name: words, hint: words.optional() });

const exception = strict({
	date: text.optional(),
	from: text.optional(),
	to: text.optional(),
	hours: z.array(text).optional(),
	add: z.array(text).optional(),
	remove: z.array(text).optional(),
	closed: z.literal(true, { error: "true" }).optional(),
});

const hours = z.array(text).optional();
const calendar = strict({
	zone: z.string({ error: "an IANA time zone such as Europe/Brussels" }),
	always: flag.optional(),
	weekly: strict({ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours }).optional(),
	holidays: z.array(text).optional(),
	exceptions: z.array(exception).optional(),
});

const year = z.int({ error: "a year" }).min(1900, { error: "a year from 1900" }).max(2999, { error: "a year to 2999" });
const wholeDays = "a whole number of days from Easter Sunday";

const holidayRule = strict({
	fixed: text.optional(),
	easter: z.int({ error: wholeDays }).optional(),
	range: z.tuple([text, text], { error: "a list of two days such as [12-27, 12-31]" }).optional(),
	date: text.optional(),
	name: words.optional(),
	years: z.array(year).optional(),
	source: text.optional(),
});

const holidaySetBody = {
	include: z.array(reference).optional(),
	completeUntil: year.optional(),
	rules: z.array(holidayRule),
};

/** One set of holidays in a file of its own. */
export const holidaySetSchema = strict({ set: id, ...holidaySetBody });

const target = z.union(
	[amount, strict({ within: amount, calendar: reference.optional(), promise: promise().optional() })],
	{ error: "a duration such as 2h, 3 working days, or a map with the keys within, calendar and promise" },
);

const later = z.undefined({ error: notSupportedYet }).optional();
const targets = strict(
	{ "first-response": target.optional(), "next-update": target.optional(), resolution: target.optional() },
	{ pickup: later, handover: later },
);

const service = strict({
	name: words,
	groups: z.array(text).optional(),
	components: z.array(reference).optional(),
	calendar: reference,
	promise: promise().optional(),
	targets: z.record(reference, targets, { error: "a map from priority to targets" }).optional(),
	ladder: reference.optional(),
});

const step = strict({
	id,
	at: moment,
	notify: z.array(reference).optional(),
	note: flag.optional(),
	repeat: strict({
		every: amountOfTime(),
		times: z
			.int({ error: "a whole number from 1 to 100" })
			.min(1, { error: "a whole number from 1 to 100" })
			.max(100, { error: "a whole number from 1 to 100" }),
	}).optional(),
});

const pageTexts = strict({ investigating: words, identified: words, monitoring: words, resolved: words });

/** A whole policy document. */
export const policySchema = strict({
	name: id,
	title: text,
	mode: literals(["measured", "promised"]),
	language: literals(languages),
	components: z.array(text).optional(),
	calendars: z.record(id, calendar),
	holidaySets: z.record(id, strict(holidaySetBody)).optional(),
	priorities: z.array(choice).min(1, { error: "at least one priority" }),
	matrix: strict({
		impacts: z.array(choice).min(1, { error: "at least one impact" }),
		urgencies: z.array(choice).min(1, { error: "at least one urgency" }),
		cells: z.record(reference, z.record(reference, reference)),
		caps: z
			.array(
				strict({
					groups: z.array(text).min(1, { error: "at least one group" }),
					atMost: reference,
					unlessJustified: flag.optional(),
				}),
			)
			.optional(),
	}),
	services: z.record(id, service),
	channels: strict(perChannel(literals(["promised", "best-effort"]).optional())).optional(),
	pauses: z
		.array(
			strict({
				states: z
					.array(
						z.union([literals(states), strict({ label: text })], {
							error: `${oneOf(states)}, or a map with the key label`,
						}),
					)
					.min(1, { error: "at least one state" }),
				goals: z.array(goal).min(1, { error: "at least one goal" }),
				reason: words,
				owner: literals(["customer", "supplier", "planned"]),
			}),
		)
		.optional(),
	grace: duration.optional(),
	onPriorityChange: perGoal(["recompute", "restart", "from-change"]).optional(),
	onReopen: perGoal(["resume", "restart", "new-cycle"]).optional(),
	ladders: z
		.record(
			id,
			strict({
				goals: z.array(goal).min(1, { error: "at least one goal" }),
				steps: z.array(step).min(1, { error: "at least one step" }),
			}),
		)
		.optional(),
	roles: z
		.record(
			id,
			strict({
				name: words,
				language: literals(languages).optional(),
				email: z.array(z.email({ error: "an e-mail address" })).optional(),
				webhooks: z.array(text).optional(),
			}),
		)
		.optional(),
	pages: z
		.array(
			strict({
				page: text,
				services: z.array(reference).min(1, { error: "at least one service" }),
				priorities: z.array(reference).min(1, { error: "at least one priority" }),
				title: words,
				texts: pageTexts,
				impact: literals(["minor", "major", "critical"]),
			}),
		)
		.optional(),
});

export type PolicyDocument = z.infer<typeof policySchema>;
export type WordsDocument = z.infer<typeof words>;
export type TargetDocument = z.infer<typeof target>;
export type HolidaySetFile = z.infer<typeof holidaySetSchema>;

/** A map that refuses every key it does not know; `unsaid` keys are accepted by name only to refuse them in words. */
function strict<Shape extends z.ZodRawShape, Unsaid extends z.ZodRawShape = Record<never, never>>(
	shape: Shape,
	unsaid?: Unsaid,
) {
	const known = Object.keys(shape).join(", ");
	return z.strictObject({ ...shape, ...unsaid } as Shape & Unsaid, {
		error: (issue) => (issue.code === "unrecognized_keys" ? known : "a map"),
	});
}

function literals<const Values extends readonly [string, ...string[]]>(values: Values) {
	return z.enum(values, { error: oneOf(values) });
}

function oneOf(values: readonly string[]): string {
	return values.length === 1 ? `${values[0]}` : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

function promise() {
	return literals(["aim", "commitment"]);
}

/** The same word for every goal, or a word per goal. */
function perGoal<const Values extends readonly [string, ...string[]]>(values: Values) {
	const word = literals(values);
	const map = strict({
		"first-response": word.optional(),
		"next-update": word.optional(),
		resolution: word.optional(),
	});
	return z.union([word, map], { error: `${oneOf(values)}, or a map of those per goal` });
}

function perChannel<Word extends z.ZodType>(word: Word) {
	return { portal: word, email: word, phone: word, chat: word, api: word, other: word } satisfies Record<Channel, Word>;
}

function amountOfTime() {
	return timeText((written) => {
		const read = toAmount(written);
		if (read.kind === "workingDays") throw new UnreadableTime("a duration such as 30m or 2h", written);
	}, "a duration such as 30m or 2h");
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
