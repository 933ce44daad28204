import type { Calendar } from "../../calendar/calendar.ts";
import { compileCalendar } from "../../calendar/compile-calendar.ts";
import type { Choice, Ladder, LongestPause, Policy, Service, Target } from "../../policy/policy.ts";
import type { Words } from "../../wire/language.ts";

export const minute = 60_000;
export const hour = 60 * minute;

const weekly = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["09:00-17:00"]]));

/** Hours and holidays of the Flemish government. */
const flemish = compileCalendar(
	{ zone: "Europe/Brussels", weekly, holidays: ["@flemish"] },
	{
		flemish: [
			...["01-01", "05-01", "07-11", "07-21", "08-15", "11-01", "11-02", "11-11", "11-15", "12-25", "12-26"].map(
				(fixed) => ({ fixed }),
			),
			...[1, 39, 50].map((easter) => ({ easter })),
			{ range: ["12-27", "12-31"] },
		],
	},
);

export const calendars = {
	flemish,
	always: compileCalendar({ zone: "UTC", always: true }, {}),
	never: compileCalendar({ zone: "UTC", weekly: {} }, {}),
} satisfies Record<string, Calendar>;

export function businessHours(hours: number, calendar: keyof typeof calendars = "flemish"): Target {
	return { calendar, amount: { kind: "business", duration: hours * hour }, promise: "commitment" };
}

export function workingDays(days: number, calendar: keyof typeof calendars = "flemish"): Target {
	return { calendar, amount: { kind: "workingDays", days }, promise: "aim" };
}

/** A longest pause. */
export function atMost(within: Target, then: LongestPause["then"], ...notify: string[]): LongestPause {
	return { within: within.amount, then, notify };
}

export const everyStep: Ladder = {
	id: "main",
	goals: ["first-response", "next-update", "resolution"],
	steps: [
		{ id: "half", at: { kind: "percent", percent: 50 }, notify: ["lead"], note: false },
		{ id: "most", at: { kind: "percent", percent: 80 }, notify: ["lead", "manager"], note: true },
		{ id: "breach", at: { kind: "deadline", offset: 0 }, notify: ["manager"], note: true },
		{ id: "late", at: { kind: "deadline", offset: 2 * hour }, notify: ["director"], note: true },
	],
};

export function service(change: Partial<Service> = {}): Service {
	return {
		id: "platform",
		name: words("Platform"),
		groups: [],
		components: [],
		calendar: "flemish",
		targets: {
			P1: { "first-response": businessHours(1), "next-update": businessHours(1), resolution: businessHours(4) },
			P2: { "first-response": businessHours(2), "next-update": businessHours(4), resolution: businessHours(8) },
			P3: { "first-response": businessHours(4), "next-update": businessHours(8), resolution: businessHours(16) },
		},
		ladder: "main",
		lines: [],
		escalation: [],
		phone: null,
		availability: [],
		notice: null,
		...change,
	};
}

/** Four priorities (P4 is best effort), one service, a ladder of four steps, no grace; `waiting` pauses resolution. */
export function policyWith(change: Partial<Policy> = {}): Policy {
	const choice = (id: string): Choice => ({ id, name: words(id) });
	return {
		name: "practice",
		title: "Practice",
		version: "v1",
		mode: "promised",
		effectiveFrom: null,
		language: "en",
		calendarDefinitions: {},
		calendars,
		priorities: ["P1", "P2", "P3", "P4"].map(choice),
		matrix: {
			impacts: ["high", "low"].map(choice),
			urgencies: ["high", "low"].map(choice),
			cells: { high: { high: "P1", low: "P2" }, low: { high: "P2", low: "P3" } },
			caps: [],
			questions: [],
		},
		services: [service()],
		channels: {
			portal: "promised",
			email: "promised",
			phone: "promised",
			chat: "promised",
			api: "promised",
			other: "promised",
		},
		pauses: [
			{ states: ["waiting"], goals: ["resolution"], reason: words("Waiting"), owner: "customer", longest: null },
		],
		grace: 0,
		onPriorityChange: forEveryGoal("recompute"),
		onServiceChange: forEveryGoal("recompute"),
		onChannelChange: forEveryGoal("from-change"),
		onReopen: forEveryGoal("resume"),
		pickedUpBy: ["owner", "reply", "hand-over"],
		nextUpdateFrom: "customer",
		manualPauses: { goals: ["pickup", "first-response", "next-update", "resolution", "handover"], longest: null },
		deciding: { customer: "always", restricted: [], withoutConsensus: null },
		workingDays: { from: "open", count: "after", end: "close" },
		ladders: [everyStep],
		roles: [],
		pages: [],
		...change,
	};
}

export function forEveryGoal<T>(value: T) {
	return { pickup: value, "first-response": value, "next-update": value, resolution: value, handover: value };
}

export function words(text: string): Words {
	return { nl: text, fr: text, de: text, en: text };
}
