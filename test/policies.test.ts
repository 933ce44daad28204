import { readdirSync, readFileSync } from "node:fs";
import { holidaysOf } from "@stipt/shared/calendar/holidays";
import { completeUntil, parseHolidaySets, toHolidaySets } from "@stipt/shared/policy/holiday-sets";
import { checkPolicy } from "@stipt/shared/policy/parse-policy";
import { languages, type Words } from "@stipt/shared/wire/language";
import { describe, expect, test } from "vitest";

const folder = new URL("../shared/policies/", import.meta.url);
const minute = 60_000;
const hour = 60 * minute;

function yamlFiles(under: URL): { file: string; text: string }[] {
	return readdirSync(under)
		.filter((file) => file.endsWith(".yaml"))
		.map((file) => ({ file, text: readFileSync(new URL(file, under), "utf8") }));
}

const setFiles = yamlFiles(new URL("holidays/", folder));
const sets = parseHolidaySets(setFiles);
const policyFiles = yamlFiles(folder);

function check(name: string) {
	const text = policyFiles.find(({ file }) => file === `${name}.yaml`)?.text;
	if (text === undefined) throw new Error(`Expected a policy ${name}, found none`);
	return checkPolicy(text, { version: name, holidaySets: sets });
}

/** Every text in several languages that a value holds, with where it stands. */
function wordsIn(value: unknown, path = ""): { path: string; words: Words }[] {
	if (typeof value !== "object" || value === null) return [];
	const isWords = languages.every((language) => typeof Reflect.get(value, language) === "string");
	if (isWords) return [{ path, words: value as Words }];
	return Object.entries(value).flatMap(([key, inside]) => wordsIn(inside, `${path}/${key}`));
}

