import { expect, test } from "vitest";
import { completeUntil, type HolidaySetDocument, parseHolidaySets, toHolidaySets } from "./holiday-sets.ts";
import { formatProblems, InvalidPolicy } from "./policy-problem.ts";

const legal = { file: "legal.yaml", text: 'set: legal\nrules:\n  - { fixed: "12-25", name: Christmas }\n' };
const house = {
	file: "house.yaml",
	text: `set: house
include: [legal]
completeUntil: 2027
rules:
  - { easter: -2 }
  - { range: ["12-27", "12-31"], name: { nl: Dicht, fr: Fermé, de: Zu, en: Closed }, source: house rules }
  - { date: "2026-03-02", years: [2026] }
`,
};

function faultsOf(...files: { file: string; text: string }[]): string {
	try {
		parseHolidaySets(files);
	} catch (error) {
		if (error instanceof InvalidPolicy) return formatProblems(error.problems, "?");
		throw error;
	}
	return "";
}

test("sets are read, and what a set includes comes first", () => {
	const sets = parseHolidaySets([house, legal]);
	expect(sets.map(({ set }) => set)).toEqual(["house", "legal"]);
	expect(sets[0]).toMatchObject({ include: ["legal"], completeUntil: 2027 });
	expect(toHolidaySets(sets)).toEqual({
		legal: { rules: [{ fixed: "12-25", name: "Christmas" }] },
		house: {
			completeUntil: 2027,
			rules: [
				{ include: "legal" },
				{ easter: -2 },
				{
					range: ["12-27", "12-31"],
					name: { nl: "Dicht", fr: "Fermé", de: "Zu", en: "Closed" },
					source: "house rules",
				},
				{ date: "2026-03-02", years: [2026] },
			],
		},
	});
});

test("a set is complete no longer than what it includes", () => {
	const sets: HolidaySetDocument[] = [
		{ set: "a", include: ["b", "c"], completeUntil: 2030, rules: [] },
		{ set: "b", include: [], completeUntil: 2026, rules: [] },
		{ set: "c", include: [], rules: [] },
	];
	expect(["a", "b", "c", "d"].map((name) => completeUntil(sets, name))).toEqual([2026, 2026, null, null]);
});

test("every fault of every file is told, each with its file", () => {
	const faulty = {
		file: "faulty.yaml",
		text: `set: faulty
include: [legl]
completeUntill: 2026
rules:
  - { fixed: "13-01" }
  - { easter: soon }
  - { range: ["12-27"] }
  - { date: "2026-02-29", nam: x }
`,
	};
	expect(faultsOf(faulty, { ...legal, file: "again.yaml" }, legal, { file: "empty.yaml", text: "" })).toBe(
		[
			'faulty.yaml:2:11  include[0]  expected a known holiday set: faulty, legal, found "legl" (did you mean "legal"?)',
			'faulty.yaml:3:1  completeUntill  expected one of the keys set, include, completeUntil, rules, found "completeUntill" (did you mean "completeUntil"?)',
			'faulty.yaml:5:14  rules[0].fixed  expected a day of the year MM-DD, found "13-01"',
			'faulty.yaml:6:15  rules[1].easter  expected a whole number of days from Easter Sunday, found "soon"',
			"faulty.yaml:7:14  rules[2].range  expected a list of two days such as [12-27, 12-31], found a list",
			'faulty.yaml:8:13  rules[3].date  expected an existing date YYYY-MM-DD, found "2026-02-29"',
			'faulty.yaml:8:27  rules[3].nam  expected one of the keys fixed, easter, range, date, name, years, source, found "nam" (did you mean "name"?)',
			'legal.yaml:1:6  set  expected each set once, found "legal" again',
			"empty.yaml:1:1  (document)  expected a map, found nothing",
		].join("\n"),
	);
});

test("sets that include each other are told where they do", () => {
	const a = { file: "a.yaml", text: "set: a\ninclude: [b]\nrules: []\n" };
	const b = { file: "b.yaml", text: "set: b\ninclude: [a]\nrules: []\n" };
	expect(faultsOf(a, b)).toBe(
		[
			'a.yaml:2:11  include[0]  expected a set that does not include this one, found "b"',
			'b.yaml:2:11  include[0]  expected a set that does not include this one, found "a"',
		].join("\n"),
	);
});
