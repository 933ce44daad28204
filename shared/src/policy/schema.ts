import { z } from "zod";
import type { Channel, TicketState } from "../sla/fact.ts";
import { languages } from "../wire/language.ts";
import { calendarSchema, holidaySetBody } from "./calendar-schema.ts";
import {
	amount,
	duration,
	flag,
	goal,
	id,
	interval,
	literals,
	moment,
	notSupportedYet,
	oneOf,
	perGoal,
	reference,
	strict,
	text,
	words,
} from "./schema-forms.ts";

/*
 * The document as a person writes it. What spans several places is checked in `reference-faults.ts`,
 * `calendar-faults.ts` and `contradictions.ts`, so that a fault here hides none of those.
 */

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

const promise = literals(["aim", "commitment"]);

const choice = strict({ id, name: words, hint: words.optional() });

const target = z.union(
	[amount, strict({ within: amount, calendar: reference.optional(), promise: promise.optional() })],
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
	promise: promise.optional(),
	targets: z.record(reference, targets, { error: "a map from priority to targets" }).optional(),
	ladder: reference.optional(),
});

const step = strict({
	id,
	at: moment,
	notify: z.array(reference).optional(),
	note: flag.optional(),
	repeat: strict({
		every: interval,
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
	calendars: z.record(id, calendarSchema),
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

function perChannel<Word extends z.ZodType>(word: Word) {
	return { portal: word, email: word, phone: word, chat: word, api: word, other: word } satisfies Record<Channel, Word>;
}