describe.each(policyFiles)("$file", ({ file, text }) => {
	const { policy, notes, examples } = check(file.replace(".yaml", ""));

	test("has no problem, and begins with three lines that say what it is", () => {
		expect(policy.name).toBe(file.replace(".yaml", ""));
		expect(text.split("\n").slice(0, 3).join("\n")).toMatch(/^# .{40,}\n# .{40,}\n# .{40,}$/);
	});

	test("says everything in four languages, each its own", () => {
		const all = wordsIn({ ...policy, calendars: {}, calendarDefinitions: {} });
		expect(all.length).toBeGreaterThan(20);
		for (const { path, words } of all) {
			const distinct = new Set(languages.map((language) => words[language])).size;
			const isSentence = languages.every((language) => words[language].split(" ").length >= 4);
			// Short words may be the same in two neighbouring languages, such as "Normal"; never in French too.
			expect({ path, distinct }).toEqual({ path, distinct: isSentence ? 4 : expect.toSatisfy((n) => n >= 3) });
			expect([words.nl, words.de, words.en]).not.toContain(words.fr);
		}
	});

	test("reaches nobody real", () => {
		const addresses = policy.roles.flatMap(({ email }) => email);
		expect(addresses.filter((address) => !address.endsWith("@practice.example"))).toEqual([]);
		expect(notes.map(({ code }) => code).filter((code) => code === "role-without-address")).toEqual(
			policy.roles.flatMap(({ email }) => (email.length === 0 ? ["role-without-address"] : [])),
		);
	});

	test("deserves no note but for what it cannot know: addresses, coming years, and what its terms leave open", () => {
		const known = ["role-without-address", "provisional-holidays", "best-effort", "pause-without-longest"];
		const open = [...known, "line-without-group", ...(file === "practice.yaml" ? ["step-after-next-deadline"] : [])];
		expect(notes.filter(({ code }) => !open.includes(code))).toEqual([]);
	});

	test("does what its examples say", () => {
		expect(examples.flatMap(({ id, title, differences }) => differences.map((it) => ({ id, title, ...it })))).toEqual(
			[],
		);
	});

	test("opens an incident for its highest priority alone", () => {
		expect(policy.pages.flatMap(({ priorities }) => [...priorities])).toEqual(policy.pages.map(() => "P1"));
		expect(policy.pages.map(({ page }) => page)).toContain("built-in");
	});
});

describe("standard", () => {
	const { policy } = check("standard");

	test("has five priorities, from the sum of impact and urgency", () => {
		expect(policy.priorities.map(({ id }) => id)).toEqual(["P1", "P2", "P3", "P4", "P5"]);
		for (const [down, impact] of policy.matrix.impacts.entries()) {
			for (const [across, urgency] of policy.matrix.urgencies.entries()) {
				expect(policy.matrix.cells[impact.id]?.[urgency.id]).toBe(`P${1 + down + across}`);
			}
		}
	});

	test("promises every goal for every priority, on office hours in Brussels", () => {
		const [desk] = policy.services;
		expect(desk?.groups).toEqual([]);
		for (const { id } of policy.priorities) {
			expect(Object.keys(desk?.targets[id] ?? {})).toEqual(["first-response", "next-update", "resolution"]);
		}
		const office = policy.calendars.office;
		expect(office?.add(Date.parse("2026-03-06T16:00:00+01:00"), 4 * hour)).toBe(
			Date.parse("2026-03-09T12:00:00+01:00"),
		);
	});

	test("climbs from a warning at 80 % to the manager two hours after the deadline", () => {
		expect(policy.ladders[0]?.steps.map(({ at, notify }) => [at, notify])).toEqual([
			[{ kind: "percent", percent: 80 }, ["team-lead"]],
			[{ kind: "deadline", offset: 0 }, ["team-lead"]],
			[{ kind: "deadline", offset: 30 * minute }, ["team-lead"]],
			[{ kind: "deadline", offset: 2 * hour }, ["service-manager"]],
		]);
	});

	test("pauses the solution alone while the customer has to answer", () => {
		expect(policy.pauses).toMatchObject([{ states: ["waiting"], goals: ["resolution"], owner: "customer" }]);
	});
});

describe("practice", () => {
	const { policy } = check("practice");

	test("is open at any moment", () => {
		const { always } = policy.calendars;
		for (const at of ["2026-12-25T03:00:00Z", "2026-07-11T12:00:00Z", "2028-02-29T23:59:59Z"]) {
			expect(always?.isOpen(Date.parse(at))).toBe(true);
		}
	});

	test("shows a warning, a miss and every step of its ladder within five minutes of a P1", () => {
		const [portal] = policy.services;
		const firstResponse = portal?.targets.P1?.["first-response"]?.amount;
		expect(firstResponse).toEqual({ kind: "business", duration: minute });
		const moments = policy.ladders[0]?.steps.map(({ at }) =>
			at.kind === "percent" ? (minute * at.percent) / 100 : minute + at.offset,
		);
		expect(moments).toEqual([minute / 2, minute, 2 * minute, 3 * minute]);
		expect(policy.ladders[0]?.steps.some(({ note }) => note)).toBe(true);
	});

	test("knows the groups and components of the practice desk", () => {
		expect(policy.services.map(({ id, groups, components }) => ({ id, groups, components }))).toEqual([
			{ id: "portal", groups: ["Portal"], components: ["Portal", "Sign-in"] },
			{ id: "workplace", groups: [], components: ["Mail"] },
			{ id: "test-environment", groups: ["Test environment"], components: [] },
		]);
		expect(policy.matrix.caps).toEqual([{ groups: ["Test environment"], atMost: "P3", unlessJustified: true }]);
	});

	test("shows one incident of the portal on two pages", () => {
		const [own, practice] = policy.pages;
		expect([own?.page, practice?.page]).toEqual(["built-in", "practice-page"]);
		expect({ ...own, page: "" }).toEqual({ ...practice, page: "" });
		expect(own?.services).toEqual(["portal"]);
	});
});

describe("handhavingsplatform", () => {
	const { policy } = check("handhavingsplatform");

	test("aims at triage within two hours for every priority, and commits to nothing", () => {
		for (const { targets } of policy.services) {
			for (const { id } of policy.priorities) {
				expect(targets[id]).toEqual({
					pickup: { calendar: "permanentie", amount: { kind: "business", duration: 2 * hour }, promise: "aim" },
				});
			}
		}
		expect(policy.pickedUpBy).toEqual(["hand-over"]);
	});

	test("carries a service level for the portal alone", () => {
		expect(Object.entries(policy.channels).filter(([, carries]) => carries === "promised")).toEqual([
			["portal", "promised"],
		]);
	});

	test("keeps the test environment at P3 unless there is a reason", () => {
		expect(policy.matrix.caps).toEqual([{ groups: ["Testomgeving"], atMost: "P3", unlessJustified: true }]);
	});

	test("makes it P1 when all is down, or a critical function fails for several users", () => {
		expect(policy.matrix.cells.high?.high).toBe("P1");
		expect(policy.matrix.cells.medium?.high).toBe("P1");
		expect(policy.matrix.cells.low?.high).toBe("P2");
	});
});

describe("holidays", () => {
	const rules = toHolidaySets(sets);
	const datesOf = (set: string, year: number) => holidaysOf(rules, set, year).map(({ date }) => date.slice(5));

	test("of the Flemish government in 2026 are the published ones", () => {
		expect(datesOf("be-vlaanderen", 2026).join(" ")).toBe(
			"01-01 04-06 05-01 05-14 05-25 07-11 07-21 08-15 11-01 11-02 11-11 11-15 12-25 12-26 12-27 12-28 12-29 12-30 12-31",
		);
	});

	test("of the federal government in 2026 are the published ones, with two bridging days and without 11 July", () => {
		expect(datesOf("be-federal", 2026).join(" ")).toBe(
			"01-01 04-06 05-01 05-14 05-15 05-25 07-20 07-21 08-15 11-01 11-02 11-11 11-15 12-25 12-26 12-27 12-28 12-29 12-30 12-31",
		);
	});

	test("of the German-speaking Community begin with carnival", () => {
		expect(datesOf("be-german-community", 2026).join(" ")).toBe(
			"01-01 02-12 02-16 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-02 11-11 11-15 12-25 12-26",
		);
	});

	test("of the law alone are ten a year", () => {
		expect(datesOf("be-legal", 2025).join(" ")).toBe("01-01 04-21 05-01 05-29 06-09 07-21 08-15 11-01 11-11 12-25");
	});

	test.each([
		[2024, 253, 247],
		[2025, 252, 247],
		[2026, 253, 248],
		[2027, 254, 247],
		[2028, 252, 245],
		[2029, 253, 246],
		[2030, 252, 246],
	])("of %i leave %i working days by law and %i at the Flemish government", (year, legal, flemish) => {
		const weekdays: string[] = [];
		for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += 24 * hour) {
			const weekday = new Date(day).getUTCDay();
			if (weekday >= 1 && weekday <= 5) weekdays.push(new Date(day).toISOString().slice(5, 10));
		}
		const left = (set: string) => weekdays.filter((date) => !datesOf(set, year).includes(date)).length;
		expect([left("be-legal"), left("be-vlaanderen")]).toEqual([legal, flemish]);
	});

	test("name each day in four languages", () => {
		for (const { set } of sets) {
			for (const { date, name } of holidaysOf(rules, set, 2026)) {
				expect({ set, date, words: wordsIn([name]).length }).toEqual({ set, date, words: 1 });
			}
		}
	});

	test("say how far they are complete: always, but for the federal bridging days", () => {
		expect(Object.fromEntries(sets.map(({ set }) => [set, completeUntil(sets, set)]))).toEqual({
			"be-legal": null,
			"be-vlaanderen": null,
			"be-federal": 2026,
			"be-german-community": null,
		});
	});

	test("stand in files named after their set", () => {
		expect(setFiles.map(({ file }) => file)).toEqual(sets.map(({ set }) => `${set}.yaml`));
	});
});

