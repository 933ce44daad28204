import type { HolidayRule, HolidaySets } from "../calendar/calendar.ts";
import { CalendarError } from "../calendar/calendar-error.ts";
import { holidaysOf } from "../calendar/holidays.ts";
import { type HolidaySetFile, holidaySetSchema } from "./calendar-schema.ts";
import { oneForm } from "./one-form.ts";
import { placesAt } from "./places.ts";
import { InvalidPolicy, type PolicyProblem } from "./policy-problem.ts";
import { unknownName } from "./reference-faults.ts";
import type { PolicyDocument } from "./schema.ts";
import { checkShape } from "./schema-faults.ts";
import { memberOf, type Path } from "./yaml-place.ts";
import { readYaml, type YamlSource } from "./yaml-source.ts";

/** A set of holidays with how far ahead it is known. */
export type HolidaySetDocument = {
	set: string;
	/** Sets whose days are in this one too. */
	include: string[];
	/** The last year of which every day is decided; without it the rules hold for every year. */
	completeUntil?: number;
	rules: HolidayRule[];
};

/**
 * Reads files with one set of holidays each; they may include one another. Throws `InvalidPolicy` with every problem
 * of every file, each naming its file.
 */
export function parseHolidaySets(files: readonly { file: string; text: string }[]): HolidaySetDocument[] {
	const read = files.map(({ file, text }) => ({ file, source: readYaml(text) }));
	const includes = read.map(({ source }) => [nameOf(source, []), includedBy(source, [])] as const);
	const graph = new Map(includes);
	const sets: HolidaySetDocument[] = [];
	const problems: PolicyProblem[] = [];
	for (const [index, { file, source }] of read.entries()) {
		const name = nameOf(source, []);
		const shape = checkShape(holidaySetSchema, source);
		const faults = [...source.faults, ...("faults" in shape ? shape.faults : []), ...setFaults(source, [], graph)];
		if (name !== "" && includes.slice(0, index).some(([earlier]) => earlier === name)) {
			faults.push(source.problem(["set"], { code: "repeated", expected: "each set once", found: `"${name}" again` }));
		}
		if ("data" in shape) sets.push(toHolidaySet(shape.data));
		problems.push(...inReadingOrder(faults, source).map((problem) => ({ ...problem, file })));
	}
	if (problems.length > 0) throw new InvalidPolicy(problems);
	return sets;
}

/** The faults of the sets that a policy holds itself, beside those it is given. */
export function inlineSetFaults(source: YamlSource, given: readonly HolidaySetDocument[]): PolicyProblem[] {
	const inline = placesAt(source, "holidaySets.*");
	const graph = new Map(given.map(({ set, include }) => [set, include]));
	const repeated = inline.filter(({ path }) => graph.has(String(path.at(-1))));
	for (const { path } of inline) graph.set(String(path.at(-1)), includedBy(source, path));
	return [
		...repeated.map(({ path }) =>
			source.problem(path, {
				code: "repeated",
				expected: "a name that no ready-made set has",
				found: JSON.stringify(path.at(-1)),
				atKey: true,
			}),
		),
		...inline.flatMap(({ path }) => setFaults(source, path, graph)),
	];
}

/** All sets that a policy may name: those it is given and its own. */
export function allSets(given: readonly HolidaySetDocument[], document: PolicyDocument): HolidaySetDocument[] {
	const inline = Object.entries(document.holidaySets ?? {}).map(([set, body]) => toHolidaySet({ set, ...body }));
	return [...given, ...inline];
}

/** Sets as the calendars take them: what a set includes becomes its first rules. */
export function toHolidaySets(documents: readonly HolidaySetDocument[]): HolidaySets {
	return Object.fromEntries(
		documents.map(({ set, include, rules, completeUntil: year }) => {
			const all = [...include.map((name) => ({ include: name })), ...rules];
			return [set, { rules: all, ...(year === undefined ? {} : { completeUntil: year }) }];
		}),
	);
}

/** The last year up to which a set and all that it includes are complete; `null` when they always are. */
export function completeUntil(documents: readonly HolidaySetDocument[], name: string): number | null {
	const found = documents.find(({ set }) => set === name);
	if (found === undefined) return null;
	const years = found.include.map((included) => completeUntil(documents, included));
	return [...years, found.completeUntil ?? null].reduce<number | null>((least, year) => {
		if (year === null) return least;
		return least === null ? year : Math.min(least, year);
	}, null);
}

/** Problems in the order of their lines, without the mere echoes of broken YAML. */
export function inReadingOrder(problems: readonly PolicyProblem[], source: YamlSource): PolicyProblem[] {
	return problems.filter(source.trusts).sort((a, b) => a.line - b.line || a.column - b.column);
}

function setFaults(source: YamlSource, under: Path, graph: ReadonlyMap<string, readonly string[]>): PolicyProblem[] {
	const name = nameOf(source, under);
	const includes = placesAt(source, "include.*", under).flatMap(({ value, ...place }) => {
		if (typeof value !== "string" || value === "") return [];
		if (!graph.has(value)) {
			return [
				unknownName(
					source,
					{ ...place, value },
					{ kind: "holiday set", known: [...graph.keys()].filter((known) => known !== "") },
				),
			];
		}
		if (!reaches(graph, value, name)) return [];
		const expected = "a set that does not include this one";
		return [source.problem(place.path, { code: "contradiction", expected })];
	});
	const rules = placesAt(source, "rules.*", under).flatMap(({ path, value }) => ruleFaults(source, path, value));
	return [...includes, ...rules];
}

function ruleFaults(source: YamlSource, path: Path, rule: unknown): PolicyProblem[] {
	const forms = ["fixed", "easter", "range", "date"];
	const form = oneForm(source, path, { value: rule, forms });
	if (form.length > 0) return form;
	return forms.flatMap((key) => {
		const value = memberOf(rule, key);
		const days = key === "range" ? value : [value];
		const isReadable = Array.isArray(days) && days.every((day) => typeof day === "string");
		if (!isReadable || key === "easter" || (key === "range" && days.length !== 2)) return [];
		try {
			holidaysOf({ one: [{ [key]: value } as HolidayRule] }, "one", 2000);
			return [];
		} catch (error) {
			if (!(error instanceof CalendarError)) throw error;
			const { expected, found } = error;
			return [source.problem([...path, key], { code: "INVALID_DATE", expected, found })];
		}
	});
}

/** Of a file's own set, or of one inside a policy; empty when it has none. */
function nameOf(source: YamlSource, under: Path): string {
	const name = under.length === 0 ? source.valueAt(["set"]) : under.at(-1);
	return typeof name === "string" ? name : "";
}

function includedBy(source: YamlSource, under: Path): string[] {
	return placesAt(source, "include.*", under).flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

function reaches(graph: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
	const seen = new Set<string>();
	const open = [from];
	for (let name = open.pop(); name !== undefined; name = open.pop()) {
		if (name === to) return true;
		if (seen.has(name)) continue;
		seen.add(name);
		open.push(...(graph.get(name) ?? []));
	}
	return false;
}

function toHolidaySet({ set, include, completeUntil: year, rules }: HolidaySetFile): HolidaySetDocument {
	return {
		set,
		include: include ?? [],
		...(year === undefined ? {} : { completeUntil: year }),
		rules: rules.map((rule) => rule as HolidayRule),
	};
}
