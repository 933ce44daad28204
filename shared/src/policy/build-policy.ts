import type { CalendarDefinition } from "../calendar/calendar.ts";
import { compileCalendar } from "../calendar/compile-calendar.ts";
import type { Goal } from "../sla/fact.ts";
import { buildService } from "./build-service.ts";
import { toWords } from "./build-words.ts";
import { toAmount, toDuration, toMoment } from "./duration-text.ts";
import { type HolidaySetDocument, toHolidaySets } from "./holiday-sets.ts";
import { startOfDate } from "./local-time.ts";
import type { Choice, Ladder, LongestPause, MoveTo, Policy } from "./policy.ts";
import type { PolicyDocument } from "./schema.ts";
import { goals as everyGoal } from "./schema-forms.ts";
import { channels } from "./ticket-words.ts";

/** Makes the policy that a faultless document means; `sets` are all the holiday sets that its calendars name. */
export function buildPolicy(document: PolicyDocument, version: string, sets: readonly HolidaySetDocument[]): Policy {
	const holidaySets = toHolidaySets(sets);
	const { effectiveFrom: from, manualPauses, deciding, workingDays } = document;
	const definitions = Object.entries(document.calendars).map(
		([name, calendar]) => [name, toDefinition(calendar)] as const,
	);
	return {
		name: document.name,
		title: document.title,
		version,
		mode: document.mode,
		effectiveFrom: from === undefined ? null : startOfDate(from, Object.values(document.calendars)[0]?.zone ?? "UTC"),
		language: document.language,
		calendarDefinitions: Object.fromEntries(definitions),
		calendars: Object.fromEntries(definitions.map(([name, it]) => [name, compileCalendar(it, holidaySets)])),
		priorities: document.priorities.map(toChoice),
		matrix: {
			impacts: document.matrix.impacts.map(toChoice),
			urgencies: document.matrix.urgencies.map(toChoice),
			cells: document.matrix.cells,
			caps: (document.matrix.caps ?? []).map((cap) => ({ ...cap, unlessJustified: cap.unlessJustified ?? false })),
			questions: (document.matrix.questions ?? []).map(({ sets, ask, answers }) => ({
				sets,
				ask: toWords(ask),
				answers: answers.map(({ to, say }) => ({ to, say: toWords(say) })),
			})),
		},
		services: Object.entries(document.services).map(([id, service]) => buildService(id, service, document.calendars)),
		channels: { ...fill(channels, "promised" as const), ...said(document.channels ?? {}) },
		pauses: (document.pauses ?? []).map((pause) => ({
			...pause,
			reason: toWords(pause.reason),
			longest: toLongest(pause.longest),
		})),
		grace: document.grace === undefined ? 0 : toDuration(document.grace),
		onPriorityChange: perGoal(document.onPriorityChange, "recompute"),
		onServiceChange: perGoal(document.onServiceChange ?? document.onPriorityChange, "recompute"),
		onChannelChange: perGoal(document.onChannelChange, "from-change"),
		onReopen: perGoal(document.onReopen, "resume"),
		pickedUpBy: document.pickedUpBy ?? ["owner", "reply", "hand-over"],
		nextUpdateFrom: document.nextUpdateFrom ?? "customer",
		manualPauses: { goals: manualPauses?.goals ?? [...everyGoal], longest: toLongest(manualPauses?.longest) },
		deciding: {
			customer: deciding?.customer ?? "always",
			restricted: deciding?.restricted ?? [],
			withoutConsensus: deciding?.withoutConsensus ?? null,
		},
		workingDays: {
			from: workingDays?.from ?? "open",
			count: workingDays?.count ?? "after",
			end: workingDays?.end ?? "close",
		},
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

function toLongest(longest: LongestDocument | undefined): LongestPause | null {
	if (longest === undefined) return null;
	return { ...longest, within: toAmount(longest.within), notify: longest.notify ?? [] };
}

type LongestDocument = NonNullable<NonNullable<PolicyDocument["manualPauses"]>["longest"]>;

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
			...(step.moveTo === undefined ? {} : { moveTo: toMove(step.moveTo) }),
		})),
	};
}

type StepDocument = NonNullable<PolicyDocument["ladders"]>[string]["steps"][number];

function toMove({ owner, ...to }: NonNullable<StepDocument["moveTo"]>): MoveTo {
	return said({ ...to, owner: owner === "nobody" ? null : owner });
}

function toChoice({ id, name, hint }: PolicyDocument["priorities"][number]): Choice {
	return { id, name: toWords(name), ...(hint === undefined ? {} : { hint: toWords(hint) }) };
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
