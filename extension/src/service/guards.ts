import type { Me, NoticeList, Preview, TicketList, TicketView } from "@stipt/shared/wire/api";
import { languages } from "@stipt/shared/wire/language";
import type { Paired } from "@stipt/shared/wire/pairing";
import type { TicketDetail } from "@stipt/shared/wire/ticket-action";

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const number: Check = (value) => typeof value === "number" && Number.isFinite(value);
const flag: Check = (value) => typeof value === "boolean";
const instant: Check = (value) => typeof value === "string" && !Number.isNaN(Date.parse(value));
const orNull =
	(check: Check): Check =>
	(value) =>
		value === null || check(value);
const list =
	(check: Check): Check =>
	(value) =>
		Array.isArray(value) && value.every(check);
const oneOf =
	(...known: string[]): Check =>
	(value) =>
		known.some((word) => word === value);

/** Checks the fields that we use; what a newer service adds is no fault. */
const shape =
	(fields: Readonly<Record<string, Check>>): Check =>
	(value) =>
		typeof value === "object" &&
		value !== null &&
		Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]));

const optional =
	(check: Check): Check =>
	(value) =>
		value === undefined || check(value);

const words = shape(Object.fromEntries(languages.map((language) => [language, text])));
const goal = oneOf("pickup", "first-response", "next-update", "resolution", "handover");

const clock = shape({
	goal,
	state: oneOf("running", "paused", "met", "missed", "cancelled"),
	startedAt: instant,
	deadline: orNull(instant),
	remainingMs: orNull(number),
	elapsedMs: number,
	outsideHours: flag,
	pausedBecause: orNull(words),
	breachedAt: orNull(instant),
	metAt: orNull(instant),
	stoppedAt: orNull(instant),
	calendar: orNull(text),
	promise: oneOf("aim", "commitment", "best-effort"),
	targetMs: orNull(number),
	targetWorkingDays: orNull(number),
	opensAt: orNull(instant),
	closesAt: orNull(instant),
	cycle: optional(number),
	pausedSince: optional(orNull(instant)),
	pausedOwner: optional(orNull(oneOf("customer", "supplier", "planned"))),
	pausedUntil: optional(orNull(instant)),
	agreed: optional(orNull(shape({ at: instant, reason: text }))),
	line: optional(orNull(text)),
});

const ticketView = shape({
	connection: text,
	ticket: text,
	number: text,
	title: text,
	url: text,
	state: oneOf("new", "open", "waiting", "solved", "closed", "merged", "deleted"),
	priority: text,
	impact: orNull(text),
	urgency: orNull(text),
	service: text,
	serviceName: optional(words),
	line: optional(orNull(shape({ id: text, name: words }))),
	owner: orNull(text),
	policy: shape({ name: text, version: text, mode: oneOf("measured", "promised") }),
	revision: number,
	asOf: instant,
	clocks: list(clock),
	escalation: orNull(
		shape({
			goal,
			step: number,
			of: number,
			owedAt: instant,
			alert: orNull(text),
			acknowledgedBy: orNull(text),
			nextPromise: orNull(instant),
		}),
	),
	confidence: shape({
		level: oneOf("fresh", "stale", "unsure"),
		reason: orNull(oneOf("no-contact", "not-read-back", "write-conflict", "unmapped", "gap", "restored")),
		since: instant,
	}),
});

const choice = shape({ id: text, name: words, hint: orNull(words) });
const preview = shape({
	impacts: list(choice),
	urgencies: list(choice),
	priorities: list(shape({ id: text, name: words })),
	current: shape({ impact: orNull(text), urgency: orNull(text), priority: text }),
	cells: list(
		shape({
			impact: text,
			urgency: text,
			priority: text,
			cappedFrom: orNull(text),
			justificationLiftsCap: flag,
			deadlines: list(shape({ goal, deadline: orNull(instant), remainingMs: orNull(number), missed: flag })),
			alerts: list(shape({ role: words, at: instant, goal, step: text })),
		}),
	),
	questions: optional(
		list(shape({ sets: oneOf("impact", "urgency"), ask: words, answers: list(shape({ to: text, say: words })) })),
	),
	restricted: optional(list(shape({ priority: text, roles: list(words), otherwise: text }))),
	withoutConsensus: optional(orNull(shape({ role: words, isYours: flag }))),
	asOf: instant,
});

const noticeList = shape({
	notices: list(
		shape({
			id: text,
			page: text,
			event: text,
			titles: optional(words),
			texts: optional(words),
			kind: oneOf("incident", "maintenance"),
			title: text,
			status: text,
			impact: text,
			components: list(text),
			services: list(text),
			text,
			url: orNull(text),
			updatedAt: instant,
			tickets: list(text),
		}),
	),
	asOf: instant,
});

const role = shape({ id: text, name: words });
const detail = shape({
	planned: list(shape({ at: instant, goal, step: text, rung: shape({ step: number, of: number }), roles: list(role) })),
	sent: list(
		shape({
			alert: text,
			owedAt: instant,
			goal,
			step: text,
			occurrence: number,
			roles: list(role),
			told: list(shape({ role, channel: text, at: instant, outcome: oneOf("sending", "sent", "failed") })),
			acknowledged: orNull(shape({ by: text, at: instant, nextPromise: instant })),
		}),
	),
	lines: list(
		shape({
			line: text,
			name: words,
			receivedAt: instant,
			passedAt: orNull(instant),
			usedMs: number,
			leftAtReceiptMs: orNull(number),
		}),
	),
	handOverTo: list(shape({ line: text, name: words })),
	pauses: shape({ canPause: flag, canResume: flag, goals: list(goal) }),
	escalation: list(
		shape({
			level: number,
			role,
			asked: orNull(shape({ by: text, at: instant, reason: text })),
			canAsk: flag,
		}),
	),
	incidents: list(
		shape({
			page: text,
			event: text,
			role: oneOf("source", "affected"),
			title: text,
			titles: orNull(words),
			status: text,
			url: orNull(text),
		}),
	),
	phoneOutstanding: flag,
	asOf: instant,
});

const me = shape({
	name: text,
	role: oneOf("agent", "manager", "admin"),
	connections: list(shape({ id: text, kind: text, name: text, origin: text, language: text })),
	version: text,
});

export const isMe = (value: unknown): value is Me => me(value);
export const isTicketView = (value: unknown): value is TicketView => ticketView(value);
export const isTicketList = (value: unknown): value is TicketList =>
	shape({ tickets: list(ticketView), unknown: list(text), asOf: instant })(value);
export const isPreview = (value: unknown): value is Preview => preview(value);
export const isNoticeList = (value: unknown): value is NoticeList => noticeList(value);
export const isTicketDetail = (value: unknown): value is TicketDetail => detail(value);
export const isText = (value: unknown): value is string => text(value);
export const isProofs = (value: unknown): value is unknown[] => Array.isArray(value);
export const isPaired = (value: unknown): value is Paired => shape({ token: text })(value);
