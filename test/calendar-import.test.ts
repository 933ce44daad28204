import { compileCalendar } from "@stipt/shared/calendar/compile-calendar";
import { parseHolidaySets, toHolidaySets } from "@stipt/shared/policy/holiday-sets";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readCalendarFile, UnreadableCalendar } from "../webhook-service/src/commands/calendar-events.ts";
import { calendarImport } from "../webhook-service/src/commands/calendar-import.ts";
import { type Terminal, UsageError } from "../webhook-service/src/commands/command.ts";

const file = (...lines: string[]) =>
	["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//test//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");
const event = (...lines: string[]) => ["BEGIN:VEVENT", "UID:one", "SUMMARY:Event", ...lines, "END:VEVENT"].join("\r\n");
const date = (property: string, text: string) => `${property};VALUE=DATE:${text}`;
const central = [
	"BEGIN:VTIMEZONE",
	"TZID:Our office",
	"BEGIN:STANDARD",
	"DTSTART:19701025T030000",
	"TZOFFSETFROM:+0200",
	"TZOFFSETTO:+0100",
	"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
	"END:STANDARD",
	"BEGIN:DAYLIGHT",
	"DTSTART:19700329T020000",
	"TZOFFSETFROM:+0100",
	"TZOFFSETTO:+0200",
	"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
	"END:DAYLIGHT",
	"END:VTIMEZONE",
].join("\r\n");

const question = { zone: "Europe/Brussels", years: [2026, 2027], countsFree: false } as const;

function readOne(...lines: string[]) {
	const { events } = readCalendarFile(file(...lines), question);
	expect(events).toHaveLength(1);
	return events[0];
}

describe("an event of whole days", () => {
	test.each([
		["ends before its DTEND", ["20261225", "20261226"], ["2026-12-25"]],
		["of three days closes all three", ["20261229", "20270101"], ["2026-12-29", "2026-12-30", "2026-12-31"]],
		["that ends on the day it starts is that day", ["20261225", "20261225"], ["2026-12-25"]],
		["without an end is one day", ["20261225"], ["2026-12-25"]],
		["counts in the years asked for only", ["20271231", "20280102"], ["2027-12-31"]],
	])("%s", (_, [start = "", end], dates) => {
		const found = readOne(event(date("DTSTART", start), ...(end === undefined ? [] : [date("DTEND", end)])));
		expect(found).toEqual({ name: "Event", dates, hours: [], ignored: null });
	});

	test("is the same date wherever the importing machine lives", () => {
		const before = process.env.TZ;
		for (const zone of ["UTC", "America/New_York", "Pacific/Auckland"]) {
			process.env.TZ = zone;
			expect(readOne(event(date("DTSTART", "20261225")))?.dates).toEqual(["2026-12-25"]);
		}
		process.env.TZ = before;
	});
});

