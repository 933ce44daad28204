import { type Document, LineCounter, parseDocument, type YAMLError } from "yaml";
import { describeFound, type PolicyProblem } from "./policy-problem.ts";
import { formatPath, offsetOf, pathAt, placeOf } from "./yaml-place.ts";

/** Faults that are read past as they were meant. */
export const harmless = new Set(["DUPLICATE_KEY", "BAD_SCALAR_START", "TAG_RESOLVE_FAILED"]);

/** Faults that spoil no more than the lines they stand on. After any other the reader guesses what belongs where. */
export const local = new Set([
	"BLOCK_AS_IMPLICIT_KEY",
	"MULTILINE_IMPLICIT_KEY",
	"NON_STRING_KEY",
	"BAD_INDENT",
	"BAD_DQ_ESCAPE",
]);

type Reading = { text: string; document: Document.Parsed; lines: LineCounter };

/** More slips than this in one document are not worth reading past. */
const mostRepairs = 100;

/**
 * Reads YAML and, where a common slip would spoil the rest, reads it again as it was probably meant. A repair leaves
 * every character where it stands, so that places stay right.
 */
export function parseWithRepairs(text: string) {
	const repaired: PolicyProblem[] = [];
	for (let current = text; ; ) {
		const lines = new LineCounter();
		const options = { lineCounter: lines, prettyErrors: false, stringKeys: true, logLevel: "error" } as const;
		const document = parseDocument(current, options);
		const reading = { text: current, document, lines };
		const errors: YAMLError[] = [...document.errors, ...document.warnings];
		const repair = repaired.length < mostRepairs ? firstRepair(errors, reading) : undefined;
		if (repair === undefined) {
			return {
				document,
				lines,
				repaired,
				left: errors.map((error) => ({ error, fault: syntaxFault(error, reading) })),
			};
		}
		repaired.push(repair.fault);
		current = repair.text;
	}
}

function firstRepair(
	errors: readonly YAMLError[],
	reading: Reading,
): { fault: PolicyProblem; text: string } | undefined {
	const { text, document, lines } = reading;
	for (const error of errors) {
		const at = error.pos[0];
		if (error.code === "BLOCK_AS_IMPLICIT_KEY") {
			const end = text.indexOf("\n", at);
			const line = text.slice(at, end < 0 ? text.length : end);
			const meant = line.replace(/:(?=\s|$)/g, ";");
			if (meant === line) continue;
			const expected = "quotes around a text with a colon, or a map on lines of its own";
			const place = { ...placeOf(lines, at), path: formatPath(pathAt(document, at).slice(0, -1)) };
			const fault: PolicyProblem = { ...place, code: "syntax", expected, found: describeFound(line.trim()) };
			return { fault, text: text.slice(0, at) + meant + text.slice(at + line.length) };
		}
		if (error.code === "MISSING_CHAR") {
			// A quote that is never closed is noticed where the text ends; a person wants to know where it began.
			const path = pathAt(document, at);
			const begin = offsetOf(document, path, false);
			const quote = text.charAt(begin);
			if (begin >= at || !/["']/.test(quote) || text.slice(begin + 1, at).includes(quote)) continue;
			const place = { ...placeOf(lines, begin), path: formatPath(path) };
			const fault: PolicyProblem = { ...place, code: "syntax", expected: "a closing quote", found: "none" };
			return { fault, text: `${text.slice(0, begin)} ${text.slice(begin + 1)}` };
		}
	}
	return undefined;
}

function syntaxFault(error: YAMLError, { text, document, lines }: Reading): PolicyProblem {
	const at = error.pos[0];
	const place = { ...placeOf(lines, at), path: formatPath(pathAt(document, at)) };
	const word = /^[^\s,[\]{}]+|^\S/.exec(text.slice(at))?.[0] ?? "nothing";
	const rest = harmless.has(error.code) || local.has(error.code) ? "" : "; what follows is checked once this is mended";
	switch (error.code) {
		case "DUPLICATE_KEY":
			return { ...place, code: "repeated", expected: "each key once", found: `"${word.replace(/:$/, "")}" again` };
		case "TAB_AS_INDENT":
			return { ...place, code: "syntax", expected: "spaces as indentation", found: `a tab${rest}` };
		case "BAD_SCALAR_START":
			return {
				...place,
				code: "syntax",
				expected: `quotes around a text that starts with ${word.charAt(0)}`,
				found: word,
			};
		case "MULTIPLE_DOCS":
			return { ...place, path: "", code: "syntax", expected: "one document", found: `a second one after ---${rest}` };
		default:
			return { ...place, code: "syntax", expected: "valid YAML", found: describeError(error.message) + rest };
	}
}

function describeError(message: string): string {
	const sentence = message.split("\n")[0] ?? message;
	return `a fault: ${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`;
}
