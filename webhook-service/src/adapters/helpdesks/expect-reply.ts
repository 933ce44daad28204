import type { z } from "zod";
import { type InputProblem, ServiceError } from "../../errors.ts";

/** Reads a helpdesk's answer. Throws `unreachable` when it is not what a helpdesk answers, e.g. a proxy's page. */
export function expectReply<T>(schema: z.ZodType<T>, body: unknown, what: string): T {
	const read = schema.safeParse(body);
	if (read.success) return read.data;
	const problems = problemsOf(read.error, body);
	throw new ServiceError("unreachable", `Expected ${what}, found ${foundInstead(body, problems)}.`, { problems });
}

/** Reads what somebody entered or sent. Throws the given kind with every problem; never quotes a value. */
export function expectInput<T>(
	schema: z.ZodType<T>,
	value: unknown,
	what: string,
	kind: "unreadable" | "misconfigured",
): T {
	const read = schema.safeParse(value);
	if (read.success) return read.data;
	const problems = problemsOf(read.error, value);
	throw new ServiceError(kind, `Expected ${what}, found ${foundInstead(value, problems)}.`, { problems });
}

/** What a value is, in words, without quoting it. */
export function described(value: unknown): string {
	if (value === undefined) return "nothing";
	if (value === null) return "null";
	if (typeof value === "string") {
		if (value === "") return "an empty text";
		return /^\s*<(!doctype|html)/i.test(value) ? "an HTML page" : "a text";
	}
	if (Array.isArray(value)) return "a list";
	return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function problemsOf(error: z.ZodError, value: unknown): InputProblem[] {
	return error.issues.map((issue) => ({
		path: issue.path.join("."),
		expected: issue.code === "invalid_type" ? issue.expected : issue.message,
		found: described(valueAt(value, issue.path)),
	}));
}

function foundInstead(value: unknown, problems: InputProblem[]): string {
	const [first] = problems;
	if (first === undefined || first.path === "") return described(value);
	return `${first.found} at ${first.path} (expected ${first.expected})`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>(
		(inner, key) =>
			typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
		value,
	);
}
