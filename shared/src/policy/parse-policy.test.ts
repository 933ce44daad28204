import { describe, expect, test } from "vitest";
import type { HolidaySetDocument } from "./holiday-sets.ts";
import { parsePolicy } from "./parse-policy.ts";
import { formatProblems, InvalidPolicy, type PolicyProblem } from "./policy-problem.ts";

const hour = 3_600_000;

const holidaySets: HolidaySetDocument[] = [
	{ set: "legal", include: [], rules: [{ fixed: "12-25" }] },
	{ set: "federal", include: ["legal"], completeUntil: 2026, rules: [{ date: "2026-05-15" }] },
];

const valid = `name: desk
title: Desk
mode: promised
language: nl
components: [Portal]
calendars:
  office:
    zone: Europe/Brussels
    weekly: { mon: ["09:00-17:00"], tue: ["09:00-17:00"] }
    holidays: ["@federal", "2026-12-24"]
  round: { zone: Europe/Brussels, always: true }
priorities:
  - { id: P1, name: { nl: Hoog, fr: Haute, de: Hoch, en: High }, hint: Now }
  - { id: P2, name: Low }
matrix:
  impacts: [{ id: wide, name: Wide }, { id: narrow, name: Narrow }]
  urgencies: [{ id: now, name: Now }, { id: later, name: Later }]
  cells:
    wide: { now: P1, later: P2 }
    narrow: { now: P2, later: P2 }
  caps:
    - { groups: [Test], atMost: P2, unlessJustified: true }
services:
  desk:
    name: Desk
    components: [Portal]
    calendar: office
    ladder: climb
    targets:
      P1: { first-response: 2h, resolution: { within: 3 working days, calendar: round, promise: aim } }
      P2: { resolution: 8h }
  plain: { name: Plain, groups: [Other], calendar: office, promise: aim, targets: { P1: { next-update: 1h } } }
channels: { email: best-effort }
pauses:
  - { states: [waiting, { label: on hold }], goals: [resolution], owner: customer, reason: Waits }
grace: 2m
onPriorityChange: { resolution: from-change }
onReopen: restart
ladders:
  climb:
    goals: [first-response, resolution]
    steps:
      - { id: warning, at: 80%, notify: [lead] }
      - { id: missed, at: deadline + 30m, notify: [lead], note: true, repeat: { every: 1h, times: 2 } }
roles:
  lead: { name: Lead, language: fr, email: [lead@example.org], webhooks: [chat] }
pages:
  - page: built-in
    services: [desk]
    priorities: [P1]
    impact: major
    title: "{service}: {component}"
    texts: { investigating: A, identified: B, monitoring: C, resolved: D }
`;

function read(text: string) {
	return parsePolicy(text, { version: "v1", holidaySets });
}

function problemsOf(text: string): PolicyProblem[] {
	try {
		read(text);
	} catch (error) {
		if (error instanceof InvalidPolicy) return error.problems;
		throw error;
	}
	return [];
}

/** The valid document with one text replaced by another, wherever it first stands. */
function withChange(from: string, to: string): string {
	expect(valid).toContain(from);
	return valid.replace(from, () => to);
}

