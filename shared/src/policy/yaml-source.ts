import { type Document, visit } from "yaml";
import { describeFound, type PolicyProblem, type ProblemCode } from "./policy-problem.ts";
import { formatPath, memberOf, offsetOf, type Path, pathAt, placeOf } from "./yaml-place.ts";
import { harmless, local, parseWithRepairs } from "./yaml-repair.ts";

/** A YAML document as plain data that still knows where everything stands. */
export type YamlSource = {
	value: unknown;
	/** Faults of the YAML itself, in reading order. */
	faults: PolicyProblem[];
	/** Whether a problem is really there, and not only the echo of broken YAML. */
	trusts(problem: PolicyProblem): boolean;
	/** What stands at a path, `undefined` when nothing does. */
	valueAt(path: Path): unknown;
	/** Where what stands at a path begins (at its key, when `atKey`), both from 1. */
	placeOf(path: Path, atKey?: boolean): { line: number; column: number };
	/** A problem with what stands at a path (at its key, when `atKey`), or would stand there. */
	problem(path: Path, fault: Fault): PolicyProblem;
};

type Fault = {
	code: ProblemCode;
	expected: string;
	/** What is found at the path, when left out. */
	found?: string;
	suggestion?: string | undefined;
	atKey?: boolean;
};

/** Faults that only a document that was read to its end can have. */
const needAll: readonly ProblemCode[] = ["missing", "missing-cell", "unknown-name", "UNKNOWN_HOLIDAY_SET"];

/** Reads YAML 1.2. Never throws: what cannot be read is a fault. */
export function readYaml(text: string): YamlSource {
	const { document, lines, repaired, left } = parseWithRepairs(text);
	const faults = [...repaired, ...left.map(({ fault }) => fault)];
	const spoiled = new Set<number>();
	let guessedFrom = Number.POSITIVE_INFINITY;
	for (const { error, fault } of left) {
		if (harmless.has(error.code)) continue;
		if (local.has(error.code)) {
			const last = placeOf(lines, error.pos[1] - 1).line;
			for (let { line } = fault; line <= last; line++) spoiled.add(line);
		} else {
			guessedFrom = Math.min(guessedFrom, fault.line);
		}
	}
	for (const { name, offset } of looseAliases(document)) {
		const place = placeOf(lines, offset);
		const path = formatPath(pathAt(document, offset));
		faults.push({ ...place, path, code: "syntax", expected: `an anchor &${name} before its alias`, found: `*${name}` });
		spoiled.add(place.line);
	}
	let value: unknown;
	try {
		value = document.toJS();
	} catch {
		// What is left to fail here, with every alias known, is the limit on how much aliases may unfold to.
		const found = "aliases that unfold without end";
		faults.push({ line: 1, column: 1, path: "", code: "syntax", expected: "at most 100 uses of an anchor", found });
		guessedFrom = 1;
	}
	const source: YamlSource = {
		value,
		faults,
		trusts(problem) {
			if (faults.includes(problem)) return problem.line <= guessedFrom;
			if (spoiled.has(problem.line) || problem.line >= guessedFrom) return false;
			return guessedFrom === Number.POSITIVE_INFINITY || !needAll.includes(problem.code);
		},
		valueAt: (path) => path.reduce<unknown>((inside, key) => memberOf(inside, key), value),
		placeOf: (path, atKey = false) => placeOf(lines, offsetOf(document, path, atKey)),
		problem(path, { code, expected, found, suggestion, atKey }) {
			const place = source.placeOf(path, atKey);
			const words = { expected, found: found ?? describeFound(source.valueAt(path)) };
			return { ...place, path: formatPath(path), code, ...words, ...(suggestion === undefined ? {} : { suggestion }) };
		},
	};
	return source;
}

function looseAliases(document: Document.Parsed): { name: string; offset: number }[] {
	const loose: { name: string; offset: number }[] = [];
	// Looking for an anchor walks the document; one that stands before an alias stands before all later ones.
	const found = new Set<string>();
	visit(document, {
		Alias(_, alias) {
			if (found.has(alias.source)) return undefined;
			if (alias.resolve(document) !== undefined) {
				found.add(alias.source);
				return undefined;
			}
			loose.push({ name: alias.source, offset: alias.range?.[0] ?? 0 });
			return document.createNode(null);
		},
	});
	return loose;
}
