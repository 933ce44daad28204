import { z } from "zod";
import { flag, id, reference, strict, text, words } from "./schema-forms.ts";

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
export const calendarSchema = strict({
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

/** What a set of holidays holds, in a file of its own or inside a policy. */
export const holidaySetBody = {
	include: z.array(reference).optional(),
	completeUntil: year.optional(),
	rules: z.array(holidayRule),
};

/** One set of holidays in a file of its own. */
export const holidaySetSchema = strict({ set: id, ...holidaySetBody });

export type HolidaySetFile = z.infer<typeof holidaySetSchema>;
