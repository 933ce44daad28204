import { expect, test } from "vitest";
import { checkPolicy, parsePolicy } from "./parse-policy.ts";
import { formatProblems, InvalidPolicy } from "./policy-problem.ts";
import { formatExamples } from "./run-examples.ts";

const desk = `name: desk
title: Desk
mode: promised
language: en
calendars:
  office:
    zone: Europe/Brussels
    weekly: { mon: ["09:00-17:00"], tue: ["09:00-17:00"], wed: ["09:00-17:00"], thu: ["09:00-17:00"], fri: ["09:00-17:00"] }
priorities: [{ id: P1, name: High }, { id: P2, name: Low }]
matrix:
  impacts: [{ id: wide, name: Wide }, { id: narrow, name: Narrow }]
  urgencies: [{ id: now, name: Now }, { id: later, name: Later }]
  cells: { wide: { now: P1, later: P2 }, narrow: { now: P2, later: P2 } }
  caps: [{ groups: [Test], atMost: P2, unlessJustified: true }]
services:
  desk:
    name: Desk
    calendar: office
    ladder: climb
    lines:
      - { id: first, name: First, groups: [First line] }
      - { id: second, name: Second, groups: [Second line], minimum: 1h }
    escalation: [lead, boss]
    phone: { priorities: [P1], roles: [lead] }
    targets:
      P1: { pickup: 30m, first-response: 1h, resolution: 4h }
      P2: { pickup: 2h, first-response: 4h, next-update: 4h, resolution: 3 working days }
channels: { email: best-effort }
pauses: [{ states: [waiting], goals: [resolution], owner: customer, reason: Waits }]
manualPauses: { goals: [resolution] }
ladders:
  climb:
    goals: [pickup, first-response, resolution]
    steps: [{ id: warning, at: 75%, notify: [lead] }, { id: missed, at: deadline, notify: [lead, boss] }]
roles: { lead: { name: Lead, email: [lead@example.org] }, boss: { name: Boss, email: [boss@example.org] } }
`;

function run(examples: string) {
	return checkPolicy(`${desk}examples:\n${examples}`, { version: "v1", holidaySets: [] }).examples;
}

function faultsOf(examples: string): string[] {
	try {
		parsePolicy(`${desk}examples:\n${examples}`, { version: "v1", holidaySets: [] });
	} catch (error) {
		if (error instanceof InvalidPolicy) return formatProblems(error.problems, "desk").split("\n");
		throw error;
	}
	return [];
}

test("an example that comes out as expected has no differences, and counts what was looked at", () => {
	const results = run(`
  - id: A-1
    title: everything that can be expected of a ticket
    given:
      - { at: Mon 2026-03-02 09:00, opened: portal, group: First line, priority: P2 }
      - { at: Mon 2026-03-02 09:30, owner: someone, handed-over: { from: first, to: second, text: Please look } }
      - { at: Mon 2026-03-02 10:00, replied: { by: agent, channel: email } }
      - { at: Mon 2026-03-02 11:00, state: { to: waiting, label: pending } }
      - { at: Mon 2026-03-02 12:00, replied: customer }
      - { at: Mon 2026-03-02 12:00, state: open }
      - { at: Mon 2026-03-02 13:00, paused: { reason: A part is coming, owner: supplier, until: Mon 2026-03-02 14:00 } }
    expect:
      - at: Mon 2026-03-02 11:30
        state: waiting
        priority: P2
        impact: null
        service: desk
        channel: portal
        owner: someone
        bestEffort: false
        phoneOutstanding: false
        states: { pickup: met, first-response: met, next-update: none, resolution: paused }
        waitsFor: { resolution: customer }
        deadlines: { resolution: null }
        elapsed: { resolution: 2h, pickup: 30m }
        promises: { resolution: commitment }
        calendars: { resolution: office }
        cycles: { pickup: 1 }
        steps: []
        told: []
      - at: Mon 2026-03-02 13:30
        states: { next-update: running, resolution: paused }
        deadlines: { next-update: Mon 2026-03-02 16:00 }
        waitsFor: { resolution: supplier }
      - at: Mon 2026-03-02 18:00
        states: { resolution: outside-hours }
`);
	expect(formatExamples(results, "desk")).toBe("desk: 1 example with 26 expectations, all as expected");
	expect(results.map(({ id, line, differences }) => ({ id, line, differences }))).toEqual([
		{ id: "A-1", line: 38, differences: [] },
	]);
});

test("a ticket by e-mail is best effort, a cap lowers what the matrix says, and a justification lifts it", () => {
	const results = run(`
  - title: by e-mail
    given: [{ at: Mon 2026-03-02 10:00, opened: email }]
    expect: [{ at: Mon 2026-03-02 12:00, bestEffort: true, states: { first-response: best-effort }, deadlines: { first-response: null } }]
  - title: capped
    given: [{ at: Mon 2026-03-02 10:00, opened: portal, group: Test, classified: { impact: wide, urgency: now } }]
    expect: [{ at: Mon 2026-03-02 10:01, priority: P2, impact: wide }]
  - title: justified
    given: [{ at: Mon 2026-03-02 10:00, opened: portal, group: Test, classified: { impact: wide, urgency: now, justification: The demo is today } }]
    expect: [{ at: Mon 2026-03-02 10:01, priority: P1, phoneOutstanding: true }, { at: Mon 2026-03-02 10:50, steps: [pickup/warning, pickup/missed, first-response/warning], told: [boss, lead] }]
`);
	expect(formatExamples(results, "desk")).toBe("desk: 3 examples with 9 expectations, all as expected");
});

