import { readdirSync, readFileSync } from "node:fs";
import { parseHolidaySets } from "@stipt/shared/policy/holiday-sets";
import { parsePolicy } from "@stipt/shared/policy/parse-policy";
import type { Policy } from "@stipt/shared/policy/policy";
import { InvalidPolicy } from "@stipt/shared/policy/policy-problem";
import { describe, expect, test } from "vitest";

const shared = new URL("../shared/", import.meta.url);
const holidaySets = parseHolidaySets(
	readdirSync(new URL("policies/holidays/", shared)).map((file) => ({
		file,
		text: readFileSync(new URL(`policies/holidays/${file}`, shared), "utf8"),
	})),
);
const [, whole = ""] =
	/```yaml\n([\s\S]*?)```/.exec(readFileSync(new URL("src/policy/README.md", shared), "utf8")) ?? [];
const read = (text: string): Policy => parsePolicy(text, { version: "v1", holidaySets });
const hour = 3_600_000;

function changed(from: string, to: string): string {
	expect(whole).toContain(from);
	return whole.replace(from, () => to);
}

function faultsOf(text: string): string[] {
	try {
		read(text);
	} catch (error) {
		if (!(error instanceof InvalidPolicy)) throw error;
		return error.problems.map(({ code, path, expected, found, suggestion, line, column }) => {
			const place = text.split("\n")[line - 1]?.slice(column - 1) ?? "";
			expect(place).not.toBe("");
			const hint = suggestion === undefined ? "" : ` (${suggestion}?)`;
			return `${code} ${path}: expected ${expected}, found ${found}${hint}`;
		});
	}
	return [];
}

describe("the whole document", () => {
	const policy = read(whole);
	const portal = policy.services.find(({ id }) => id === "portal");

	test("gives dates as instants in the zone of the calendar they go with", () => {
		expect(policy.effectiveFrom).toBe(Date.parse("2027-01-01T00:00:00+01:00"));
		const resolution = portal?.targets.P1?.resolution;
		expect(resolution).toEqual({
			calendar: "office",
			amount: { kind: "business", duration: 4 * hour },
			promise: "commitment",
			effectiveFrom: Date.parse("2026-07-01T00:00:00+02:00"),
			before: {
				calendar: "office",
				amount: { kind: "business", duration: 8 * hour },
				promise: "commitment",
				effectiveFrom: Date.parse("2026-01-01T00:00:00+01:00"),
				before: { calendar: "office", amount: { kind: "business", duration: 16 * hour }, promise: "commitment" },
			},
		});
	});

	test("gives lines, contacts, availability and notice with their defaults", () => {
		expect(portal?.lines.map(({ id, minimum, designated }) => [id, minimum, designated])).toEqual([
			["first", null, true],
			["second", 2 * hour, true],
			["third", null, false],
		]);
		expect([portal?.escalation, portal?.phone]).toEqual([
			["lead", "service-manager"],
			{ priorities: ["P1"], roles: ["on-call"] },
		]);
		expect(portal?.availability[1]).toEqual({
			calendar: "office",
			inHours: "99.5",
			outside: "95",
			always: null,
			planned: "exclude",
			thirdParty: "count",
			promise: "commitment",
			effectiveFrom: Date.parse("2026-07-01T00:00:00+02:00"),
		});
		expect(portal?.notice).toEqual({
			daysAhead: 5,
			clearDays: false,
			endBefore: "16:00",
			substantial: hour / 4,
			agreement: false,
		});
	});

	test("gives what changes, pauses and people do", () => {
		expect(policy.onServiceChange).toMatchObject({ resolution: "restart", pickup: "recompute" });
		expect(policy.manualPauses.longest).toMatchObject({ within: { kind: "workingDays", days: 5 }, notify: ["lead"] });
		expect(policy.pauses[0]?.longest).toMatchObject({ within: { kind: "workingDays", days: 10 }, notify: ["lead"] });
		expect(policy.deciding).toEqual({
			customer: "always",
			restricted: [{ priorities: ["P1"], roles: ["on-call", "service-manager"], otherwise: "P2" }],
			withoutConsensus: "service-manager",
		});
		expect(policy.matrix.questions[0]?.answers.map(({ to, say }) => [to, say.nl])).toEqual([
			["high", "Iedereen"],
			["low", "Eén persoon"],
		]);
	});

	test("opens by season and by rota", () => {
		const open = (calendar: string, local: string) => policy.calendars[calendar]?.isOpen(Date.parse(`${local}+02:00`));
		expect([open("office", "2026-07-06T08:30:00"), open("office", "2026-07-06T15:00:00")]).toEqual([true, false]);
		expect([open("standby", "2026-06-08T20:00:00"), open("standby", "2026-06-15T20:00:00")]).toEqual([true, false]);
	});
});