describe("a valid document", () => {
	test("becomes a policy with every default filled in", () => {
		const policy = read(valid);
		const without = { lines: [], escalation: [], phone: null, availability: [], notice: null };
		const same = (text: string) => ({ nl: text, fr: text, de: text, en: text });
		expect(policy).toMatchObject({ name: "desk", title: "Desk", version: "v1", mode: "promised", language: "nl" });
		expect(policy.priorities).toEqual([
			{ id: "P1", name: { nl: "Hoog", fr: "Haute", de: "Hoch", en: "High" }, hint: same("Now") },
			{ id: "P2", name: same("Low") },
		]);
		expect(policy.matrix.cells).toEqual({ wide: { now: "P1", later: "P2" }, narrow: { now: "P2", later: "P2" } });
		expect(policy.matrix.caps).toEqual([{ groups: ["Test"], atMost: "P2", unlessJustified: true }]);
		expect(policy.services).toEqual([
			{
				id: "desk",
				name: same("Desk"),
				groups: [],
				components: ["Portal"],
				calendar: "office",
				ladder: "climb",
				...without,
				targets: {
					P1: {
						"first-response": {
							calendar: "office",
							amount: { kind: "business", duration: 2 * hour },
							promise: "commitment",
						},
						resolution: { calendar: "round", amount: { kind: "workingDays", days: 3 }, promise: "aim" },
					},
					P2: {
						resolution: {
							calendar: "office",
							amount: { kind: "business", duration: 8 * hour },
							promise: "commitment",
						},
					},
				},
			},
			{
				id: "plain",
				name: same("Plain"),
				groups: ["Other"],
				components: [],
				calendar: "office",
				ladder: null,
				...without,
				targets: {
					P1: {
						"next-update": { calendar: "office", amount: { kind: "business", duration: hour }, promise: "aim" },
					},
				},
			},
		]);
		expect(policy.channels).toEqual({
			portal: "promised",
			email: "best-effort",
			phone: "promised",
			chat: "promised",
			api: "promised",
			other: "promised",
		});
		expect(policy.pauses).toEqual([
			{
				states: ["waiting", { label: "on hold" }],
				goals: ["resolution"],
				owner: "customer",
				reason: same("Waits"),
				longest: null,
			},
		]);
		expect(policy.grace).toBe(120_000);
		expect(policy.onPriorityChange).toMatchObject({ "first-response": "recompute", resolution: "from-change" });
		expect(policy.onReopen).toMatchObject({ "first-response": "restart", resolution: "restart", pickup: "restart" });
		expect(policy.ladders[0]?.steps).toEqual([
			{ id: "warning", at: { kind: "percent", percent: 80 }, notify: ["lead"], note: false },
			{
				id: "missed",
				at: { kind: "deadline", offset: hour / 2 },
				notify: ["lead"],
				note: true,
				repeat: { every: hour, times: 2 },
			},
		]);
		expect(policy.roles).toEqual([
			{ id: "lead", name: same("Lead"), language: "fr", email: ["lead@example.org"], webhooks: ["chat"] },
		]);
		expect(policy.pages[0]).toMatchObject({ page: "built-in", impact: "major", texts: { resolved: same("D") } });
	});

	test("has calendars that count on its holidays and zone", () => {
		const { office, round } = read(valid).calendars;
		expect(office?.isWorkingDay("2026-05-18")).toBe(true);
		expect(office?.isWorkingDay("2026-05-15")).toBe(false);
		expect(office?.isOpen(Date.parse("2026-05-18T09:00:00+02:00"))).toBe(true);
		expect(office?.isOpen(Date.parse("2026-05-18T08:59:59+02:00"))).toBe(false);
		expect(round?.isOpen(Date.parse("2026-12-25T03:00:00+01:00"))).toBe(true);
	});

	test("needs only what nothing else can stand in for", () => {
		const policy = read(`
name: least
title: Least
mode: measured
language: fr
calendars: { all: { zone: Europe/Brussels, always: true } }
priorities: [{ id: P1, name: One }]
matrix: { impacts: [{ id: a, name: A }], urgencies: [{ id: b, name: B }], cells: { a: { b: P1 } } }
services: { one: { name: One, calendar: all } }
`);
		expect(policy).toMatchObject({ pauses: [], grace: 0, ladders: [], roles: [], pages: [] });
		expect(policy.onPriorityChange.resolution).toBe("recompute");
		expect(policy.onReopen.resolution).toBe("resume");
		expect(policy.channels.email).toBe("promised");
		expect(policy.matrix.caps).toEqual([]);
	});

	test("may hold holiday sets of its own that include others", () => {
		const own = `holidaySets: { house: { include: [legal], rules: [{ date: "2026-03-02" }] } }\n`;
		const { office } = read(`${withChange('["@federal", "2026-12-24"]', '["@house"]')}${own}`).calendars;
		expect(office?.isWorkingDay("2026-03-02")).toBe(false);
		expect(office?.isWorkingDay("2026-03-03")).toBe(true);
		expect(office?.isWorkingDay("2028-12-25")).toBe(false);
	});

	test("may say things once by anchor and alias", () => {
		const text = withChange("P2: { resolution: 8h }", "P2: &eight { resolution: 8h }").replace(
			"targets: { P1: { next-update: 1h } }",
			"targets: { P1: *eight }",
		);
		expect(read(text).services[1]?.targets.P1?.resolution?.amount).toEqual({ kind: "business", duration: 8 * hour });
	});
});

type Fault = { what: string; from: string; to: string; problems: string[] };

