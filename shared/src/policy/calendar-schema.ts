import { z } from "zod";
import { flag, id, literals, reference, strict, text, words } from "./schema-forms.ts";

const hours = z
	.array(text.meta({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d-(([01]\\d|2[0-3]):[0-5]\\d|24:00)$" }))
	.optional();
const range = 'Ranges such as "09:00-12:00"; an end before its start is the next day, the last minute is 24:00.';
const week = strict({
	mon: hours.describe("Monday."),
	tue: hours.describe("Tuesday."),
	wed: hours.describe("Wednesday."),
	thu: hours.describe("Thursday."),
	fri: hours.describe("Friday."),
	sat: hours.describe("Saturday."),
	sun: hours.describe("Sunday."),
}).meta({ id: "week", description: `Opening hours per weekday. ${range}` });

const exception = strict({
	date: text.optional().describe("The date it is for: YYYY-MM-DD."),
	from: text.optional().describe("First date of a closed span: YYYY-MM-DD."),
	to: text.optional().describe("Last date of a closed span: YYYY-MM-DD."),
	hours: hours.describe("The only hours of the date, a holiday or not."),
	add: hours.describe("Hours beside those of the week."),
	remove: hours.describe("Hours of the week that fall out."),
	closed: z.literal(true, { error: "true" }).optional().describe("true: closed from midnight to midnight."),
	name: words.optional().describe("What people call it."),
});

const season = strict({
	from: text.describe("First day: MM-DD of each year, or YYYY-MM-DD."),
	to: text.describe("Last day: MM-DD of each year, or YYYY-MM-DD."),
	weekly: week.describe("Opening hours per weekday in that time."),
	name: words.optional().describe("What people call it."),
});

const rota = strict({
	anchor: text.describe("A Monday on which the first week begins: YYYY-MM-DD."),
	weeks: z.array(week).min(2, { error: "at least two weeks" }).describe("The weeks that take turns."),
});

/** Which instants are open. */
export const calendarSchema = strict({
	zone: z
		.string({ error: "an IANA time zone such as Europe/Brussels" })
		.describe("IANA time zone in whose wall clock the hours are written, such as Europe/Brussels."),
	always: flag.optional().describe("true: open around the clock."),
	weekly: week.optional().describe("Opening hours per weekday."),
	seasons: z.array(season).optional().describe("Weeks that hold between two days instead of the usual one."),
	rota: rota.optional().describe("Weeks that take turns, instead of weekly."),
	holidays: z.array(text).optional().describe('Days off: "@name" of a holiday set, or YYYY-MM-DD.'),
	holidayScope: literals(["date", "shift"])
		.optional()
		.describe("A closed date closes itself from midnight to midnight (date, default), or the shifts that start on it."),
	exceptions: z.array(exception).optional().describe("What is different on some dates, in order, the last wins."),
});

const year = z.int({ error: "a year" }).min(1900, { error: "a year from 1900" }).max(2999, { error: "a year to 2999" });
const wholeDays = "a whole number of days from Easter Sunday";

const holidayRule = strict({
	fixed: text.optional().describe('A day of every year, in quotes: "MM-DD".'),
	easter: z.int({ error: wholeDays }).optional().describe("Days from Easter Sunday, negative before it."),
	range: z
		.tuple([text, text], { error: "a list of two days such as [12-27, 12-31]" })
		.optional()
		.describe("From one day of every year to another: [12-27, 12-31]."),
	date: text.optional().describe("One date: YYYY-MM-DD."),
	name: words.optional().describe("What people call the day."),
	years: z.array(year).optional().describe("The only years in which the rule holds."),
	source: text.optional().describe("Where the rule comes from."),
});

/** What a set of holidays holds, in a file of its own or inside a policy. */
export const holidaySetBody = {
	include: z.array(reference).optional().describe("Sets whose days are in this one too."),
	completeUntil: year
		.optional()
		.describe("The last year of which every day is decided; without it the rules hold for ever."),
	rules: z.array(holidayRule).describe("Each one of fixed, easter, range, date."),
};

/** One set of holidays in a file of its own. */
export const holidaySetSchema = strict({
	set: id.describe("Name of the set; policies write @name."),
	...holidaySetBody,
});

export type HolidaySetFile = z.infer<typeof holidaySetSchema>;
