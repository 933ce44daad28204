import { readdirSync, readFileSync } from "node:fs";
import { formatDiff, policyDiff } from "@stipt/shared/policy/diff/policy-diff";
import { parseHolidaySets } from "@stipt/shared/policy/holiday-sets";
import { parsePolicy } from "@stipt/shared/policy/parse-policy";
import type { Policy } from "@stipt/shared/policy/policy";
import { describe, expect, test } from "vitest";

const shared = new URL("../shared/", import.meta.url);
const setFiles = readdirSync(new URL("policies/holidays/", shared)).map((file) => ({
	file,
	text: readFileSync(new URL(`policies/holidays/${file}`, shared), "utf8"),
}));
const holidaySets = parseHolidaySets(setFiles);
const [, whole = ""] =
	/```yaml\n([\s\S]*?)```/.exec(readFileSync(new URL("src/policy/README.md", shared), "utf8")) ?? [];
const policy = (text: string, sets = holidaySets) =>
	parsePolicy(text, { version: text.slice(0, 5), holidaySets: sets });
const before = policy(whole.replace("effectiveFrom: 2027-01-01 ", "# "));

/** The document with one text replaced by another, wherever it first stands. */
function withChange(from: string, to: string): Policy {
	const text = whole.replace("effectiveFrom: 2027-01-01 ", "# ");
	expect(text).toContain(from);
	return policy(text.replace(from, () => to));
}

/** Every single value that a policy holds, as the way to it. */
function leaves(value: unknown, path: (string | number)[] = []): (string | number)[][] {
	if (typeof value !== "object" || value === null) return [path];
	const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
	return entries.flatMap(([key, inside]) => leaves(inside, [...path, key]));
}

/** Every list that holds something; its other value lacks the last entry. */
function lists(value: unknown, path: (string | number)[] = []): (string | number)[][] {
	if (typeof value !== "object" || value === null) return [];
	const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
	const own = Array.isArray(value) && value.length > 0 ? [path] : [];
	return [...own, ...entries.flatMap(([key, inside]) => lists(inside, [...path, key]))];
}

/** A copy with another value at a path. Compiled calendars are functions and stay what they are. */
function withOther<Value>(value: Value, [key, ...rest]: (string | number)[]): Value {
	if (key === undefined) return otherThan(value) as Value;
	const old: unknown = Reflect.get(Object(value), key);
	const inside = old === null ? insteadOfNothing[key] : withOther(old, rest);
	return Array.isArray(value)
		? (value.map((each, index) => (index === key ? inside : each)) as Value)
		: { ...value, [key]: inside };
}

function otherThan(value: unknown): unknown {
	if (Array.isArray(value)) return value.slice(0, -1);
	if (typeof value === "number") return value + 86_400_000;
	if (typeof value === "boolean") return !value;
	const text = String(value);
	return otherWords[text] ?? (/^\d{4}-\d{2}-\d{2}$/.test(text) ? "2031-01-06" : `${text}x`);
}

const otherWords: Record<string, string> = {
	customer: "supplier",
	...{ pickup: "handover", "first-response": "next-update", resolution: "next-update", handover: "pickup" },
};

/** What can stand where a policy says that there is nothing. */
const insteadOfNothing: Record<string, unknown> = {
	always: "99",
	effectiveFrom: Date.UTC(2030, 0, 1),
	endBefore: "16:00",
	inHours: "99",
	ladder: "climb",
	// biome-ignore lint/suspicious/noThenProperty: what a policy holds, never awaited
	longest: { within: { kind: "workingDays", days: 5 }, then: "resume", notify: [] },
	minimum: 60_000,
	notice: { daysAhead: 1, clearDays: false, endBefore: null, substantial: 60_000, agreement: false },
	outside: "99",
	phone: { priorities: ["P1"], roles: ["lead"] },
	withoutConsensus: "lead",
};

describe("two versions that mean the same", () => {
	test("have no difference, whatever their version", () => {
		expect(policyDiff(before, { ...before, version: "other" })).toEqual([]);
		expect(formatDiff([])).toBe("No difference in what they mean.");
	});

	test.each([
		["comments", "name: regional-desk", "# a comment\nname: regional-desk"],
		["a default written out", "grace: 2m", "grace: 2m\nonReopen: resume\n# "],
		["another way to write a duration", "pickup: 30m", "pickup: 1800s"],
		["another order of keys", "{ nl: Kritiek, fr: Critique,", "{ fr: Critique, nl: Kritiek,"],
		["examples", "title: the office in summer", "title: the office in July"],
		["a holiday set named twice", '["@be-vlaanderen"]', '["@be-vlaanderen", "@be-vlaanderen"]'],
	])("have no difference with %s", (_, from, to) => {
		const text = to.includes("onReopen") ? whole.replace(/^onReopen: resume.*$/m, "") : whole;
		const plain = text.replace("effectiveFrom: 2027-01-01 ", "# ");
		expect(plain).toContain(from);
		expect(formatDiff(policyDiff(before, policy(plain.replace(from, () => to))))).toBe(
			"No difference in what they mean.",
		);
	});
});