/** Each with its code, and then as a person sees it. */
const faults: Fault[] = [
	{
		what: "an unknown key, with what was meant",
		from: "language: nl",
		to: "langauge: nl",
		problems: [
			"missing 1:1  language  expected nl, fr, de or en, found nothing",
			`unknown-key 4:1  langauge  expected one of the keys name, title, mode, effectiveFrom, language, components, calendars, holidaySets, priorities, matrix, deciding, services, channels, workingDays, pickedUpBy, nextUpdateFrom, pauses, manualPauses, grace, onPriorityChange, onServiceChange, onChannelChange, onReopen, ladders, roles, pages, examples, found "langauge" (did you mean "language"?)`,
		],
	},
	{
		what: "a word that is not among those allowed",
		from: "mode: promised",
		to: "mode: promissed",
		problems: [`wrong-value 3:7  mode  expected measured or promised, found "promissed" (did you mean "promised"?)`],
	},
	{
		what: "a value of another kind",
		from: `calendars:
  office:`,
		to: `calendars:
  extra: 9-17
  office:`,
		problems: [`wrong-type 7:10  calendars.extra  expected a map, found "9-17"`],
	},
	{
		what: "a number where a text belongs",
		from: "title: Desk",
		to: "title: 2026",
		problems: ["wrong-type 2:8  title  expected a text, found 2026"],
	},
	{
		what: "a name that is no id",
		from: "name: desk",
		to: "name: our desk",
		problems: [`wrong-value 1:7  name  expected an id of letters, digits and hyphens, found "our desk"`],
	},
	{
		what: "a text that lacks a language",
		from: "fr: Haute, de: Hoch,",
		to: "de: Hoch,",
		problems: ["missing 13:15  priorities[0].name.fr  expected a text, found nothing"],
	},
	{
		what: "a zone that does not exist",
		from: `zone: Europe/Brussels
`,
		to: `zone: Europe/Brussel
`,
		problems: [
			`INVALID_ZONE 8:11  calendars.office.zone  expected an IANA zone such as Europe/Brussels, found "Europe/Brussel" (did you mean "Europe/Brussels"?)`,
		],
	},
	{
		what: "hours that cannot be read",
		from: `mon: ["09:00-17:00"]`,
		to: `mon: ["9:00-17:00", "10:00-10:00"]`,
		problems: [
			`INVALID_RANGE 9:21  calendars.office.weekly.mon[0]  expected a range HH:MM-HH:MM that is not empty (a whole day is 00:00-24:00; an end before its start is the next day), found "9:00-17:00"`,
			`INVALID_RANGE 9:35  calendars.office.weekly.mon[1]  expected a range HH:MM-HH:MM that is not empty (a whole day is 00:00-24:00; an end before its start is the next day), found "10:00-10:00"`,
		],
	},
	{
		what: "hours that overlap",
		from: `mon: ["09:00-17:00"]`,
		to: `mon: ["09:00-12:00", "11:00-17:00"]`,
		problems: [
			`OVERLAPPING_RANGES 9:20  calendars.office.weekly.mon  expected ranges that do not overlap, found 09:00-12:00 and 11:00-17:00`,
		],
	},
	{
		what: "a weekday by another name",
		from: "tue: [",
		to: "tuesday: [",
		problems: [
			`unknown-key 9:37  calendars.office.weekly.tuesday  expected one of the keys mon, tue, wed, thu, fri, sat, sun, found "tuesday" (did you mean "tue"?)`,
		],
	},
	{
		what: "a holiday set that does not exist, one without its @, and a date that does not exist",
		from: `["@federal", "2026-12-24"]`,
		to: `["@fedral", legal, "2026-02-30"]`,
		problems: [
			`UNKNOWN_HOLIDAY_SET 10:16  calendars.office.holidays[0]  expected a known set of holidays: @legal, @federal, found "@fedral" (did you mean "@federal"?)`,
			`INVALID_DATE 10:27  calendars.office.holidays[1]  expected an existing date YYYY-MM-DD, found "legal" (did you mean "@legal"?)`,
			`INVALID_DATE 10:34  calendars.office.holidays[2]  expected an existing date YYYY-MM-DD, found "2026-02-30"`,
		],
	},
	{
		what: "always together with weekly hours",
		from: "always: true }",
		to: `always: true, weekly: { mon: ["09:00-17:00"] } }`,
		problems: [
			"ALWAYS_WITH_WEEKLY 11:49  calendars.round.weekly  expected no weekly hours beside always: true, found weekly hours",
		],
	},
	{
		what: "a calendar that never opens",
		from: ", always: true }",
		to: " }",
		problems: [
			"calendar-without-hours 11:10  calendars.round  expected weekly hours, a rota, or always: true, found a calendar that never opens",
		],
	},
	{
		what: "exceptions that say too much, too little or nonsense",
		from: "always: true }",
		to: `always: true, exceptions: [
    { date: "2026-12-24", hours: ["09:00-12:00"], closed: true },
    { date: "2026-12-32", closed: true },
    { date: "2026-12-24" },
    { from: "2026-12-24" },
    { from: "2026-12-31", to: "2026-12-24", closed: true },
    { date: "2026-12-24", add: ["25:00-26:00"] },
    ] }`,
		problems: [
			"contradiction 12:5  calendars.round.exceptions[0]  expected exactly one of hours, add, remove, closed for the date, found hours and closed",
			`INVALID_DATE 13:13  calendars.round.exceptions[1].date  expected an existing date YYYY-MM-DD, found "2026-12-32"`,
			"missing 14:5  calendars.round.exceptions[2]  expected exactly one of hours, add, remove, closed for the date, found none",
			"missing 15:5  calendars.round.exceptions[3].to  expected the key to beside from, found nothing",
			"missing 15:5  calendars.round.exceptions[3].closed  expected the key closed beside from, found nothing",
			`INVALID_DATE 16:5  calendars.round.exceptions[4]  expected a span that ends on or after its first date, found 2026-12-31 to 2026-12-24`,
			`INVALID_RANGE 17:33  calendars.round.exceptions[5].add[0]  expected a range HH:MM-HH:MM that is not empty (a whole day is 00:00-24:00; an end before its start is the next day), found "25:00-26:00"`,
		],
	},
	{
		what: "a priority that is declared twice",
		from: "id: P2, name: Low }",
		to: "id: P1, name: Low }",
		problems: [
			`repeated 14:11  priorities[1].id  expected each priority once, found "P1" again`,
			`unknown-name 19:29  matrix.cells.wide.later  expected a known priority: P1, found "P2"`,
			`unknown-name 20:20  matrix.cells.narrow.now  expected a known priority: P1, found "P2"`,
			`unknown-name 20:31  matrix.cells.narrow.later  expected a known priority: P1, found "P2"`,
			`unknown-name 22:33  matrix.caps[0].atMost  expected a known priority: P1, found "P2"`,
			`unknown-name 31:7  services.desk.targets.P2  expected a known priority: P1, found "P2"`,
		],
	},
	{
		what: "a cell that is missing, and one for an impact that does not exist",
		from: "narrow: { now: P2, later: P2 }",
		to: `narrow: { now: P2 }
    narow: { now: P2 }`,
		problems: [
			"missing-cell 20:5  matrix.cells.narrow.later  expected a priority for impact narrow and urgency later, found nothing",
			`unknown-name 21:5  matrix.cells.narow  expected a known impact: wide, narrow, found "narow" (did you mean "narrow"?)`,
		],
	},
	{
		what: "a whole row of cells that is missing",
		from: `    narrow: { now: P2, later: P2 }
`,
		to: "",
		problems: [
			"missing-cell 18:3  matrix.cells.narrow.now  expected a priority for impact narrow and urgency now, found nothing",
			"missing-cell 18:3  matrix.cells.narrow.later  expected a priority for impact narrow and urgency later, found nothing",
		],
	},
	{
		what: "a service on a calendar, ladder and component that do not exist",
		from: `    components: [Portal]
    calendar: office
    ladder: climb`,
		to: `    components: [Portl]
    calendar: ofice
    ladder: clim`,
		problems: [
			`unknown-name 26:18  services.desk.components[0]  expected a known component: Portal, found "Portl" (did you mean "Portal"?)`,
			`unknown-name 27:15  services.desk.calendar  expected a known calendar: office, round, found "ofice" (did you mean "office"?)`,
			`unknown-name 28:13  services.desk.ladder  expected a known ladder: climb, found "clim" (did you mean "climb"?)`,
		],
	},
	{
		what: "a second service without groups",
		from: "groups: [Other], ",
		to: "",
		problems: [
			"contradiction 32:10  services.plain  expected groups, since desk is already the service without any, found no groups",
		],
	},
	{
		what: "no service for the groups that none names",
		from: `    components: [Portal]
    calendar`,
		to: `    groups: [Other]
    components: [Portal]
    calendar`,
		problems: [
			"missing 23:1  services  expected one service without groups, for the tickets of every other group, found groups on every service",
			`repeated 33:34  services.plain.groups[0]  expected each group in the services once, found "Other" again`,
		],
	},
	{
		what: "a day as a duration",
		from: "first-response: 2h",
		to: "first-response: 1 day",
		problems: [
			`wrong-value 30:29  services.desk.targets.P1.first-response  expected hours such as 8h, or working days: a day is not a duration, since 24 business hours fill three days of eight, found "1 day" (did you mean "1 working day"?)`,
		],
	},
	{
		what: "a duration without a unit",
		from: "P2: { resolution: 8h }",
		to: "P2: { resolution: 8 }",
		problems: [
			"wrong-type 31:25  services.desk.targets.P2.resolution  expected a duration such as 2h, 3 working days, or a map with the keys within, calendar and promise, found 8",
		],
	},
	{
		what: "a goal that nobody knows, with what was meant",
		from: "goals: [first-response, resolution]",
		to: "goals: [handover, reslution]",
		problems: [
			`wrong-value 41:23  ladders.climb.goals[1]  expected pickup, first-response, next-update, resolution or handover, found "reslution" (did you mean "resolution"?)`,
		],
	},
	{
		what: "a target with faults inside",
		from: "{ within: 3 working days, calendar: round, promise: aim }",
		to: "{ calendar: rond, promise: hope }",
		problems: [
			"missing 30:33  services.desk.targets.P1.resolution.within  expected a duration such as 2h, or 3 working days, found nothing",
			`unknown-name 30:57  services.desk.targets.P1.resolution.calendar  expected a known calendar: office, round, found "rond" (did you mean "round"?)`,
			`wrong-value 30:72  services.desk.targets.P1.resolution.promise  expected aim or commitment, found "hope"`,
		],
	},
	{
		what: "a state that does not exist, and a map without its label",
		from: "states: [waiting, { label: on hold }]",
		to: "states: [waitng, { lable: on hold }]",
		problems: [
			`wrong-value 35:16  pauses[0].states[0]  expected new, open, waiting, solved, closed, merged or deleted, found "waitng" (did you mean "waiting"?)`,
			"missing 35:24  pauses[0].states[1].label  expected a text, found nothing",
			`unknown-key 35:26  pauses[0].states[1].lable  expected only the key label, found "lable" (did you mean "label"?)`,
		],
	},
	{
		what: "a ladder's moment that cannot be read",
		from: "at: 80%",
		to: "at: 80",
		problems: [
			"wrong-type 43:28  ladders.climb.steps[0].at  expected a moment such as 80%, deadline or deadline + 30m, found 80",
		],
	},
	{
		what: "a step before the one before it",
		from: "at: 80%",
		to: "at: deadline + 2h",
		problems: [
			`contradiction 44:27  ladders.climb.steps[1].at  expected a moment not before deadline + 2h, found "deadline + 30m"`,
		],
	},
	{
		what: "two steps of one name, and one that tells nobody",
		from: "id: missed, at: deadline + 30m, notify: [lead], note: true",
		to: "id: warning, at: deadline + 30m, notify: [], note: false",
		problems: [
			"missing 44:9  ladders.climb.steps[1]  expected a role in notify, or note: true, found a step that tells nobody",
			`repeated 44:15  ladders.climb.steps[1].id  expected each step of a ladder once, found "warning" again`,
		],
	},
	{
		what: "a move to a line that does not exist, and one that goes to two places",
		from: "notify: [lead] }",
		to: "notify: [lead], moveTo: { line: frist, group: Second line } }",
		problems: [
			"contradiction 43:57  ladders.climb.steps[0].moveTo  expected exactly one of line, group, or an owner alone, found line and group",
			`unknown-name 43:65  ladders.climb.steps[0].moveTo.line  expected no line, since none is declared, found "frist"`,
		],
	},
	{
		what: "a role that does not exist",
		from: "notify: [lead] }",
		to: "notify: [laed] }",
		problems: [
			`unknown-name 43:42  ladders.climb.steps[0].notify[0]  expected a known role: lead, found "laed" (did you mean "lead"?)`,
		],
	},
	{
		what: "an address that is none",
		from: "email: [lead@example.org]",
		to: "email: [lead at example.org]",
		problems: [`wrong-value 46:45  roles.lead.email[0]  expected an e-mail address, found "lead at example.org"`],
	},
	{
		what: "a page rule for what does not exist, with a placeholder that nothing fills",
		from: `priorities: [P1]
    impact: major
    title: "{service}: {component}"`,
		to: `priorities: [p1]
    impact: major
    title: "{service}: {ticket}"`,
		problems: [
			`unknown-name 50:18  pages[0].priorities[0]  expected a known priority: P1, P2, found "p1" (did you mean "P1"?)`,
			"unknown-name 52:12  pages[0].title  expected {component} or {service}, found {ticket}",
		],
	},
	{
		what: "a key that is said twice",
		from: "grace: 2m",
		to: `grace: 2m
grace: 3m`,
		problems: [`repeated 37:1  grace  expected each key once, found "grace" again`],
	},
	{
		what: "a set name without quotes",
		from: `["@federal", "2026-12-24"]`,
		to: "[@federal]",
		problems: [
			"syntax 10:16  calendars.office.holidays[0]  expected quotes around a text that starts with @, found @federal",
		],
	},
	{
		what: "a text with a colon without quotes",
		from: "title: Desk",
		to: "title: Desk: ours",
		problems: [
			`syntax 2:8  title  expected quotes around a text with a colon, or a map on lines of its own, found "Desk: ours"`,
		],
	},
	{
		what: "tabs as indentation",
		from: "    wide: {",
		to: "\t\twide: {",
		problems: [
			"syntax 19:1  matrix  expected spaces as indentation, found a tab; what follows is checked once this is mended",
		],
	},
	{
		what: "a second document",
		from: "grace: 2m",
		to: `---
grace: 2m`,
		problems: [
			"syntax 36:1  (document)  expected one document, found a second one after ---; what follows is checked once this is mended",
		],
	},
	{
		what: "an alias without its anchor",
		from: "onReopen: restart",
		to: "onReopen: *usual",
		problems: ["syntax 38:11  onReopen  expected an anchor &usual before its alias, found *usual"],
	},
	{
		what: "a holiday set of its own with a name that is taken, an unknown include and faulty rules",
		from: "grace: 2m",
		to: `grace: 2m
holidaySets:
  legal: { rules: [] }
  house:
    include: [leagl, house]
    rules:
      - { fixed: "02-30" }
      - { fixed: "12-24", easter: 1 }
      - { range: ["12-31", "01-02"] }
      - { name: Nothing }`,
		problems: [
			`repeated 38:3  holidaySets.legal  expected a name that no ready-made set has, found "legal"`,
			`unknown-name 40:15  holidaySets.house.include[0]  expected a known holiday set: legal, federal, house, found "leagl" (did you mean "legal"?)`,
			`contradiction 40:22  holidaySets.house.include[1]  expected a set that does not include this one, found "house"`,
			`INVALID_DATE 42:18  holidaySets.house.rules[0].fixed  expected a day of the year MM-DD, found "02-30"`,
			"contradiction 43:9  holidaySets.house.rules[1]  expected exactly one of fixed, easter, range, date, found fixed and easter",
			`INVALID_DATE 44:18  holidaySets.house.rules[2].range  expected a range within one year (write two where it passes New Year), found 12-31 to 01-02`,
			"missing 45:9  holidaySets.house.rules[3]  expected exactly one of fixed, easter, range, date, found none",
		],
	},
];

