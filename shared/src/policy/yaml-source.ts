import {
	type Document,
	isAlias,
	isMap,
	isScalar,
	isSeq,
	LineCounter,
	parseDocument,
	visit,
	type YAMLError,
} from "yaml";
import { describeFound, type PolicyProblem, type ProblemCode } from "./policy-problem.ts";

export type Path = readonly (string | number)[];

/** A YAML document as plain data that still knows where everything stands. */
export type YamlSource = {
	value: unknown;
	/** Faults of the YAML itself, in reading order. */
	faults: PolicyProblem[];
	/** From this line on the reader had to guess what belongs where; infinity when it never had to. */
	guessedFrom: number;
	/** What stands at a path, `undefined` when nothing does. */
	valueAt(path: Path): unknown;
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

/** Faults after which the rest of the document still reads as it was meant. */
const harmless = new Set([
	"DUPLICATE_KEY",
	"BAD_SCALAR_START",
	"TAB_AS_INDENT",
	"BAD_INDENT",
	"NON_STRING_KEY",
	"BAD_DQ_ESCAPE",
	"TAG_RESOLVE_FAILED",
]);

/** Reads YAML 1.2. Never throws: what cannot be read is a fault. */
export function readYaml(text: string): YamlSource {
	const lines = new LineCounter();
	const document = parseDocument(text, {
		lineCounter: lines,
		prettyErrors: false,
		stringKeys: true,
		logLevel: "error",
	});
	const errors: YAMLError[] = [...document.errors, ...document.warnings];
	const faults = errors.map((error) => syntaxFault(error, { text, document, lines }));
	for (const { name, offset } of looseAliases(document)) {
		const place = placeOf(lines, offset);
		const path = formatPath(pathAt(document, offset));
		faults.push({ ...place, path, code: "syntax", expected: `an anchor &${name} before its alias`, found: `*${name}` });
	}
	let value: unknown;
	try {
		value = document.toJS();
	} catch {
		// What is left to fail here, with every alias known, is the limit on how much aliases may unfold to.
		const found = "aliases that unfold without end";
		faults.push({ line: 1, column: 1, path: "", code: "syntax", expected: "at most 100 uses of an anchor", found });
	}
	const guesses = errors.filter((error) => !harmless.has(error.code)).map((error) => placeOf(lines, error.pos[0]).line);
	const source: YamlSource = {
		value,
		faults,
		guessedFrom: Math.min(...guesses, Number.POSITIVE_INFINITY),
		valueAt: (path) => path.reduce<unknown>((inside, key) => memberOf(inside, key), value),
		problem(path, { code, expected, found, suggestion, atKey }) {
			const place = placeOf(lines, offsetOf(document, path, atKey ?? false));
			const words = { expected, found: found ?? describeFound(source.valueAt(path)) };
			return { ...place, path: formatPath(path), code, ...words, ...(suggestion === undefined ? {} : { suggestion }) };
		},
	};
	return source;
}

/** `services.portal.groups[0]`; a key that is no plain word stands in quotes. */
export function formatPath(path: Path): string {
	return path.reduce<string>((text, key) => {
		if (typeof key === "number") return `${text}[${key}]`;
		if (!/^[\w-]+$/.test(key)) return `${text}[${JSON.stringify(key)}]`;
		return text === "" ? key : `${text}.${key}`;
	}, "");
}

/** What a map holds under a key of its own, or a list at a position. */
export function memberOf(value: unknown, key: string | number): unknown {
	if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
	return (value as Record<string | number, unknown>)[key];
}

type Reading = { text: string; document: Document.Parsed; lines: LineCounter };

function syntaxFault(error: YAMLError, { text, document, lines }: Reading): PolicyProblem {
	const at = error.pos[0];
	const place = placeOf(lines, at);
	const path = formatPath(pathAt(document, at));
	const word = /^[^\s,[\]{}]+/.exec(text.slice(at))?.[0] ?? "";
	switch (error.code) {
		case "DUPLICATE_KEY":
			return {
				...place,
				path,
				code: "repeated",
				expected: "each key once",
				found: `"${word.replace(/:$/, "")}" again`,
			};
		case "TAB_AS_INDENT":
			return { ...place, path, code: "syntax", expected: "spaces as indentation", found: "a tab" };
		case "BAD_SCALAR_START": {
			const expected = `quotes around a text that starts with ${word.slice(0, 1)}`;
			return { ...place, path, code: "syntax", expected, found: word };
		}
		case "MULTIPLE_DOCS":
			return { ...place, path: "", code: "syntax", expected: "one document", found: "a second one after ---" };
		default:
			return { ...place, path, code: "syntax", expected: "valid YAML", found: describeError(error.message) };
	}
}

function describeError(message: string): string {
	const sentence = message.split("\n")[0] ?? message;
	return `a fault: ${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`;
}

function looseAliases(document: Document.Parsed): { name: string; offset: number }[] {
	const loose: { name: string; offset: number }[] = [];
	visit(document, {
		Alias(_, alias) {
			if (alias.resolve(document) !== undefined) return undefined;
			loose.push({ name: alias.source, offset: alias.range?.[0] ?? 0 });
			return document.createNode(null);
		},
	});
	return loose;
}

function placeOf(lines: LineCounter, offset: number): { line: number; column: number } {
	const { line, col } = lines.linePos(offset);
	return line === 0 ? { line: 1, column: 1 } : { line, column: col };
}

/** Where the value at a path begins; its key for a map, a list or nothing; else the nearest place around it. */
function offsetOf(document: Document.Parsed, path: Path, atKey: boolean): number {
	let node: unknown = document.contents;
	let offset = isMap(node) || isSeq(node) || isScalar(node) ? (node.range?.[0] ?? 0) : 0;
	if (path.length === 0) return offset;
	for (const [depth, segment] of path.entries()) {
		if (isAlias(node)) node = node.resolve(document);
		if (isMap(node)) {
			const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(segment));
			if (pair === undefined) return depth === 0 ? 0 : offset;
			if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
			node = pair.value;
		} else if (isSeq(node) && node.items[Number(segment)] !== undefined) {
			node = node.items[Number(segment)];
			if (isMap(node) || isSeq(node) || isScalar(node)) offset = node.range?.[0] ?? offset;
		} else {
			return offset;
		}
	}
	if (atKey) return offset;
	const stands = (isAlias(node) || isScalar(node) || isMap(node) || isSeq(node)) && node.range ? node.range[0] : offset;
	const isBlock = (isMap(node) || isSeq(node)) && !node.flow;
	return isBlock || (isScalar(node) && node.value === null) ? offset : stands;
}

/** The path of the innermost key or item that an offset of the text lies in. */
function pathAt(document: Document.Parsed, offset: number): Path {
	const path: (string | number)[] = [];
	let node: unknown = document.contents;
	while (isMap(node) || isSeq(node)) {
		if (isSeq(node)) {
			const index = lastIndexBefore(node.items, offset);
			if (index < 0) return path;
			path.push(index);
			node = node.items[index];
		} else {
			const index = lastIndexBefore(
				node.items.map((item) => item.key),
				offset,
			);
			const pair = node.items[index];
			if (pair === undefined || !isScalar(pair.key)) return path;
			path.push(String(pair.key.value));
			node = pair.value;
		}
	}
	return path;
}

function lastIndexBefore(nodes: readonly unknown[], offset: number): number {
	let found = -1;
	for (const [index, node] of nodes.entries()) {
		if ((isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) && (node.range?.[0] ?? offset + 1) <= offset) {
			found = index;
		}
	}
	return found;
}
