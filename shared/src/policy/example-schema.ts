import { z } from "zod";
import { byGoal, flag, goal, literals, reference, signedDuration, strict, text } from "./schema-forms.ts";
import { channels, pauseOwners, states } from "./ticket-words.ts";

/*
 * Examples: what happens to a ticket, and what must come of it. Local times are read in `example-times.ts`, since what
 * they mean depends on the zone of the example.
 */

const timeForm = "a local time with its weekday, such as Mon 2026-03-02 09:00";
/** Seconds and an offset may follow: `Sun 2026-10-25 02:30:00 +01:00`. */
const localTime = z.string({ error: timeForm }).regex(/\S/, { error: timeForm }).meta({
	pattern: "^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}(:\\d{2})?( [+-]\\d{2}:\\d{2})?$",
});
const localTimeOrNone = localTime.nullable();

const actor = literals(["customer", "agent", "system"]).describe("Who did it.");
const channel = literals(channels).describe("How it came in.");
const state = literals(states).describe("State of a ticket.");
const reason = text.describe("Why.");
const impact = reference.nullable().describe("Id of an impact, or null.");
const urgency = reference.nullable().describe("Id of an urgency, or null.");
const whole = "a whole number";
const cycle = z.int({ error: whole }).min(1, { error: whole }).optional().describe("Cycle of its clock; default: 1.");
const occurrence = z
	.int({ error: whole })
	.min(0, { error: whole })
	.optional()
	.describe("How often it had been owed before; default: 0.");
const nullableText = text.nullable();

function shortOr<Short extends z.ZodType, Long extends z.ZodType>(short: Short, long: Long, form: string) {
	return z.union([short, long], { error: form });
}

const given = strict({
	at: localTime.describe("When it happened: Mon 2026-03-02 09:00, in the zone of the example."),
	seen: localTime.optional().describe("When the product learned it; default: at once."),
	opened: shortOr(channel, strict({ channel, by: actor.optional() }), "a channel, or a map with channel and by")
		.optional()
		.describe("The ticket was opened through this channel (by the customer)."),
	group: text.optional().describe("It now belongs to this group of the helpdesk."),
	priority: shortOr(
		reference,
		strict({ to: reference.describe("Id of a priority."), by: actor.optional() }),
		"a priority, or a map with to and by",
	)
		.optional()
		.describe("Its priority was set to this (by an agent)."),
	classified: strict({
		impact: reference.describe("Id of an impact."),
		urgency: reference.describe("Id of an urgency."),
		priority: reference.optional().describe("Default: what the matrix says."),
		justification: z.string({ error: "a text" }).optional().describe("Why the cell is right; blank is none."),
		role: reference.optional().describe("The role in which it was chosen."),
		consensus: flag.optional().describe("false: the customer did not agree."),
		by: actor.optional(),
	})
		.optional()
		.describe("A cell of the matrix was chosen (by an agent)."),
	assessed: strict({ impact, urgency, by: actor.optional() })
		.optional()
		.describe("The helpdesk's own impact and urgency fields now say this."),
	state: shortOr(
		state,
		strict({
			to: state,
			label: text.optional().describe("The helpdesk's own word; default: ours."),
			by: actor.optional(),
		}),
		"a state, or a map with to",
	)
		.optional()
		.describe("Its state is now this (by an agent)."),
	owner: nullableText.optional().describe("It now has this owner; null: nobody."),
	replied: shortOr(
		actor,
		strict({
			by: actor,
			channel: channel.optional(),
			internal: flag.optional().describe("true: the customer cannot see it."),
			automatic: flag.optional().describe("true: the helpdesk sent it by itself."),
		}),
		"customer, agent or system, or a map with by",
	)
		.optional()
		.describe("Somebody wrote."),
	channel: channel.optional().describe("It was moved to this channel."),
	paused: strict({
		because: literals(["by-hand", "information-missing"]).optional().describe("Default: by-hand."),
		reason,
		owner: literals(pauseOwners).optional().describe("Whose turn it is; default: customer."),
		until: localTimeOrNone.optional().describe("When it ends by itself; default: when somebody resumes."),
	})
		.optional()
		.describe("An agent stopped the clocks by hand."),
	resumed: actor.optional().describe("Somebody ended the pause by hand."),
	agreed: strict({ goal, deadline: localTimeOrNone.describe("The new deadline."), reason })
		.optional()
		.describe("Another deadline was agreed for a goal; null takes it back."),
	"handed-over": strict({
		from: nullableText.optional().describe("Id of a line; default: none in particular."),
		to: text.describe("Id of a line."),
		text: text.describe("What was written."),
		by: actor.optional(),
	})
		.optional()
		.describe("One line gave it to another, in writing."),
	phoned: actor.optional().describe("The phone call that the priority asks for was made by this one."),
	escalation: strict({
		level: z.int({ error: "a level from 1" }).min(1, { error: "a level from 1" }).describe("Level, from 1."),
		role: reference.optional().describe("Default: the service's role of that level."),
		reason,
		by: actor.optional(),
	})
		.optional()
		.describe("Somebody asked for attention."),
	alerted: strict({ step: text.describe("goal/step"), cycle, occurrence })
		.optional()
		.describe("A step of the ladder was taken."),
	acknowledged: strict({
		step: text.describe("goal/step of the alert."),
		cycle,
		occurrence,
		promise: localTime.describe("When we hear again."),
	})
		.optional()
		.describe("An alert was acknowledged, with a promise."),
	merged: text.optional().describe("It was merged into this ticket."),
	deleted: actor.optional().describe("It was deleted by this one."),
});

