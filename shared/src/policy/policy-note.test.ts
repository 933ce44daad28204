import { expect, test } from "vitest";
import type { HolidaySetDocument } from "./holiday-sets.ts";
import type { LintCode } from "./lint/lint.ts";
import { checkPolicy } from "./parse-policy.ts";

const holidaySets: HolidaySetDocument[] = [
	{ set: "legal", include: [], rules: [{ fixed: "12-25" }] },
	{ set: "decided", include: ["legal"], completeUntil: 2027, rules: [{ date: "2026-05-15" }] },
];

/** Has every form that a note is about, and nothing that deserves one. */
const tidy = `name: desk
title: Desk
mode: promised
language: nl
components: [Portal]
calendars:
  office:
    zone: Europe/Brussels
    weekly: { mon: ["09:00-17:00"], tue: ["09:00-17:00"], sun: ["22:00-02:00"] }
    seasons: [{ from: 07-01, to: 08-31, weekly: { mon: ["08:00-14:00"] } }]
    holidays: ["@decided"]
priorities: [{ id: P1, name: High }, { id: P2, name: Middle }, { id: P3, name: Low }]
matrix:
  impacts: [{ id: wide, name: Wide }, { id: narrow, name: Narrow }]
  urgencies: [{ id: now, name: Now }, { id: later, name: Later }]
  cells:
    wide: { now: P1, later: P2 }
    narrow: { now: P2, later: P3 }
  questions:
    - { sets: impact, ask: Who?, answers: [{ to: wide, say: All }, { to: narrow, say: One }] }
    - { sets: urgency, ask: When?, answers: [{ to: now, say: Now }, { to: later, say: Later }] }
  caps: [{ groups: [Test], atMost: P2 }]
deciding: { restricted: [{ priorities: [P1], roles: [boss], otherwise: P2 }] }
services:
  desk:
    name: Desk
    components: [Portal]
    calendar: office
    ladder: climb
    lines:
      - { id: first, name: First, groups: [First line] }
      - { id: second, name: Second, groups: [Second line], minimum: 1h }
    availability: [{ inHours: 99.5, outside: 95 }]
    targets:
      P1: { pickup: 30m, first-response: 1h, next-update: 2h, resolution: { within: 6h, effectiveFrom: 2027-01-01, before: 8h }, handover: 1h }
      P2: { first-response: 2h, resolution: 8h }
      P3: { first-response: 3 working days }
  test: { name: Test, groups: [Test], calendar: office, ladder: climb, targets: { P1: { resolution: 8h }, P2: { resolution: 8h }, P3: { resolution: 9h } } }
pauses:
  - { states: [waiting], goals: [resolution], owner: customer, reason: Waits, longest: { within: 5h, then: resume } }
  - { states: [open], goals: [resolution], owner: supplier, reason: Waits, longest: { within: 5h, then: resume } }
manualPauses: { goals: [resolution], longest: { within: 5h, then: resume } }
ladders:
  climb:
    goals: [pickup, first-response, next-update, resolution, handover]
    steps:
      - { id: soon, at: deadline - 15m, notify: [lead] }
      - { id: missed, at: deadline, notify: [lead] }
      - { id: late, at: deadline + 30m, notify: [boss] }
roles:
  lead: { name: Lead, email: [lead@example.org] }
  boss: { name: Boss, webhooks: [chat] }
pages:
  - { page: built-in, services: [desk, test], priorities: [P1], impact: major, title: T, texts: { investigating: A, identified: B, monitoring: C, resolved: D } }
  - { page: built-in, services: [desk], priorities: [P2], impact: minor, title: T, texts: { investigating: A, identified: B, monitoring: C, resolved: D } }
`;

type Case = { from: string; to: string; path: string; text: RegExp };