test("what was learned later counts from when it was learned, by when it happened", () => {
	const results = run(`
  - title: a late pickup
    given:
      - { at: Mon 2026-03-02 09:00, opened: portal, priority: P1 }
      - { at: Mon 2026-03-02 09:10, owner: someone, seen: Mon 2026-03-02 09:45 }
    expect:
      - { at: Mon 2026-03-02 09:40, states: { pickup: missed } }
      - { at: Mon 2026-03-02 09:45, states: { pickup: met }, elapsed: { pickup: 10m } }
`);
	expect(formatExamples(results, "desk")).toBe("desk: 1 example with 3 expectations, all as expected");
});

test("a calendar is asked without any ticket, in a zone of one's own", () => {
	const results = run(`
  - title: the office over a weekend, as seen from New York
    zone: America/New_York
    expect:
      - at: Fri 2026-03-06 12:00
        hours: { calendar: office, open: false, opens: Mon 2026-03-09 04:00, closes: Mon 2026-03-09 12:00 }
      - at: Fri 2026-03-06 03:00
        hours: { calendar: office, until: Tue 2026-03-10 00:00, total: 16h }
`);
	expect(formatExamples(results, "desk")).toBe("desk: 1 example with 4 expectations, all as expected");
});

test("a failing example shows expected, found, how far apart, and how the clock came to it", () => {
	const results = run(`
  - id: A-9
    title: too hopeful
    given: [{ at: Fri 2026-03-06 16:00, opened: portal, priority: P1 }]
    expect:
      - at: Fri 2026-03-06 16:10
        priority: P2
        deadlines: { resolution: Mon 2026-03-09 10:00 }
        states: { resolution: met }
`);
	const text = formatExamples(results, "desk.yaml");
	const lines = text.split("\n");
	expect(lines[0]).toBe("desk.yaml:38  example A-9: too hopeful");
	expect(lines).toContain("  Fri 2026-03-06 16:10  priority  expected P2, found P1");
	expect(lines).toContain(
		"  Fri 2026-03-06 16:10  deadlines.resolution  expected Mon 2026-03-09 10:00, found Mon 2026-03-09 12:00 (2h of open time later)",
	);
	expect(lines).toContain("  Fri 2026-03-06 16:10  states.resolution  expected met, found running");
	expect(text).toMatch(/Resolution/);
	expect(text.match(/Priority/g)).toHaveLength(1);
	expect(lines.at(-1)).toBe("desk.yaml: 1 example with 3 expectations, 1 not as expected");
});

test("what no example can mean is a fault, with its place and what was meant", () => {
	const faults = faultsOf(`
  - title: slips
    zone: Europe/Brusels
    expect: [{ at: Mon 2026-03-02 09:00, priority: P1 }]
  - title: more slips
    given:
      - { at: Tue 2026-03-02 09:00, opened: portal }
      - { at: Mon 2026-03-02 09:00 }
      - { at: Mon 2026-03-02 09:00, priority: P3, openned: portal }
    expect:
      - at: Sun 2026-03-29 02:30
        deadlines: { resoltion: null, pickup: Sun 2026-10-25 02:30 }
        states: { pickup: runing }
        hours: { calendar: ofice, total: 3h }
`);
	expect(faults).toEqual([
		`desk:39:11  examples[0].zone  expected an IANA zone such as Europe/Brussels, found "Europe/Brusels" (did you mean "Europe/Brussels"?)`,
		`desk:43:15  examples[1].given[0].at  expected Mon 2026-03-02, found "Tue 2026-03-02 09:00" (did you mean "Mon 2026-03-02 09:00"?)`,
		"desk:44:9  examples[1].given[1]  expected what happened at that time, found a time alone",
		`desk:45:47  examples[1].given[2].priority  expected a known priority: P1, P2, found "P3"`,
		expect.stringMatching(/^desk:45:51 {2}examples\[1\]\.given\[2\]\.openned {2}.*did you mean "opened"/),
		`desk:47:13  examples[1].expect[0].at  expected a time that the clocks of Europe/Brussels show: they skip it that day, found "Sun 2026-03-29 02:30"`,
		expect.stringMatching(
			/^desk:48:22 {2}examples\[1\]\.expect\[0\]\.deadlines\.resoltion {2}.*did you mean "resolution"/,
		),
		expect.stringMatching(/^desk:48:47 {2}.*expected an offset .*\+02:00 or \+01:00, found "Sun 2026-10-25 02:30"/),
		expect.stringMatching(/^desk:49:27 {2}.*found "runing" \(did you mean "running"\?\)/),
		expect.stringMatching(/^desk:50:9 {2}examples\[1\]\.expect\[0\]\.hours\.until {2}expected until/),
		expect.stringMatching(/^desk:50:28 {2}.*a known calendar: office, found "ofice" \(did you mean "office"\?\)/),
	]);
});

test("a policy without examples says so", () => {
	expect(formatExamples([], "desk.yaml")).toBe("desk.yaml: no examples");
});
