import type { Instant } from "../calendar/calendar.ts";
import { CalendarError } from "../calendar/calendar-error.ts";
import { parseInstant } from "../calendar/instant.ts";
import type { Fact, FactKind } from "../sla/fact.ts";
import type { Ledger } from "./ledger.ts";

/** A line of tickets says something that no ledger can mean: where, what was expected, what was found. */
export class UnreadableLedger extends Error {
	override readonly name = "UnreadableLedger";
}

type Check = "text" | "text?" | "number" | "boolean" | "texts" | "actor" | "instant?";

const actor = { by: "actor" } as const;
const fields: Record<FactKind, Record<string, Check>> = {
	opened: { channel: "text", ...actor },
	"priority-changed": { label: "text", priorities: "texts", ...actor },
	classified: { impact: "text", urgency: "text", priority: "text", ...actor },
	assessed: { impact: "text?", urgency: "text?", ...actor },
	"group-changed": { label: "text", ...actor },
	"state-changed": { state: "text", label: "text", ...actor },
	"owner-changed": { owner: "text?", ...actor },
	replied: { channel: "text", public: "boolean", automatic: "boolean", ...actor },
	"channel-changed": { channel: "text", ...actor },
	paused: { because: "text", reason: "text", owner: "text", until: "instant?", ...actor },
	resumed: actor,
	"deadline-agreed": { goal: "text", deadline: "instant?", reason: "text", ...actor },
	"handed-over": { from: "text?", to: "text", text: "text", ...actor },
	phoned: actor,
	"escalation-asked": { level: "number", role: "text", reason: "text", ...actor },
	merged: { into: "text", ...actor },
	deleted: actor,
	alerted: {
		...{ alert: "text", goal: "text", cycle: "number", step: "text", occurrence: "number", outcome: "text" },
		roles: "texts",
	},
	acknowledged: { alert: "text", by: "text", nextPromise: "number" },
	"page-event-linked": { connection: "text", event: "text", role: "text" },
};

const isText = (value: unknown) => typeof value === "string";
const isActor = (value: unknown) => isRecord(value) && isText(value.kind);
const checks: Record<Check, { expected: string; is(value: unknown): boolean }> = {
	text: { expected: "a text", is: isText },
	"text?": { expected: "a text or null", is: (value) => value === null || isText(value) },
	number: { expected: "a whole number", is: Number.isInteger },
	boolean: { expected: "true or false", is: (value) => typeof value === "boolean" },
	texts: { expected: "a list of texts", is: (value) => Array.isArray(value) && value.every(isText) },
	actor: { expected: 'who it was, such as {"kind":"agent"}', is: isActor },
	"instant?": { expected: "an instant or null", is: (value) => value === null || Number.isInteger(value) },
};

/** The facts that carry an instant beside their own: it may be written as text too. */
const instants = ["until", "deadline", "nextPromise"];

/**
 * One line of a file of tickets: `{"ticket":"4711","facts":[…]}`, the facts as the ledger keeps them. Instants are
 * milliseconds or ISO 8601 texts with an offset; `connection`, and of a fact `id` and `seenAt`, may be left out.
 * Throws `UnreadableLedger`.
 */
export function readLedgerLine(text: string, line: number): Ledger {
	const fault = (where: string, expected: string, found: unknown): never => {
		throw new UnreadableLedger(
			`line ${line}${where}: expected ${expected}, found ${JSON.stringify(found) ?? "nothing"}`,
		);
	};
	const read = parsed(text);
	if (!isRecord(read)) return fault("", "a ticket as one line of JSON", text.slice(0, 60));
	const { ticket, connection = "file", facts } = read;
	if (typeof ticket !== "string" || ticket === "") return fault(", ticket", "its id as text", ticket);
	if (typeof connection !== "string") return fault(", connection", "a text", connection);
	if (!Array.isArray(facts) || facts.length === 0) return fault(", facts", "a list of facts", facts);
	return {
		connection,
		ticket,
		facts: facts.map((fact: unknown, index): Fact => {
			const where = `, facts[${index}]`;
			if (!isRecord(fact)) return fault(where, "a fact", fact);
			const { kind } = fact;
			if (!isKind(kind)) return fault(`${where}.kind`, `one of ${Object.keys(fields).join(", ")}`, kind);
			for (const name of ["at", "seenAt", ...instants]) {
				if (typeof fact[name] === "string") fact[name] = instantOf(fact[name]) ?? fact[name];
			}
			if (!Number.isInteger(fact.at)) return fault(`${where}.at`, "an instant with an offset or Z", fact.at);
			fact.seenAt ??= fact.at;
			fact.id ??= `l${index}`;
			for (const [name, check] of Object.entries(fields[kind])) {
				if (!checks[check].is(fact[name])) return fault(`${where}.${name}`, checks[check].expected, fact[name]);
			}
			return fact as Fact;
		}),
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function instantOf(text: unknown): Instant | null {
	try {
		return parseInstant(text, "at");
	} catch (error) {
		if (error instanceof CalendarError) return null;
		throw error;
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isKind(kind: unknown): kind is FactKind {
	return typeof kind === "string" && Object.hasOwn(fields, kind);
}