describe("a fault is told with its place, what was expected and what was found:", () => {
	test.each(faults)("$what", ({ from, to, problems }) => {
		const found = problemsOf(withChange(from, to));
		expect(found.map((problem) => `${problem.code} ${formatProblems([problem], "").slice(1)}`)).toEqual(problems);
	});
});

describe("many faults", () => {
	test("are told all at once, in the order of their lines", () => {
		const changes: [string, string][] = [
			["mode: promised", "mode: prommised"],
			["language: nl", "language: nl\ncolour: red"],
			["zone: Europe/Brussels\n", "zone: Europe/Bruxelles\n"],
			['tue: ["09:00-17:00"]', 'tue: ["17:00-9:00"]'],
			['"2026-12-24"]', '"24-12-2026"]'],
			["name: Low", "name: { nl: Laag }"],
			["narrow: { now: P2, later: P2 }", "narrow: { now: P2, later: P3 }"],
			["first-response: 2h", "first-response: 2 days"],
			["calendar: round", "calendar: night"],
			["grace: 2m", "grace: 2"],
			["notify: [lead] }", "notify: [boss] }"],
			["impact: major", "impact: huge"],
		];
		const text = changes.reduce((document, [from, to]) => {
			expect(document).toContain(from);
			return document.replace(from, () => to);
		}, valid);
		expect(problemsOf(text).map(({ line, path }) => `${line} ${path}`)).toEqual([
			"3 mode",
			"5 colour",
			"9 calendars.office.zone",
			"10 calendars.office.weekly.tue[0]",
			"11 calendars.office.holidays[1]",
			"15 priorities[1].name.fr",
			"15 priorities[1].name.de",
			"15 priorities[1].name.en",
			"21 matrix.cells.narrow.later",
			"31 services.desk.targets.P1.first-response",
			"31 services.desk.targets.P1.resolution.calendar",
			"37 grace",
			"44 ladders.climb.steps[0].notify[0]",
			"52 pages[0].impact",
		]);
	});

	test("are told beside a text with a colon and a quote that is never closed", () => {
		const text = withChange("title: Desk", "title: Desk: ours")
			.replace("grace: 2m", 'grace: "1d')
			.replace("major", "huge");
		expect(problemsOf(text)).toMatchObject([
			{ line: 2, column: 8, path: "title", code: "syntax", found: '"Desk: ours"' },
			{ line: 36, column: 8, path: "grace", code: "syntax", expected: "a closing quote", found: "none" },
			{ line: 36, column: 9, path: "grace", code: "wrong-value", suggestion: "1 working day" },
			{ line: 51, column: 13, path: "pages[0].impact", code: "wrong-value", found: '"huge"' },
		]);
	});

	test("are told up to where broken YAML leaves only guesses", () => {
		const text = withChange("title: Desk", "title: 7").replace("    wide: {", "\twide: {").replace("major", "huge");
		expect(problemsOf(text)).toMatchObject([
			{ line: 2, path: "title", code: "wrong-type" },
			{ line: 19, code: "syntax", found: "a tab; what follows is checked once this is mended" },
		]);
	});

	test.each([
		["nothing at all", "", "nothing"],
		["a list", "- 1", "a list"],
		["a text", "policy", '"policy"'],
	])("are one when the document is %s", (_, text, found) => {
		expect(problemsOf(text)).toMatchObject([{ line: 1, column: 1, path: "", expected: "a map", found }]);
	});

	test("are one when aliases unfold without end", () => {
		const tens = (name: string) => `[${Array(10).fill(name).join(", ")}]`;
		const text = `a: &a ${tens("x")}\nb: &b ${tens("*a")}\nc: &c ${tens("*b")}\nd: ${tens("*c")}\n`;
		expect(problemsOf(text)).toMatchObject([{ code: "syntax", expected: "at most 100 uses of an anchor" }]);
	});

	test("are written one a line, as file:line:column, path, expected, found and what was meant", () => {
		const text = withChange("mode: promised", "mode: promissed").replace("grace: 2m", "grace: 1 day");
		expect(formatProblems(problemsOf(text), "desk.yaml")).toBe(
			[
				'desk.yaml:3:7  mode  expected measured or promised, found "promissed" (did you mean "promised"?)',
				"desk.yaml:36:8  grace  expected hours such as 8h, or working days: a day is not a duration, since 24 business " +
					'hours fill three days of eight, found "1 day" (did you mean "1 working day"?)',
			].join("\n"),
		);
	});

	test("are told in words and with a place whichever line is missing", () => {
		const lines = valid.trimEnd().split("\n");
		const faulty = lines.filter((_, index) => {
			const problems = problemsOf(lines.filter((_, other) => other !== index).join("\n"));
			for (const { line, column, expected, found } of problems) {
				expect(line).toBeGreaterThanOrEqual(1);
				expect(line).toBeLessThan(lines.length);
				expect(column).toBeGreaterThanOrEqual(1);
				expect(expected).not.toBe("");
				expect(found).not.toBe("");
			}
			return problems.length > 0;
		});
		expect(faulty.length).toBeGreaterThan(lines.length / 2);
	});

	test("are in the message of the error", () => {
		expect(() => read("name: x y")).toThrow(/^Expected a valid document, found 8 problems:\ndocument:1:1 {2}title/);
	});
});