describe("every single value and list", () => {
	const { version: _, calendars: __, ...told } = before;
	// Which of two forms a value has never changes alone: what stands in that form does.
	const paths = [...leaves(told), ...lists(told)].filter((path) => path.at(-1) !== "kind");

	test("of the whole document is told when it changes, in either direction", () => {
		expect(paths.length).toBeGreaterThan(300);
		const untold = paths.filter((path) => {
			const after = withOther(before, path);
			return policyDiff(before, after).length === 0 || policyDiff(after, before).length === 0;
		});
		expect(untold.map((path) => path.join("."))).toEqual([]);
	});

	test("is told in words: no change is empty and none shows an address", () => {
		for (const path of paths) {
			const text = formatDiff(policyDiff(before, withOther(before, path)));
			const isRead = text !== "" && !/@example|undefined|\[object|NaN/.test(text);
			expect({ path: path.join("."), text, isRead }).toEqual({ path: path.join("."), text, isRead: true });
		}
	});
});

describe("a change reads as a person would tell it", () => {
	test.each([
		["pickup: 30m", "pickup: 20m", "P1 pickup, Portal: 30 min → 20 min"],
		[
			"P2: { pickup: 2h, first-response: 4h,",
			"P2: { pickup: 2h, first-response: { within: 2h, effectiveFrom: 2027-01-01, before: 4h },",
			"P2 first response, Portal: 4 h → 2 h, from 1 January 2027",
		],
		["P3: { first-response: 3 working days }", "P3: {}", "P3 first response, Portal: 3 working days → best effort"],
		[
			"resolution: 3 working days",
			"resolution: { within: 3 working days, promise: aim }",
			"P2 resolution, Portal: 3 working days, commitment → 3 working days, aim",
		],
		[
			'mon: ["09:00-17:00"], tue: ["09:00-17:00"], wed: ["09:00-17:00"]',
			'mon: ["09:00-18:00"], tue: ["09:00-18:00"], wed: ["09:00-18:00"]',
			"Calendar office, Monday to Wednesday: 09:00-17:00 → 09:00-18:00",
		],
		['["@be-vlaanderen"]', '["@be-legal", "2026-11-02"]', "Calendar office, holidays: gone, was set be-vlaanderen"],
		["{ email: best-effort }", "{}", "E-mail: best effort → promised"],
		["mode: promised", "mode: measured", "Mode: promised, shown and acted upon → measured in silence"],
		["high: { high: P1, low: P2 }", "high: { high: P1, low: P3 }", "Everyone × Can wait: P2 → P3"],
		[
			"at: deadline + 1h",
			"at: deadline + 30m",
			"Ladder climb, step manager: Service manager 1 h after the deadline, again every 2 h up to 2 times → Service manager 30 min after the deadline, again every 2 h up to 2 times",
		],
		[
			"moveTo: { group: Second line }",
			"moveTo: { line: second, owner: nobody }",
			"Ladder climb, step missed: Team lead at the deadline, with a note, moves to group Second line → Team lead at the deadline, with a note, moves to line second, owner nobody",
		],
		[
			"email: [lead@example.org]",
			"email: [lead@example.org, desk@example.org]",
			"Role Team lead, e-mail addresses: 1 → 2 (1 new)",
		],
		[
			"email: [lead@example.org]",
			"email: [desk@example.org]",
			"Role Team lead, e-mail addresses: 1 → 1 (1 new, 1 gone)",
		],
		[
			"outside: 95, planned: exclude, thirdParty",
			"outside: 96, planned: exclude, thirdParty",
			/^Portal, availability \(1\): 99\.3 % in hours, 95 % outside, .* → 99\.3 % in hours, 96 % outside/,
		],
		[
			"longest: { within: 10 working days,",
			"longest: { within: 5 working days,",
			/^Pause when waiting or "on hold": .* at most 10 working days, .* → .* at most 5 working days/,
		],
		["onReopen: resume", "onReopen: restart", "Reopening makes every clock: resume → restart"],
		[
			"onReopen: resume",
			"onReopen: { resolution: restart }",
			"Reopening makes the clock of resolution: resume → restart",
		],
		["impact: major", "impact: critical", /^Incident for P1 of portal on built-in: major, .* → critical, /],
		["en: Who is hit?", "en: Who?", /^Guided questions: Who is hit\?/],
		["fr: Critique", "fr: Majeure", "Priority P1: reworded, Critical"],
	])("%s → %s", (from, to, line) => {
		const [first] = formatDiff(policyDiff(before, withChange(from, to))).split("\n");
		if (typeof line === "string") expect(first).toBe(line);
		else expect(first).toMatch(line);
	});

	test("a service that is new brings all that it promises", () => {
		const after = withChange(
			"  other: {",
			"  extra: { name: Extra, groups: [Extra], calendar: office, targets: { P1: { resolution: 2h } } }\n  other: {",
		);
		expect(formatDiff(policyDiff(before, after)).split("\n")).toEqual([
			"Service Extra: new, for Extra, calendar office",
			"Extra, groups of the helpdesk: new, Extra",
			"P1 resolution, Extra: best effort → 2 h",
			"Extra, support hours: new, calendar office",
		]);
	});

	test("a holiday set that changes its rules tells the dates, though the calendar is written as before", () => {
		const bridged = holidaySets.map((set) =>
			set.set === "be-vlaanderen"
				? { ...set, rules: [...set.rules, { date: "2027-05-07", name: "Bridging day" }] }
				: set,
		);
		const text = whole.replace("effectiveFrom: 2027-01-01 ", "# ");
		expect(formatDiff(policyDiff(before, policy(text, bridged)))).toBe(
			"Calendar office, 7 May 2027: no holiday → holiday (Bridging day)",
		);
	});

	test("the most important comes first, and a policy with a date says from when", () => {
		const text = whole.replace("impact: major", "impact: minor").replace("pickup: 30m", "pickup: 20m");
		expect(
			formatDiff(policyDiff(before, policy(text)))
				.split("\n")
				.map((line) => line.split(":")[0]),
		).toEqual(["In force", "P1 pickup, Portal", "Incident for P1 of portal on built-in"]);
		expect(formatDiff(policyDiff(before, policy(text)))).toContain(
			"P1 pickup, Portal: 30 min → 20 min, from 1 January 2027",
		);
	});
});