const clockStates = [
	"running",
	"paused",
	"outside-hours",
	"met",
	"missed",
	"cancelled",
	"best-effort",
	"none",
] as const;

const hours = strict({
	calendar: reference.describe("Name of a calendar."),
	open: flag.optional().describe("Whether it is open at that time."),
	opens: localTimeOrNone.optional().describe("When it is open next: that time itself when it is open."),
	closes: localTimeOrNone.optional().describe("When the open stretch, or the next one, ends."),
	until: localTime.optional().describe("End of a period from that time on."),
	total: signedDuration.optional().describe("Open time of that period."),
});

const expected = strict({
	at: localTime.describe("The instant as of which it is evaluated."),
	state: state.optional().describe("State of the ticket."),
	priority: reference.optional().describe("Id of its priority."),
	impact: impact.optional(),
	urgency: urgency.optional(),
	service: reference.optional().describe("Id of its service."),
	channel: channel.optional(),
	owner: nullableText.optional().describe("Who owns it; null: nobody."),
	bestEffort: flag.optional().describe("Whether its channel carries no promise."),
	states: byGoal(literals(clockStates)).optional().describe("State of the latest clock of each goal."),
	started: byGoal(localTimeOrNone).optional().describe("From when the clock counts."),
	deadlines: byGoal(localTimeOrNone).optional().describe("null: none."),
	missedAt: byGoal(localTimeOrNone).optional().describe("When it was missed; null: it was not."),
	byReprioritisation: z.array(goal).optional().describe("Goals that a change of priority made overdue at once."),
	elapsed: byGoal(signedDuration).optional().describe("Open time used, without pauses."),
	remaining: byGoal(signedDuration.nullable()).optional().describe("Open time left; negative: overdue."),
	promises: byGoal(literals(["aim", "commitment", "best-effort"]))
		.optional()
		.describe("What is promised."),
	cycles: byGoal(z.int({ error: "a number from 1" }).min(1, { error: "a number from 1" }))
		.optional()
		.describe("Which run of the clock it is, from 1."),
	waitsFor: byGoal(literals(pauseOwners).nullable()).optional().describe("On whom a standing clock waits."),
	calendars: byGoal(reference.nullable()).optional().describe("Whose hours count."),
	steps: z.array(text).optional().describe("All steps owed by then and not taken: goal/step, in any order."),
	told: z.array(reference).optional().describe("All roles that those steps tell, in any order."),
	phoneOutstanding: flag.optional().describe("Whether a phone call is still to be made."),
	lines: z
		.array(
			strict({
				line: text.describe("Id of the line."),
				used: signedDuration.optional().describe("Open time that it used."),
				left: signedDuration.nullable().optional().describe("What was left of the resolution when it received it."),
			}),
		)
		.optional()
		.describe("Lines that had the ticket, in order, with the open time used and what was left at receipt."),
	next: localTimeOrNone.optional().describe("When something changes next by time alone."),
	hours: hours.optional().describe("What a calendar says about that time."),
});

export const exampleSchema = strict({
	id: text.optional().describe("The statement or case that it shows; several examples may show one."),
	title: text.describe("What it shows, in words."),
	zone: z
		.string({ error: "an IANA time zone such as Europe/Brussels" })
		.optional()
		.describe("IANA zone of its times; default: that of the first calendar."),
	given: z
		.array(given)
		.optional()
		.describe("What happens to one ticket. Several keys under one time happened in the order written."),
	expect: z.array(expected).min(1, { error: "at least one expectation" }).describe("What must come of it."),
});

export type ExampleDocument = z.infer<typeof exampleSchema>;
export type GivenDocument = z.infer<typeof given>;
export type ExpectedDocument = z.infer<typeof expected>;