const cases: Record<LintCode, Case[]> = {
	"availability-odd": [
		{
			from: "outside: 95",
			to: "outside: 99.9",
			path: "services.desk.availability[0]",
			text: /outside .*99\.9.* within/,
		},
		{ from: "inHours: 99.5", to: "inHours: 100", path: "services.desk.availability[0]", text: /not one second/ },
	],
	"best-effort": [
		{
			from: "      P3: { first-response: 3 working days }\n",
			to: "",
			path: "services.desk",
			text: /^P3 has no target/,
		},
		{
			from: "targets: { P1: { resolution: 8h }, P2: { resolution: 8h }, P3: { resolution: 9h } }",
			to: "targets: {}",
			path: "services.test",
			text: /^No target for any priority/,
		},
	],
	"cap-without-effect": [{ from: "atMost: P2", to: "atMost: P1", path: "matrix.caps[0]", text: /No cell is above P1/ }],
	"cell-out-of-order": [
		{
			from: "narrow: { now: P2, later: P3 }",
			to: "narrow: { now: P3, later: P2 }",
			path: "matrix.cells.narrow.now",
			text: /lower urgency later has the higher P2/,
		},
	],
	"clock-change": [
		{
			from: 'sun: ["22:00-02:00"]',
			to: 'sun: ["02:30-06:00"]',
			path: "calendars.office",
			text: /2026-03-29 02:30 \(skipped\), 2026-10-25 02:30 \(shown twice\), 2027-03-28 02:30/,
		},
		{
			from: 'sun: ["22:00-02:00"]',
			to: 'sat: ["22:00-02:45"]',
			path: "calendars.office",
			text: /2026-03-29 02:45 .* 2026-10-25 02:45/,
		},
	],
	"first-response-after-resolution": [
		{
			from: "P2: { first-response: 2h, resolution: 8h }",
			to: "P2: { first-response: 9h, resolution: 8h }",
			path: "services.desk.targets.P2.first-response",
			text: /9h, but resolution only 8h/,
		},
	],
	"goal-without-ladder": [
		{
			from: "goals: [pickup, first-response,",
			to: "goals: [first-response,",
			path: "services.desk",
			text: /does not climb for pickup/,
		},
	],
	"groups-alike": [
		{
			from: "groups: [Test], calendar",
			to: "groups: [Test, TEST], calendar",
			path: "services.test.groups[1]",
			text: /"TEST"/,
		},
	],
	"handover-without-lines": [
		{
			from: "targets: { P1: { resolution: 8h },",
			to: "targets: { P1: { resolution: 8h, handover: 1h },",
			path: "services.test.targets",
			text: /its clock never runs/,
		},
	],
	"ladder-without-target": [
		{ from: "pickup: 30m, ", to: "", path: "ladders.climb.goals[0]", text: /has a target for pickup/ },
	],
	"line-group-elsewhere": [
		{
			from: "groups: [Test], calendar: office,",
			to: "groups: [Test], lines: [{ id: a, name: A, groups: [Elsewhere] }], calendar: office,",
			path: "services.test.lines[0].groups",
			text: /^Tickets of Elsewhere/,
		},
	],
	"line-without-group": [
		{
			from: "name: First, groups: [First line]",
			to: "name: First",
			path: "services.desk.lines[0]",
			text: /^Line first/,
		},
		{
			from: "groups: [Test], calendar: office,",
			to: "groups: [Test], lines: [{ id: a, name: A }], calendar: office,",
			path: "services.test.lines",
			text: /^No line has a group/,
		},
	],
	"lines-without-handover": [
		{
			from: "groups: [Test], calendar: office,",
			to: "groups: [Test, A, B], lines: [{ id: a, name: A, groups: [A] }, { id: b, name: B, groups: [B] }], calendar: office,",
			path: "services.test.lines",
			text: /never missed/,
		},
	],
	"minimum-without-resolution": [
		{
			from: "groups: [Test], calendar: office, ladder: climb, targets: { P1: { resolution: 8h }, P2: { resolution: 8h }, P3: { resolution: 9h } }",
			to: "groups: [Test], calendar: office, ladder: climb, lines: [{ id: a, name: A, groups: [Test], minimum: 1h }], targets: { P1: { first-response: 8h }, P2: { first-response: 8h }, P3: { first-response: 8h } }",
			path: "services.test.lines[0].minimum",
			text: /which has no target/,
		},
	],
	"never-opens": [
		{
			from: "calendars:\n",
			to: 'calendars:\n  old: { zone: UTC, weekly: {}, exceptions: [{ date: 2020-01-01, hours: ["09:00-17:00"] }] }\n',
			path: "calendars.old",
			text: /its hours are past/,
		},
	],
	"next-update-after-resolution": [
		{ from: "next-update: 2h", to: "next-update: 7h", path: "services.desk.targets.P1.next-update", text: /7h, .* 6h/ },
	],
	"no-ladder": [
		{
			from: "groups: [Test], calendar: office, ladder: climb,",
			to: "groups: [Test], calendar: office,",
			path: "services.test",
			text: /^No ladder/,
		},
	],
	"overlapping-nights": [
		{
			from: 'sun: ["22:00-02:00"]',
			to: 'sun: ["22:00-10:00"]',
			path: "calendars.office.weekly.sun",
			text: /night of sun lasts until after mon/,
		},
	],
	"page-without-effect": [
		{
			from: "services: [desk], priorities: [P2]",
			to: "services: [desk], priorities: [P1]",
			path: "pages[1]",
			text: /^Earlier rules/,
		},
		{
			from: "services: [desk], priorities: [P2]",
			to: "services: [test], priorities: [P1]",
			path: "pages[1]",
			text: /^Caps keep/,
		},
	],
	"past-change": [
		{
			from: "effectiveFrom: 2027-01-01",
			to: "effectiveFrom: 2026-01-01",
			path: "services.desk.targets.P1.resolution.before",
			text: /before 2026-01-01/,
		},
	],
	"pause-without-effect": [
		{
			from: "states: [open]",
			to: "states: [waiting]",
			path: "pauses[1]",
			text: /pauses\[0\] holds in all these states/,
		},
	],
	"pause-without-longest": [
		{
			from: "owner: supplier, reason: Waits, longest: { within: 5h, then: resume }",
			to: "owner: supplier, reason: Waits",
			path: "pauses[1]",
			text: /for the supplier may last for ever/,
		},
		{
			from: "manualPauses: { goals: [resolution], longest: { within: 5h, then: resume } }",
			to: "manualPauses: { goals: [resolution] }",
			path: "manualPauses",
			text: /by hand may last for ever/,
		},
	],
	"pickup-after-first-response": [
		{
			from: "pickup: 30m",
			to: "pickup: 2h",
			path: "services.desk.targets.P1.pickup",
			text: /2h, but first-response only 1h/,
		},
	],
	"provisional-holidays": [
		{
			from: '["@decided"]',
			to: '["@legal", "@open"]',
			path: "calendars.office.holidays[1]",
			text: /complete up to 2026/,
		},
	],
	"question-without-answer": [
		{ from: "{ to: narrow, say: One }", to: "{ to: wide, say: One }", path: "matrix.questions", text: /impact narrow/ },
	],
	"restriction-without-effect": [
		{
			from: "otherwise: P2 }] }",
			to: "otherwise: P1 }] }",
			path: "deciding.restricted[0]",
			text: /gets P1, which is no lower/,
		},
		{
			from: "otherwise: P2 }] }",
			to: "otherwise: P2 }, { priorities: [P1], roles: [lead], otherwise: P3 }] }",
			path: "deciding.restricted[1]",
			text: /^Earlier restrictions/,
		},
	],
	"role-without-address": [
		{ from: "email: [lead@example.org]", to: "email: []", path: "roles.lead", text: /hears nothing/ },
	],
	"season-without-effect": [
		{
			from: "from: 07-01, to: 08-31",
			to: "from: 2020-07-01, to: 2020-08-31",
			path: "calendars.office.seasons[0]",
			text: /No day of 2026 or 2027/,
		},
	],
	"slower-for-higher-priority": [
		{
			from: "P2: { first-response: 2h, resolution: 8h }",
			to: "P2: { first-response: 45m, resolution: 8h }",
			path: "services.desk.targets.P1.first-response",
			text: /P1 has 1h, but the lower P2 has 45m/,
		},
	],
	"step-after-next-deadline": [
		{
			from: "at: deadline + 30m",
			to: "at: deadline + 6h",
			path: "ladders.climb.steps[2].at",
			text: /deadline of its resolution/,
		},
	],
	"move-without-effect": [
		{
			from: "at: deadline, notify: [lead] }",
			to: "at: deadline, notify: [lead], moveTo: { line: second } }",
			path: "ladders.climb.steps[1].moveTo.line",
			text: /No line second in test/,
		},
	],
	"moves-to-another-service": [
		{
			from: "at: deadline, notify: [lead] }",
			to: "at: deadline, notify: [lead], moveTo: { group: Task force, owner: nobody } }",
			path: "ladders.climb.steps[1].moveTo.group",
			text: /Tickets of test belong to desk once they are in Task force/,
		},
	],
	"step-before-start": [
		{
			from: "at: deadline - 15m",
			to: "at: deadline - 30m",
			path: "ladders.climb.steps[0].at",
			text: /before the start/,
		},
	],
	unused: [
		{
			from: "components: [Portal]\ncalendars:",
			to: "components: [Portal, Mail]\ncalendars:",
			path: "components[1]",
			text: /uses Mail/,
		},
		{
			from: "roles:\n",
			to: "roles:\n  spare: { name: Spare, email: [spare@example.org] }\n",
			path: "roles.spare",
			text: /uses spare/,
		},
	],
	"warning-at-deadline": [
		{ from: "at: deadline - 15m", to: "at: 100%", path: "ladders.climb.steps[0].at", text: /the deadline itself/ },
	],
};

