import type { Request } from "express";
import type { z } from "zod";
import { ServiceError } from "../errors.ts";
import type { TicketRef } from "../store/store.ts";

/** The ticket that an address names. */
export function refOf(request: Request): TicketRef {
	const { connection, ticket } = request.params as { connection: string; ticket: string };
	return { connection, ticket };
}

/** A body as its schema reads it. Throws `unreadable` with every fault. */
export function parsed<Value>(schema: z.ZodType<Value>, body: unknown): Value {
	const found = schema.safeParse(body);
	if (found.success) return found.data;
	const problems = found.error.issues.map((issue) => ({
		path: issue.path.join("."),
		expected: issue.message,
		found:
			JSON.stringify(
				issue.path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)?.[key], body),
			) ?? "nothing",
	}));
	const detail = problems.map(({ path, expected }) => `${path === "" ? "body" : path}: ${expected}`).join("; ");
	throw new ServiceError("unreadable", detail, { problems });
}

/** A part of the query that has to be there. Throws `unreadable`. */
export function queryText(request: Request, name: string): string {
	const value = request.query[name];
	if (typeof value === "string" && value !== "") return value;
	throw new ServiceError("unreadable", `Expected ?${name}=…, found none.`);
}

/** A part of the query that is one of some words; the first of them when it is not there. Throws `unreadable`. */
export function queryWord<const Word extends string>(
	request: Request,
	name: string,
	...words: [Word, ...Word[]]
): Word {
	const value = request.query[name];
	if (value === undefined) return words[0];
	const found = words.find((word) => word === value);
	if (found !== undefined) return found;
	throw new ServiceError(
		"unreadable",
		`Expected ?${name}= one of ${words.join(", ")}, found ${JSON.stringify(value)}.`,
	);
}
