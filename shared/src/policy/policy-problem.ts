/** What kind of fault it is; the codes in capitals are those of calendars. */
export type ProblemCode =
	| "syntax"
	| "missing"
	| "unknown-key"
	| "wrong-type"
	| "wrong-value"
	| "unknown-name"
	| "repeated"
	| "missing-cell"
	| "contradiction"
	| "calendar-without-hours"
	| "INVALID_ZONE"
	| "INVALID_RANGE"
	| "OVERLAPPING_RANGES"
	| "INVALID_DATE"
	| "UNKNOWN_HOLIDAY_SET"
	| "ALWAYS_WITH_WEEKLY"
	| "ROTA_WITH_WEEKLY"
	| "INVALID_ROTA"
	| "INVALID_LOCAL_TIME"
	| "INVALID_CALENDAR";

/** One fault of a document: where it is, what was expected there, what was found. */
export type PolicyProblem = {
	/** Of the document it stands in, when several were read together. */
	file?: string;
	/** From 1. */
	line: number;
	/** From 1. */
	column: number;
	/** Keys from the top of the document: `services.portal.targets.P1`, `priorities[0].name`; empty for the whole. */
	path: string;
	code: ProblemCode;
	/** Reads after "expected". */
	expected: string;
	/** Reads after "found". */
	found: string;
	/** What was probably meant. */
	suggestion?: string;
};

/** A policy document, or a set of holidays, that cannot be used. Carries every fault at once, in reading order. */
export class InvalidPolicy extends Error {
	override readonly name = "InvalidPolicy";
	readonly problems: PolicyProblem[];

	constructor(problems: PolicyProblem[]) {
		const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
		super(`Expected a valid document, found ${count}:\n${formatProblems(problems, "document")}`);
		this.problems = problems;
	}
}

/**
 * One line per problem: `file:line:column  path  expected …, found … (did you mean …?)`.
 * `file` names the document of the problems that do not name their own.
 */
export function formatProblems(problems: readonly PolicyProblem[], file: string): string {
	return problems
		.map((problem) => {
			const place = `${problem.file ?? file}:${problem.line}:${problem.column}`;
			const path = problem.path === "" ? "(document)" : problem.path;
			const hint = problem.suggestion === undefined ? "" : ` (did you mean "${problem.suggestion}"?)`;
			return `${place}  ${path}  expected ${problem.expected}, found ${problem.found}${hint}`;
		})
		.join("\n");
}

/** What stands in a document, short enough for a line: texts in quotes, `a map`, `a list`, `nothing`. */
export function describeFound(value: unknown): string {
	if (value === undefined || value === null) return "nothing";
	if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
	if (typeof value === "object") return Object.keys(value).length === 0 ? "an empty map" : "a map";
	if (typeof value !== "string") return String(value);
	const line = value.replace(/\s+/g, " ");
	return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
}
