import { languages } from "@stipt/shared/wire/language";
import type { TicketAction } from "@stipt/shared/wire/ticket-action";
import type { OverlayQuestions, OwnPageQuestions, QuestionKind, Questions } from "../lib/messages.ts";
import { readAlerting } from "../lib/settings.ts";
import { isLanguageChoice } from "../words/tables.ts";

export type Question = { [K in QuestionKind]: { kind: K; body: Questions[K]["with"] } }[QuestionKind];

type Field = (value: unknown) => boolean;
const short: Field = (value) => typeof value === "string" && value.length > 0 && value.length <= 200;
const long: Field = (value) => typeof value === "string" && value.length <= 2000;
const flag: Field = (value) => typeof value === "boolean";
const few: Field = (value) => Array.isArray(value) && value.length <= 200 && value.every(short);
const choice: Field = (value) =>
	typeof value === "object" &&
	value !== null &&
	short((value as { impact?: unknown }).impact) &&
	short((value as { urgency?: unknown }).urgency) &&
	((value as { justification?: unknown }).justification === undefined ||
		long((value as { justification?: unknown }).justification));

const taken: Field = (value) =>
	Array.isArray(value) &&
	value.length <= 50 &&
	value.every((one) => typeof one === "object" && one !== null && [one.connection, one.ticket, one.alert].every(short));

const kinds: readonly TicketAction["kind"][] = [
	"pause",
	"ask-information",
	"resume",
	"agree-deadline",
	"hand-over",
	"phoned",
	"ask-escalation",
	"change-channel",
];
const action: Field = (value) =>
	typeof value === "object" &&
	value !== null &&
	kinds.some((kind) => kind === (value as { kind?: unknown }).kind) &&
	Object.values(value).every(
		(part) => part === null || typeof part === "number" || (typeof part === "string" && part.length <= 10_000),
	);
const oneOf =
	(...known: readonly string[]): Field =>
	(value) =>
		known.some((word) => word === value);

const ofOverlay: Record<keyof OverlayQuestions, Readonly<Record<string, Field>>> = {
	hello: {},
	ticket: { ticket: short, insist: flag },
	tickets: { ids: few },
	numbers: { numbers: few },
	preview: { ticket: short },
	choose: { ticket: short, choice },
	undo: { ticket: short },
	acknowledge: { ticket: short, alert: short, nextPromise: short },
	link: { ticket: short, page: short, event: short },
	detail: { ticket: short },
	proof: { ticket: short, goal: short, language: oneOf(...languages), format: oneOf("text", "json") },
	act: { ticket: short, action },
	nudge: { ticket: short },
	panels: {},
	notices: {},
	dismiss: { notice: long },
	"open-options": {},
};

const ofOwnPage: Record<keyof OwnPageQuestions, Readonly<Record<string, Field>>> = {
	setup: {},
	connect: { address: long, token: long },
	refresh: {},
	pair: { link: long },
	disconnect: {},
	language: { language: isLanguageChoice },
	alerting: { alerting: (value) => readAlerting(value) !== null },
	open: { whose: (value) => value === "own" || value === "all" },
	"acknowledge-all": { taken, nextPromise: short },
	reports: {},
};

/** A message as a question that this sender may ask; `null` for anything else. */
export function parseQuestion(message: unknown, from: "overlay" | "own-page"): Question | null {
	if (typeof message !== "object" || message === null) return null;
	const { kind, body } = message as { kind?: unknown; body?: unknown };
	const allowed: Readonly<Record<string, Readonly<Record<string, Field>>>> = from === "overlay" ? ofOverlay : ofOwnPage;
	if (typeof kind !== "string" || !Object.hasOwn(allowed, kind)) return null;
	const fields = Object.entries(allowed[kind] ?? {});
	const given = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
	return fields.every(([name, isRight]) => isRight(given[name])) ? (message as Question) : null;
}
