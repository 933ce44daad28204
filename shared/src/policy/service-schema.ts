import { z } from "zod";
import {
	amount,
	byGoal,
	date,
	duration,
	flag,
	id,
	literals,
	percent,
	reference,
	strict,
	text,
	timeOfDay,
	words,
} from "./schema-forms.ts";

const promise = literals(["aim", "commitment"]).describe(
	"Whether it is measured (aim) or promised (commitment). Both run clocks and ladders.",
);

/** A target as written: an amount alone, or with what it does not share with its service. */
export type TargetDocument =
	| string
	| {
			within: string;
			calendar?: string | undefined;
			promise?: "aim" | "commitment" | undefined;
			effectiveFrom?: string | undefined;
			before?: TargetDocument | undefined;
	  };

const target: z.ZodType<TargetDocument> = z
	.union(
		[
			amount,
			strict({
				within: amount.describe("How long it may take: 2h, 1h 30m, 3 working days."),
				calendar: reference.optional().describe("Calendar whose hours count; default: that of the service."),
				promise: promise.optional(),
				effectiveFrom: date
					.optional()
					.describe("For clocks that start on this date or later, in the zone of its calendar; default: all."),
				before: z
					.lazy(() => target)
					.optional()
					.describe("The target of clocks that started before effectiveFrom; default: none, best effort."),
			}),
		],
		{ error: "a duration such as 2h, 3 working days, or a map with the keys within, calendar and promise" },
	)
	.meta({ id: "target", description: "How long it may take: 2h, 1h 30m, 3 working days, or a map." });

const line = strict({
	id: id.describe("Id of the line."),
	name: words.describe("What people call it."),
	groups: z.array(text).optional().describe("Groups or teams of the helpdesk that are this line."),
	minimum: duration
		.optional()
		.describe("Open time of the resolution that must be left when it receives a ticket; less is a missed hand-over."),
	designated: flag.optional().describe("false: nobody is designated, so it cannot receive tickets; default: true."),
});

const availability = strict({
	calendar: reference.optional().describe("Calendar whose open hours are office hours; default: that of the service."),
	inHours: percent.optional().describe("Promised per cent within office hours, such as 99.3."),
	outside: percent.optional().describe("Promised per cent outside office hours."),
	always: percent.optional().describe("One figure around the clock, instead of inHours and outside."),
	planned: literals(["exclude", "count"])
		.optional()
		.describe("What announced work does to the figure; default: count."),
	thirdParty: literals(["count", "exclude"])
		.optional()
		.describe("What time that somebody else caused does to the figure; default: count."),
	promise: promise.optional(),
	effectiveFrom: date.optional().describe("First date on which this figure holds; the list is in this order."),
});

const days = "a whole number of calendar days from 0 to 365";
const notice = strict({
	daysAhead: z
		.int({ error: days })
		.min(0, { error: days })
		.max(365, { error: days })
		.optional()
		.describe("Calendar days before its start at which maintenance is announced at the latest; default: 0."),
	clearDays: flag.optional().describe("true: whole days must lie between announcement and start; default: false."),
	endBefore: timeOfDay.optional().describe('Time of day before which it must end, such as "16:00"; default: any.'),
	substantial: duration.optional().describe("A planned end that moves by this much is told anew; default: 15m."),
	agreement: flag.optional().describe("true: partners agree before it is scheduled; default: false."),
});

/** An entry of the service catalogue. */
export const serviceSchema = strict({
	name: words.describe("What people call the service."),
	groups: z
		.array(text)
		.optional()
		.describe("Groups or teams of the helpdesk whose tickets belong here. Exactly one service has none: the default."),
	components: z.array(reference).optional().describe("Components of the status page that it stands on."),
	calendar: reference.describe("Support hours: the name of a calendar."),
	promise: promise.optional(),
	targets: z
		.record(reference, byGoal(target), { error: "a map from priority to targets" })
		.optional()
		.describe("Per priority and goal how long it may take. What is absent is best effort."),
	ladder: reference.optional().describe("Who hears what when; default: nobody."),
	lines: z.array(line).optional().describe("Tiers of support, the first one first."),
	escalation: z.array(reference).optional().describe("Roles that may be asked for attention, level 1 first."),
	phone: strict({
		priorities: z
			.array(reference)
			.min(1, { error: "at least one priority" })
			.describe("Priorities that need a call too."),
		roles: z.array(reference).min(1, { error: "at least one role" }).describe("Who is to be telephoned."),
	})
		.optional()
		.describe("Priorities for which the customer is to telephone too, and whom."),
	availability: z.array(availability).optional().describe("How available it is promised to be, by date."),
	notice: notice.optional().describe("What announced maintenance must keep to."),
});

export type ServiceDocument = z.infer<typeof serviceSchema>;