test("the example in the README of shared is a valid policy, with the notes that its README is about", () => {
	const readme = readFileSync(new URL("../README.md", folder), "utf8");
	const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
	const { policy, notes } = checkPolicy(example, { version: "readme", holidaySets: sets });
	expect(policy.name).toBe("example");
	expect(notes.map(({ code, path }) => [code, path])).toEqual([
		["provisional-holidays", "calendars.office.holidays[1]"],
		["goal-without-ladder", "services.desk"],
		["pause-without-longest", "pauses[0]"],
	]);
});

test("the whole document in the README of policy has no fault, and its examples come out as they say", () => {
	const readme = readFileSync(new URL("../src/policy/README.md", folder), "utf8");
	const [, whole = ""] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
	const { policy, examples } = checkPolicy(whole, { version: "readme", holidaySets: sets });
	expect(policy.name).toBe("regional-desk");
	expect(examples.flatMap(({ differences }) => differences)).toEqual([]);
	expect(examples.reduce((sum, { checks }) => sum + checks, 0)).toBeGreaterThan(10);
});

test("each note that a policy can get is told of in the README of policy", () => {
	const readme = readFileSync(new URL("../src/policy/README.md", folder), "utf8");
	const source = readFileSync(new URL("../src/policy/lint/lint.ts", folder), "utf8");
	const codes = [...source.matchAll(/^\t\| "([a-z-]+)"/gm)].map(([, code = ""]) => code);
	expect(codes.length).toBeGreaterThan(25);
	expect(codes.filter((code) => !readme.includes(`\`${code}\``))).toEqual([]);
});
