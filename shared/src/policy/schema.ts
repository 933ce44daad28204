import { z } from "zod";
import type { Channel } from "../sla/fact.ts";
import { languages } from "../wire/language.ts";
import { calendarSchema, holidaySetBody } from "./calendar-schema.ts";
import { exampleSchema } from "./example-schema.ts";
import {
	amount,
	date,
	duration,
	flag,
	goal,
	id,
	interval,
	literals,
	moment,
	oneOf,
	perGoal,
	reference,
	strict,
	text,
	words,
} from "./schema-forms.ts";
import { serviceSchema } from "./service-schema.ts";
import { pauseOwners, states } from "./ticket-words.ts";

/*
 * The document as a person writes it. What spans several places is checked in `reference-faults.ts`,
 * `calendar-faults.ts` and `contradictions.ts`, so that a fault here hides none of those.
 */

const choice = strict({
	id: id.describe("Id by which the rest of the document names it."),
	name: words.describe("What people read."),
	hint: words.optional().describe("When to choose it."),
}).meta({ id: "choice", description: "Something that people choose." });

const matrix = strict({
	impacts: z.array(choice).min(1, { error: "at least one impact" }).describe("How many are hit, from high to low."),
	urgencies: z
		.array(choice)
		.min(1, { error: "at least one urgency" })
		.describe("How long it can wait, from high to low."),
	cells: z
		.record(reference, z.record(reference, reference))
		.describe("cells.impact.urgency is a priority; every pair has one."),
	questions: z
		.array(
			strict({
				sets: literals(["impact", "urgency"]).describe("Which side of the matrix the answer chooses."),
				ask: words.describe("The question."),
				answers: z
					.array(strict({ to: reference.describe("Id of the impact or urgency."), say: words.describe("The answer.") }))
					.min(2, { error: "at least two answers" })
					.describe("What can be answered."),
			}),
		)
		.optional()
		.describe("Questions that lead a person to a cell, in order."),
	caps: z
		.array(
			strict({
				groups: z.array(text).min(1, { error: "at least one group" }).describe("Groups of the helpdesk it is for."),
				atMost: reference.describe("The highest priority that their tickets may have."),
				unlessJustified: flag.optional().describe("true: a justification lifts it; default: false."),
			}),
		)
		.optional()
		.describe("The highest priority of some groups, such as a test environment."),
}).describe("From impact and urgency to a priority.");

const longest = strict({
	within: amount.describe("The longest it may last, in the clock's open time."),
	// biome-ignore lint/suspicious/noThenProperty: a key of the document, never awaited
	then: literals(["resume", "stay"]).describe("resume: the clock goes on; stay: it stands, and the roles hear of it."),
	notify: z.array(reference).optional().describe("Roles that hear of it."),
}).meta({
	id: "longest",
	description: "The longest length of a pause and what happens then; default: as long as it takes.",
});

const pause = strict({
	states: z
		.array(
			z.union([literals(states), strict({ label: text.describe("The helpdesk's own word for a state.") })], {
				error: `${oneOf(states)}, or a map with the key label`,
			}),
		)
		.min(1, { error: "at least one state" })
		.describe("States of a ticket that pause, by our word or by the helpdesk's own label."),
	goals: z.array(goal).min(1, { error: "at least one goal" }).describe("Which goals stand still."),
	reason: words.describe("Why, for people."),
	owner: literals(pauseOwners).describe("Whose turn it is."),
	longest: longest.optional().describe("How long it may last; default: as long as it takes."),
});

const count = "a whole number from 1 to 100";
const step = strict({
	id: id.describe("Id of the step, once per ladder."),
	at: moment.describe("80%, deadline, deadline + 30m or deadline - 1h, in the clock's own open time."),
	notify: z.array(reference).optional().describe("Roles that hear of it."),
	note: flag.optional().describe("true: the ticket gets an internal note too; default: false."),
	repeat: strict({
		every: interval.describe("Open time between repeats."),
		times: z.int({ error: count }).min(1, { error: count }).max(100, { error: count }).describe("How often at most."),
	})
		.optional()
		.describe("Again and again while nobody acknowledges."),
	moveTo: strict({
		line: reference.optional().describe("Id of a line of the ticket's service: its first group."),
		group: text.optional().describe("Group or team of the helpdesk, instead of a line."),
		owner: text.optional().describe("Login of an agent of the helpdesk, or nobody; default: whoever has it."),
	})
		.optional()
		.describe("Where the ticket goes in the helpdesk when the step is taken; default: it stays."),
});

const ladder = strict({
	goals: z.array(goal).min(1, { error: "at least one goal" }).describe("Goals whose clocks climb it."),
	steps: z.array(step).min(1, { error: "at least one step" }).describe("Its steps, in order."),
});

const role = strict({
	name: words.describe("What people call the function."),
	language: literals(languages).optional().describe("Language of its alerts; default: that of the policy."),
	email: z
		.array(z.email({ error: "an e-mail address" }))
		.optional()
		.describe("Addresses of the function."),
	webhooks: z.array(text).optional().describe("Connections of kind webhook that hear it."),
});