describe("a fault in a newer form is told with its place, what was expected and what was found", () => {
	test.each<[string, string, string | RegExp]>([
		[
			"effectiveFrom: 2027-01-01",
			"effectiveFrom: 2027-02-30",
			"wrong-value effectiveFrom: expected an existing date YYYY-MM-DD",
		],
		[
			"anchor: 2026-01-05",
			"anchor: 2026-01-06",
			/^INVALID_ROTA calendars\.standby\.rota\.anchor: expected a Monday, such as 2026-01-05/,
		],
		["from: 07-01", "from: 07-32", /^INVALID_DATE calendars\.office\.seasons\[0\]\.from/],
		["to: 08-31", "to: 2026-08-31", /^INVALID_DATE calendars\.office\.seasons\[0\]: expected two dates of one form/],
		[
			'- { tue: ["09:00-21:00"]',
			'- { tue: ["09:00-9:00"]',
			/^INVALID_RANGE calendars\.standby\.rota\.weeks\[1\]\.tue\[0\]/,
		],
		[
			'weekly: { mon: ["08:00-14:00"]',
			'weekly: { mon: ["08:00-14:00", "13:00-15:00"]',
			/^OVERLAPPING_RANGES calendars\.office\.seasons\[0\]\.weekly\.mon/,
		],
		[
			"round-the-clock: { zone: Europe/Brussels, always: true }",
			"round-the-clock: { zone: Europe/Brussels, always: true, rota: { anchor: 2026-01-05, weeks: [{}, {}] } }",
			/^ALWAYS_WITH_WEEKLY calendars\.round-the-clock\.rota/,
		],
		[
			"holidayScope: shift",
			"holidayScope: shifts",
			/^wrong-value calendars\.standby\.holidayScope: expected date or shift, found "shifts" \(shift\?\)/,
		],
		[
			"customer: always",
			"customer: alway",
			/^wrong-value deciding\.customer: expected first, always or never, found "alway" \(always\?\)/,
		],
		[
			"roles: [on-call, service-manager]",
			"roles: [on-cal]",
			/^unknown-name deciding\.restricted\[0\]\.roles\[0\]: .* \(on-call\?\)/,
		],
		["otherwise: P2", "otherwise: P7", /^unknown-name deciding\.restricted\[0\]\.otherwise: expected a known priority/],
		["withoutConsensus: service-manager", "withoutConsensus: boss", /^unknown-name deciding\.withoutConsensus/],
		[
			"{ to: low, say: { nl: Eén",
			"{ to: lo, say: { nl: Eén",
			/^unknown-name matrix\.questions\[0\]\.answers\[1\]\.to: expected a known impact/,
		],
		[
			"before: { within: 8h, effectiveFrom: 2026-01-01, before: 16h }",
			"before: { within: 8h, calendar: ofice }",
			/^unknown-name services\.portal\.targets\.P1\.resolution\.before\.calendar: .* \(office\?\)/,
		],
		[
			"{ within: 4h, effectiveFrom: 2026-07-01, before",
			"{ within: 4h, before",
			/^missing services\.portal\.targets\.P1\.resolution\.before: expected effectiveFrom beside before/,
		],
		[
			"handover: 1h",
			"handover: 1 day",
			/^wrong-value services\.portal\.targets\.P1\.handover: expected hours .* \(1 working day\?\)/,
		],
		["pickup: 30m", "pickpu: 30m", /^unknown-key services\.portal\.targets\.P1\.pickpu: .* \(pickup\?\)/],
		[
			"- { id: second,",
			"- { id: first,",
			/^repeated services\.portal\.lines\[1\]\.id: expected each line of a service once/,
		],
		[
			"groups: [Second line], minimum",
			"groups: [First line], minimum",
			/^repeated services\.portal\.lines\[1\]\.groups\[0\]/,
		],
		["escalation: [lead,", "escalation: [leed,", /^unknown-name services\.portal\.escalation\[0\]: .* \(lead\?\)/],
		[
			"phone: { priorities: [P1]",
			"phone: { priorities: [P9]",
			/^unknown-name services\.portal\.phone\.priorities\[0\]/,
		],
		[
			"inHours: 99.3",
			"inHours: 993",
			/^wrong-value services\.portal\.availability\[0\]\.inHours: expected a decimal per cent between 0 and 100, such as 99\.3, found 993/,
		],
		[
			"inHours: 99.3",
			"always: 99.3, inHours: 99.3",
			/^contradiction services\.portal\.availability\[0\]: expected exactly one of always, inHours/,
		],
		[
			"inHours: 99.5, outside: 95, planned: exclude, effectiveFrom: 2026-07-01",
			"inHours: 99.5",
			/^missing services\.portal\.availability\[1\]\.effectiveFrom/,
		],
		[
			'endBefore: "16:00"',
			'endBefore: "16h"',
			/^wrong-value services\.portal\.notice\.endBefore: expected a time of day in quotes/,
		],
		[
			"daysAhead: 5",
			"daysAhead: 5.5",
			/^wrong-(type|value) services\.portal\.notice\.daysAhead: expected a whole number of calendar days/,
		],
		["then: resume", "then: stop", /^wrong-value pauses\[0\]\.longest\.then: expected resume or stay/],
		[
			"then: stay, notify: [lead]",
			"then: stay, notify: [laed]",
			/^unknown-name manualPauses\.longest\.notify\[0\]: .* \(lead\?\)/,
		],
		[
			"pickedUpBy: [owner, reply, hand-over]",
			"pickedUpBy: [owner, handover]",
			/^wrong-value pickedUpBy\[1\]: .* \(hand-over\?\)/,
		],
		["nextUpdateFrom: customer", "nextUpdateFrom: each-message", /^wrong-value nextUpdateFrom/],
		["end: close }", "end: sametime }", /^wrong-value workingDays\.end: .* \(sameTime\?\)/],
		[
			"onChannelChange: from-change",
			"onChannelChange: from-chnge",
			/^wrong-value onChannelChange: .*\(from-change\?\)/,
		],
	])("%s → %s", (from, to, fault) => {
		const faults = faultsOf(changed(from, to));
		expect(faults).toHaveLength(1);
		if (typeof fault === "string") expect(faults[0]?.startsWith(fault)).toBe(true);
		else expect(faults[0]).toMatch(fault);
	});

	test("all of them are told at once, in reading order", () => {
		const text = [
			["anchor: 2026-01-05", "anchor: 2026-01-06"],
			["inHours: 99.3", "inHours: 993"],
			["otherwise: P2", "otherwise: P7"],
			["pickup: 30m", "pickpu: 30m"],
			["at: Mon 2026-03-02 09:30", "at: Tue 2026-03-02 09:30"],
		].reduce((now, [from = "", to = ""]) => now.replace(from, to), whole);
		expect(faultsOf(text).map((fault) => fault.split(" ")[0])).toEqual([
			"INVALID_ROTA",
			"unknown-name",
			"unknown-key",
			"wrong-value",
			"INVALID_LOCAL_TIME",
		]);
	});
});