describe("an event that comes again", () => {
	test("leaves out its EXDATE", () => {
		const lines = [date("DTSTART", "20200501"), "RRULE:FREQ=YEARLY", date("EXDATE", "20260501")];
		expect(readOne(event(...lines))?.dates).toEqual(["2027-05-01"]);
	});

	test("on 29 February is absent from common years, not moved", () => {
		const { events } = readCalendarFile(file(event(date("DTSTART", "20240229"), "RRULE:FREQ=YEARLY")), {
			...question,
			years: [2025, 2028],
		});
		expect(events[0]?.dates).toEqual(["2028-02-29"]);
	});

	test.each([
		["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "outside 2026-2027"],
		["RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4", "outside 2026-2027"],
		["RRULE:FREQ=YEARLY;UNTIL=20250101", "outside 2026-2027"],
	])("by %s on no day at all says so instead of looking for ever", (rule, why) => {
		expect(readOne(event(date("DTSTART", "20240101"), rule))).toMatchObject({ dates: [], ignored: why });
	});

	test("follows its rule: the last Monday of May, the last day of a month", () => {
		const monday = readOne(event(date("DTSTART", "20200525"), "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO"));
		expect(monday?.dates).toEqual(["2026-05-25", "2027-05-31"]);
		const last = readOne(event(date("DTSTART", "20260131"), "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3"));
		expect(last?.dates).toEqual(["2026-01-31", "2026-02-28", "2026-03-31"]);
	});

	test("takes what replaces one occurrence, and drops one that was cancelled", () => {
		const master = event(date("DTSTART", "20250704"), "RRULE:FREQ=YEARLY;COUNT=4");
		const moved = event(date("RECURRENCE-ID", "20260704"), date("DTSTART", "20260706"));
		const gone = event(date("RECURRENCE-ID", "20270704"), date("DTSTART", "20270704"), "STATUS:CANCELLED");
		expect(readOne(`${master}\r\n${moved}\r\n${gone}`)?.dates).toEqual(["2026-07-06"]);
	});

	test("more often than anybody can mean is refused", () => {
		const often = event("DTSTART:20260101T000000Z", "DTEND:20260101T000001Z", "RRULE:FREQ=SECONDLY");
		expect(() => readCalendarFile(file(often), question)).toThrow(UnreadableCalendar);
	});
});

describe("an event of some hours", () => {
	test.each([
		[
			"in the calendar's own zone",
			["DTSTART;TZID=Europe/Brussels:20261224T130000", "DTEND;TZID=Europe/Brussels:20261224T170000"],
			"13:00-17:00",
		],
		[
			"in another zone",
			["DTSTART;TZID=America/New_York:20261224T070000", "DTEND;TZID=America/New_York:20261224T110000"],
			"13:00-17:00",
		],
		["in UTC", ["DTSTART:20261224T120000Z", "DTEND:20261224T160000Z"], "13:00-17:00"],
		["in no zone: the wall clock's", ["DTSTART:20261224T130000", "DTEND:20261224T170000"], "13:00-17:00"],
		[
			"in a zone that Outlook names",
			["DTSTART;TZID=Romance Standard Time:20261224T130000", "DURATION:PT4H"],
			"13:00-17:00",
		],
		[
			"that begins in one zone and ends in another",
			["DTSTART;TZID=Europe/London:20261224T120000", "DTEND;TZID=Europe/Athens:20261224T180000"],
			"13:00-17:00",
		],
		["to the end of the day", ["DTSTART:20261224T130000", "DTEND:20261225T000000"], "13:00-24:00"],
	])("%s", (_, lines, range) => {
		expect(readOne(event(...lines))).toMatchObject({
			dates: [],
			hours: [{ date: "2026-12-24", range }],
			ignored: null,
		});
	});

	test("in a zone that the file explains", () => {
		const times = ["DTSTART;TZID=Our office:20260701T130000", "DTEND;TZID=Our office:20260701T150000"];
		expect(readOne(central, event(...times))?.hours).toEqual([{ date: "2026-07-01", range: "13:00-15:00" }]);
	});

	test("in a zone that nobody knows counts for nothing, and says so", () => {
		const times = ["DTSTART;TZID=Nowhere Time:20260701T130000", "DTEND;TZID=Nowhere Time:20260701T150000"];
		expect(readOne(event(...times))).toMatchObject({ hours: [], ignored: 'its zone "Nowhere Time" is not known' });
	});

	test("over whole days closes those, and hours at either end", () => {
		expect(readOne(event("DTSTART:20261224T120000", "DTEND:20261227T090000"))).toEqual({
			name: "Event",
			dates: ["2026-12-25", "2026-12-26"],
			hours: [
				{ date: "2026-12-24", range: "12:00-24:00" },
				{ date: "2026-12-27", range: "00:00-09:00" },
			],
			ignored: null,
		});
	});

	test("keeps its wall clock over a clock change when it comes again", () => {
		const weekly = ["DTSTART;TZID=Europe/Paris:20260323T080000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"];
		expect(readOne(event(...weekly))?.hours).toEqual([
			{ date: "2026-03-23", range: "08:00-09:00" },
			{ date: "2026-03-30", range: "08:00-09:00" },
		]);
	});

	test("needs a zone to be read in, of the file or asked for", () => {
		const utc = event("DTSTART:20261224T230000Z", "DTEND:20261225T010000Z");
		expect(() => readCalendarFile(file(utc), { ...question, zone: null })).toThrow("Expected --zone");
		const { zone, events } = readCalendarFile(file("X-WR-TIMEZONE:Asia/Tokyo", utc), { ...question, zone: null });
		expect(zone).toBe("Asia/Tokyo");
		expect(events[0]?.hours).toEqual([{ date: "2026-12-25", range: "08:00-10:00" }]);
	});
});

describe("an event counts for nothing", () => {
	const whole = date("DTSTART", "20260502");
	test.each([
		["cancelled", [whole, "STATUS:CANCELLED"], "cancelled"],
		["free", [whole, "TRANSP:TRANSPARENT"], "marked as free time (--free counts it)"],
		["free in Outlook", [whole, "X-MICROSOFT-CDO-BUSYSTATUS:FREE"], "marked as free time (--free counts it)"],
		["long past", [date("DTSTART", "20190502")], "outside 2026-2027"],
		["an instant", ["DTSTART:20260502T090000Z"], "without a length"],
		["backwards", ["DTSTART:20260502T090000Z", "DTEND:20260502T080000Z"], "without a length"],
		["nowhere", ["DESCRIPTION:nothing else"], "without a start"],
		["not a date", ["DTSTART:somewhen"], expect.stringContaining("not readable")],
	])("when it is %s, and says why", (_, lines, ignored) => {
		expect(readOne(event(...lines))).toMatchObject({ dates: [], hours: [], ignored });
	});

	test("but free time counts when asked", () => {
		const { events } = readCalendarFile(file(event(whole, "TRANSP:TRANSPARENT")), { ...question, countsFree: true });
		expect(events[0]?.dates).toEqual(["2026-05-02"]);
	});
});

describe("what is no calendar file", () => {
	test.each([
		["a page to sign in on", "<!doctype html><html><body>Sign in</body></html>", /found a web page: .*signing in/],
		["nothing", "", /BEGIN:VCALENDAR, found ""/],
		["some other text", '{"kind":"calendar#events"}', /BEGIN:VCALENDAR, found /],
		["cut off in the middle", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\n", /well-formed calendar file/],
		["too long", `BEGIN:VCALENDAR\n${"X".repeat(2 ** 20)}`, /at most 1048576 characters/],
	])("is refused: %s", (_, text, message) => {
		expect(() => readCalendarFile(text, question)).toThrow(UnreadableCalendar);
		expect(() => readCalendarFile(text, question)).toThrow(message);
	});
});

describe("stipt calendar import", () => {
	const feed = file(
		event(date("DTSTART", "20261225"), "TRANSP:OPAQUE").replace("Event", "Christmas"),
		event(date("DTSTART", "20261111")).replace("Event", "St Martin's Day"),
		event("DTSTART:20261224T130000", "DTEND:20261225T000000").replace("Event", "Christmas Eve"),
		event(date("DTSTART", "20261228"), date("DTEND", "20270101"), "STATUS:CANCELLED").replace("Event", "Bridge"),
	);

	async function run(args: string[], text = feed) {
		const lines: string[] = [];
		const problems: string[] = [];
		const written = new Map<string, string>();
		const terminal: Pick<Terminal, "out" | "err" | "readFile" | "writeFile" | "time"> = {
			out: (line) => lines.push(line),
			err: (line) => problems.push(line),
			readFile: async () => text,
			writeFile: async (path, content) => void written.set(path, content),
			time: () => Date.UTC(2026, 10, 1),
		};
		const code = await calendarImport.run(args, terminal as Terminal);
		return { code, lines, problems, written };
	}

	test("shows event by event what would close, and why others do not", async () => {
		const { code, lines, written } = await run(["feed.ics", "--zone", "Europe/Brussels"]);
		expect(lines).toEqual([
			"1  Christmas        closes Fri 2026-12-25",
			"2  St Martin's Day  closes Wed 2026-11-11",
			"3  Christmas Eve    closes Thu 2026-12-24 13:00-24:00",
			"4  Bridge           ignored: cancelled",
			"feed.ics: 4 events, 2 days off, 1 event of some hours, 1 ignored",
		]);
		expect([code, written.size]).toEqual([0, 0]);
	});

	test("writes the days off as a set of holidays without those that nobody takes off, and hours as exceptions", async () => {
		const args = ["feed.ics", "--without", "2", "--out", "out/House days.yaml", "--exceptions", "hours.yaml"];
		const { code, written } = await run(args);
		expect(code).toBe(0);
		const sets = parseHolidaySets([{ file: "set", text: written.get("out/House days.yaml") ?? "" }]);
		expect(sets).toEqual([
			{ set: "house-days", include: [], completeUntil: 2026, rules: [{ date: "2026-12-25", name: expect.anything() }] },
		]);
		const { exceptions } = parse(written.get("hours.yaml") ?? "");
		expect(exceptions).toEqual([{ date: "2026-12-24", remove: ["13:00-24:00"], name: "Christmas Eve" }]);
		const weekly = { mon: ["09:00-17:00"], wed: ["09:00-17:00"], thu: ["09:00-17:00"], fri: ["09:00-17:00"] };
		const calendar = compileCalendar(
			{ zone: "Europe/Brussels", weekly, holidays: ["@house-days"], exceptions },
			toHolidaySets(sets),
		);
		const from = Date.parse("2026-12-24T15:30:00+01:00");
		expect(calendar.nextOpen(from)).toBe(Date.parse("2026-12-28T09:00:00+01:00"));
		expect(calendar.isWorkingDay("2026-11-11")).toBe(true);
	});

	test("opens instead, when asked: an extra Saturday", async () => {
		const saturday = file(
			event("DTSTART:20261219T100000", "DTEND:20261219T140000"),
			event(date("DTSTART", "20261220")),
		);
		const { lines, written } = await run(["-", "--openings", "--exceptions", "extra.yaml"], saturday);
		expect(lines[0]).toBe("1  Event  opens  Sat 2026-12-19 10:00-14:00");
		expect(parse(written.get("extra.yaml") ?? "").exceptions).toEqual([
			{ date: "2026-12-19", add: ["10:00-14:00"], name: "Event" },
			{ date: "2026-12-20", add: ["00:00-24:00"], name: "Event" },
		]);
	});

	test.each([
		["a web page came instead of a feed", "<html>", [1, 0]],
		["the feed holds no day off", file(event("DTSTART:20261219T100000", "DTEND:20261219T140000")), [1, 0]],
	])("leaves the set that there is alone when %s", async (_, text, expected) => {
		const { code, written, problems } = await run(["feed.ics", "--out", "set.yaml"], text);
		expect([code, written.size]).toEqual(expected);
		expect(problems.join("\n")).toMatch(/expected/i);
	});

	test("prints the preview as JSON", async () => {
		const { lines } = await run(["feed.ics", "--json", "--years", "2026"]);
		expect(JSON.parse(lines.join(""))).toMatchObject({
			zone: null,
			years: [2026, 2026],
			events: [{ name: "Christmas", dates: ["2026-12-25"] }, {}, { hours: [{}] }, { ignored: "cancelled" }],
		});
	});

	test.each([
		[[]],
		[["a.ics", "b.ics"]],
		[["a.ics", "--years", "27"]],
		[["a.ics", "--years", "2027-2026"]],
		[["a.ics", "--zone", "Brussels"]],
		[["a.ics", "--without", "9"]],
		[["a.ics", "--without", "x"]],
		[["a.ics", "--openings", "--out", "b.yaml"]],
	])("refuses %j", async (args) => {
		await expect(run(args)).rejects.toThrow(UsageError);
	});
});