const page = strict({
	page: text.describe("Connection of a status page, or built-in."),
	services: z.array(reference).min(1, { error: "at least one service" }).describe("Services whose tickets open it."),
	priorities: z
		.array(reference)
		.min(1, { error: "at least one priority" })
		.describe("Priorities of tickets that open it."),
	title: words.describe("Public title; {component} and {service} are filled in."),
	texts: strict({
		investigating: words.describe("Somebody looks into it."),
		identified: words.describe("The cause is known."),
		monitoring: words.describe("A solution is in place and is being watched."),
		resolved: words.describe("It is over."),
	}).describe("Public texts by stage; never ticket content."),
	impact: literals(["minor", "major", "critical"]).describe("How serious the page says it is."),
});

const deciding = strict({
	customer: literals(["first", "always", "never"])
		.optional()
		.describe("Whether a customer's own choice counts: for the first priority only, always (default), or never."),
	restricted: z
		.array(
			strict({
				priorities: z.array(reference).min(1, { error: "at least one priority" }).describe("Priorities kept to roles."),
				roles: z.array(reference).min(1, { error: "at least one role" }).describe("Roles that may declare them."),
				otherwise: reference.describe("The priority that others get who ask for it."),
			}),
		)
		.optional()
		.describe("Priorities that only some roles may declare."),
	withoutConsensus: reference.optional().describe("The role that decides when people do not agree."),
});

const onChange = perGoal(["recompute", "restart", "from-change"]).optional();

/** A whole policy document. */
export const policySchema = strict({
	name: id.describe("Id of the policy: letters, digits, hyphens."),
	title: text.describe("What people call it."),
	mode: literals(["measured", "promised"]).describe("measured: clocks run in silence. promised: shown and acted upon."),
	effectiveFrom: date
		.optional()
		.describe("First date on which it can come into force, in the zone of its first calendar; default: at once."),
	language: literals(languages).describe("Language of alerts to roles that do not name their own."),
	components: z.array(text).optional().describe("Components of the status page that services may name."),
	calendars: z.record(id, calendarSchema).describe("Calendars by name."),
	holidaySets: z
		.record(id, strict(holidaySetBody))
		.optional()
		.describe("Sets of holidays of your own, beside the ready-made ones."),
	priorities: z.array(choice).min(1, { error: "at least one priority" }).describe("Priorities, from high to low."),
	matrix,
	deciding: deciding.optional().describe("Who has a say in a priority."),
	services: z.record(id, serviceSchema).describe("The service catalogue, by id."),
	channels: strict(perChannel(literals(["promised", "best-effort"]).optional()))
		.optional()
		.describe("Which channels carry a promise; default of each: promised."),
	workingDays: strict({
		from: literals(["open", "arrival"]).optional().describe("Day 0 is that of the next opening (default), or arrival."),
		count: literals(["after", "same"]).optional().describe("Whether day 0 counts (same) or not (after, default)."),
		end: literals(["close", "midnight", "sameTime"])
			.optional()
			.describe("When the last day ends: at its close (default), at midnight, or at the same time of day."),
	})
		.optional()
		.describe("What targets in working days mean."),
	pickedUpBy: z
		.array(literals(["owner", "reply", "hand-over"]))
		.min(1, { error: "at least one of owner, reply, hand-over" })
		.optional()
		.describe("What counts as picking up a ticket; default: all three."),
	nextUpdateFrom: literals(["customer", "every-message"])
		.optional()
		.describe("From where a next update is owed: the customer's message (default), or each message of an agent too."),
	pauses: z.array(pause).optional().describe("Which states of a ticket stop which clocks."),
	manualPauses: strict({
		goals: z.array(goal).min(1, { error: "at least one goal" }).optional().describe("Goals they stop; default: all."),
		longest: longest.optional().describe("How long it may last; default: as long as it takes."),
	})
		.optional()
		.describe("What pauses by hand stop."),
	grace: duration.optional().describe("Changes that cancel each other within this time leave no trace; default: none."),
	onPriorityChange: onChange.describe("What a change of priority does to a clock; default: recompute."),
	onServiceChange: onChange.describe("What a change of service does to a clock; default: as onPriorityChange."),
	onChannelChange: onChange.describe("What a change of channel does to a clock; default: from-change."),
	onReopen: perGoal(["resume", "restart", "new-cycle"])
		.optional()
		.describe("What reopening does to a clock; default: resume."),
	ladders: z.record(id, ladder).optional().describe("Who hears what when, by name."),
	roles: z.record(id, role).optional().describe("Functions and how they are reached; never persons."),
	pages: z.array(page).optional().describe("When a ticket opens an incident on a status page."),
	examples: z.array(exampleSchema).optional().describe("Cases with what must come of them, run at every check."),
});

export type PolicyDocument = z.infer<typeof policySchema>;

function perChannel<Word extends z.ZodType>(word: Word) {
	return {
		portal: word.describe("Tickets opened in the portal."),
		email: word.describe("Tickets opened by e-mail."),
		phone: word.describe("Tickets opened after a call."),
		chat: word.describe("Tickets opened in a chat."),
		api: word.describe("Tickets opened by a program."),
		other: word.describe("Tickets opened in any other way."),
	} satisfies Record<Channel, Word>;
}