function notesOf(text: string, year = 2026) {
	const sets = [...holidaySets, { set: "open", include: [], completeUntil: 2026, rules: [] }];
	return checkPolicy(text, { version: "v1", holidaySets: sets, year }).notes;
}

test("a tidy policy deserves no note", () => {
	expect(notesOf(tidy)).toEqual([]);
});

test.each(Object.entries(cases).flatMap(([code, each]) => each.map((it) => ({ code, ...it }))))(
	"$code: $to",
	({ code, from, to, path, text }) => {
		expect(tidy).toContain(from);
		const changed = tidy.replace(from, () => to);
		const found = notesOf(changed).filter((note) => note.code === code);
		expect(found.map((note) => note.path)).toContain(path);
		const note = found.find((each) => each.path === path);
		expect(note?.text).toMatch(text);
		const line = changed.split("\n")[(note?.line ?? 0) - 1] ?? "";
		expect(line.slice((note?.column ?? 0) - 1)).not.toBe("");
	},
);

test("provisional holidays are mentioned from the last complete year on", () => {
	const mentions = (year: number) => notesOf(tidy, year).some(({ code }) => code === "provisional-holidays");
	expect([2026, 2027, 2028].map(mentions)).toEqual([false, true, true]);
});

test("a night that the clocks lengthen at its very end is no note: nothing opens or closes within the hour", () => {
	const text = tidy.replace('sun: ["22:00-02:00"]', 'sat: ["22:00-03:00"], sun: ["02:00-06:00"]');
	expect(notesOf(text).filter(({ code }) => code === "clock-change")).toEqual([]);
});
