import type { z } from "zod";
import { nearMiss } from "./near-miss.ts";
import type { PolicyProblem } from "./policy-problem.ts";
import { memberOf, type Path } from "./yaml-place.ts";
import type { YamlSource } from "./yaml-source.ts";

type Issue = z.core.$ZodIssue;

/** Holds a document against a schema of `schema.ts`. Answers its data, or every fault of shape. */
export function checkShape<Schema extends z.ZodType>(
	schema: Schema,
	source: YamlSource,
): { data: z.infer<Schema> } | { faults: PolicyProblem[] } {
	const result = schema.safeParse(source.value, { error: (issue) => formOf(issue) });
	if (result.success) return { data: result.data };
	return { faults: result.error.issues.flatMap((issue) => toProblems(issue, [], source)) };
}

/** What a schema without words of its own expects. */
function formOf(issue: z.core.$ZodRawIssue): string | undefined {
	if (issue.code !== "invalid_type") return undefined;
	return { object: "a map", record: "a map", array: "a list", string: "a text", boolean: "true or false" }[
		String(issue.expected)
	];
}

function toProblems(issue: Issue, under: Path, source: YamlSource): PolicyProblem[] {
	const path = [...under, ...issue.path.map((key) => (typeof key === "number" ? key : String(key)))];
	const expected = issue.message;
	switch (issue.code) {
		case "unrecognized_keys": {
			const known = expected.split(", ");
			return issue.keys.map((key) =>
				source.problem([...path, key], {
					code: "unknown-key",
					expected: known.length === 1 ? `only the key ${known[0]}` : `one of the keys ${expected}`,
					found: JSON.stringify(key),
					suggestion: nearMiss(key, known),
					atKey: true,
				}),
			);
		}
		case "invalid_union":
			return toUnionProblems(issue, path, source);
		case "invalid_key": {
			const form = issue.issues[0]?.message ?? expected;
			const found = JSON.stringify(String(path.at(-1)));
			return [source.problem(path, { code: "wrong-value", expected: form, found, atKey: true })];
		}
		default:
			return [toProblem(issue, path, source)];
	}
}

function toProblem(issue: Issue, path: Path, source: YamlSource): PolicyProblem {
	const found = source.valueAt(path);
	const expected = issue.message;
	if (found === undefined || found === null) return source.problem(path, { code: "missing", expected });
	if (issue.code === "invalid_type") return source.problem(path, { code: "wrong-type", expected });
	if (issue.code === "invalid_value") {
		const known = issue.values.filter((value) => typeof value === "string");
		const suggestion = typeof found === "string" ? nearMiss(found, known) : undefined;
		return source.problem(path, {
			code: typeof found === "string" ? "wrong-value" : "wrong-type",
			expected,
			suggestion,
		});
	}
	const suggestion: unknown = issue.code === "custom" ? memberOf(issue.params, "suggestion") : undefined;
	return source.problem(path, {
		code: "wrong-value",
		expected,
		suggestion: typeof suggestion === "string" ? suggestion : undefined,
	});
}

/** The faults of the one form that was meant; when none or several fit what was found, that neither was. */
function toUnionProblems(issue: z.core.$ZodIssueInvalidUnion, path: Path, source: YamlSource): PolicyProblem[] {
	const found = source.valueAt(path);
	const meant = issue.errors.filter((branch) => !branch.some((fault) => isWrongForm(fault, found)));
	const [only] = meant;
	if (only === undefined || meant.length > 1) {
		const code = found === undefined || found === null ? "missing" : "wrong-type";
		return [source.problem(path, { code, expected: issue.message })];
	}
	return only.flatMap((fault) => toProblems(fault, path, source));
}

function isWrongForm(fault: Issue, found: unknown): boolean {
	if (fault.path.length > 0) return false;
	return fault.code === "invalid_type" || (fault.code === "invalid_value" && typeof found !== "string");
}
