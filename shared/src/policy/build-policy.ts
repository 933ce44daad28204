import type { CalendarDefinition } from "../calendar/calendar.ts";
import { compileCalendar } from "../calendar/compile-calendar.ts";
import type { Goal } from "../sla/fact.ts";
import type { Words } from "../wire/language.ts";
import { toAmount, toDuration, toMoment } from "./duration-text.ts";
import { type HolidaySetDocument, toHolidaySets } from "./holiday-sets.ts";
import type { Choice, Ladder, Policy, Service, Target } from "./policy.ts";
import { channels, type PolicyDocument, type TargetDocument, type WordsDocument } from "./schema.ts";

const everyGoal = ["pickup", "first-response", "next-update", "resolution", "handover"] as const satisfies Goal[];

/** Makes the policy that a faultless document means; `sets` are all the holiday sets that its calendars name. */
export function buildPolicy(document: PolicyDocument, version: string, sets: readonly HolidaySetDocument[]): Policy {
	const holidaySets = toHolidaySets(sets);
	const definitions = Object.entries(document.calendars).map(
		([name, calendar]) => [name, toDefinition(calendar)] as const,
	);
	return {
		name: document.name,
		title: document.title,
		version,
		mode: document.mode,
		effectiveFrom: null,
		language: document.language,
		calendarDefinitions: Object.fromEntries(definitions),
		calendars: Object.fromEntries(definitions.map(([name, it]) => [name, compileCalendar(it, holidaySets)])),
		priorities: document.priorities.map(toChoice),
		matrix: {
			impacts: document.matrix.impacts.map(toChoice),
			urgencies: document.matrix.urgencies.map(toChoice),
			cells: document.matrix.cells,
			caps: (document.matrix.caps ?? []).map((cap) => ({ ...cap, unlessJustified: cap.unlessJustified ?? false })),
		},
		services: Object.entries(document.services).map(([id, service]) => toService(id, service)),
		channels: { ...fill(channels, "promised" as const), ...said(document.channels ?? {}) },
		pauses: (document.pauses ?? []).map((pause) => ({ ...pause, reason: toWords(pause.reason), longest: null })),
		grace: document.grace === undefined ? 0 : toDuration(document.grace),
		onPriorityChange: perGoal(document.onPriorityChange, "recompute"),
		onServiceChange: perGoal(document.onPriorityChange, "recompute"),
		onChannelChange: fill(everyGoal, "from-change" as const),
		onReopen: perGoal(document.onReopen, "resume"),
		pickedUpBy: ["owner", "reply", "hand-over"],
		nextUpdateFrom: "customer",
		manualPauses: { goals: [...everyGoal], longest: null },
		deciding: { customer: "always", restricted: [], withoutConsensus: null },
		workingDays: { from: "open", count: "after", end: "close" },
		ladders: Object.entries(document.ladders ?? {}).map(([id, ladder]) => toLadder(id, ladder)),
		roles: Object.entries(document.roles ?? {}).map(([id, role]) => ({
			id,
			name: toWords(role.name),
			language: role.language ?? document.language,
			email: role.email ?? [],
			webhooks: role.webhooks ?? [],
		})),
		pages: (document.pages ?? []).map((rule) => ({
			...rule,
			title: toWords(rule.title),
			texts: {
				investigating: toWords(rule.texts.investigating),
				identified: toWords(rule.texts.identified),
				monitoring: toWords(rule.texts.monitoring),
				resolved: toWords(rule.texts.resolved),
			},
		})),
	};
}

function toDefinition(calendar: PolicyDocument["calendars"][string]): CalendarDefinition {
	// The document's shape and the fault checks together leave exactly what a definition allows.
	return said({ ...calendar, weekly: calendar.weekly && said(calendar.weekly) }) as CalendarDefinition;
}

function toService(id: string, service: PolicyDocument["services"][string]): Service {
	const targets = Object.entries(service.targets ?? {}).map(([priority, perGoal]) => {
		const promised: Partial<Record<Goal, Target>> = {};
		for (const goal of everyGoal) {
			const target = perGoal[goal];
			if (target !== undefined) promised[goal] = toTarget(target, service);
		}
		return [priority, promised] as const;
	});
	return {
		id,
		name: toWords(service.name),
		groups: service.groups ?? [],
		components: service.components ?? [],
		calendar: service.calendar,
		targets: Object.fromEntries(targets),
		ladder: service.ladder ?? null,
		lines: [],
		escalation: [],
		phone: null,
		availability: [],
		notice: null,
	};
}

function toTarget(target: TargetDocument, service: PolicyDocument["services"][string]): Target {
	const { within, calendar, promise } = typeof target === "string" ? { within: target } : target;
	return {
		calendar: calendar ?? service.calendar,
		amount: toAmount(within),
		promise: promise ?? service.promise ?? "commitment",
	};
}

function toLadder(id: string, ladder: NonNullable<PolicyDocument["ladders"]>[string]): Ladder {
	return {
		id,
		goals: ladder.goals,
		steps: ladder.steps.map((step) => ({
			id: step.id,
			at: toMoment(step.at),
			notify: step.notify ?? [],
			note: step.note ?? false,
			...(step.repeat === undefined
				? {}
				: {
						repeat: {
							every: toDuration(step.repeat.every),
							times: step.repeat.times,
						},
					}),
		})),
	};
}

function toChoice({ id, name, hint }: PolicyDocument["priorities"][number]): Choice {
	return { id, name: toWords(name), ...(hint === undefined ? {} : { hint: toWords(hint) }) };
}

function toWords(words: WordsDocument): Words {
	return typeof words === "string" ? { nl: words, fr: words, de: words, en: words } : words;
}

function perGoal<Word extends string>(
	written: Word | Partial<Record<Goal, Word | undefined>> | undefined,
	usual: Word,
): Record<Goal, Word> {
	if (typeof written === "string") return fill(everyGoal, written);
	return { ...fill(everyGoal, usual), ...said(written ?? {}) };
}

function fill<Key extends string, Value>(keys: readonly Key[], value: Value): Record<Key, Value> {
	return Object.fromEntries(keys.map((key) => [key, value])) as Record<Key, Value>;
}

/** A map without the keys that hold nothing. */
function said<Entry extends object>(map: Entry): { [Key in keyof Entry]: Exclude<Entry[Key], undefined> } {
	return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined)) as {
		[Key in keyof Entry]: Exclude<Entry[Key], undefined>;
	};
}
