import type { Goal } from "../sla/fact.ts";
import { toWords } from "./build-words.ts";
import { toAmount, toDuration } from "./duration-text.ts";
import { startOfDate } from "./local-time.ts";
import type { AvailabilityTarget, Line, NoticeRule, Service, Target } from "./policy.ts";
import type { PolicyDocument } from "./schema.ts";
import { goals } from "./schema-forms.ts";
import type { ServiceDocument, TargetDocument } from "./service-schema.ts";

type Calendars = PolicyDocument["calendars"];

/** Makes the entry of the catalogue that a faultless document means; dates are those of the calendar they go with. */
export function buildService(id: string, service: ServiceDocument, calendars: Calendars): Service {
	const targets = Object.entries(service.targets ?? {}).map(([priority, byGoal]) => {
		const promised: Partial<Record<Goal, Target>> = {};
		for (const goal of goals) {
			const target = byGoal[goal];
			if (target !== undefined) promised[goal] = toTarget(target, service, calendars);
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
		lines: (service.lines ?? []).map(
			(line): Line => ({
				id: line.id,
				name: toWords(line.name),
				groups: line.groups ?? [],
				minimum: line.minimum === undefined ? null : toDuration(line.minimum),
				designated: line.designated ?? true,
			}),
		),
		escalation: service.escalation ?? [],
		phone: service.phone ?? null,
		availability: (service.availability ?? []).map((target) => toAvailability(target, service, calendars)),
		notice: service.notice === undefined ? null : toNotice(service.notice),
	};
}

function toTarget(target: TargetDocument, service: ServiceDocument, calendars: Calendars): Target {
	const written = typeof target === "string" ? { within: target } : target;
	const { within, calendar = service.calendar, promise, effectiveFrom, before } = written;
	return {
		calendar,
		amount: toAmount(within),
		promise: promise ?? service.promise ?? "commitment",
		...(effectiveFrom === undefined ? {} : { effectiveFrom: dateIn(calendars, calendar, effectiveFrom) }),
		...(before === undefined ? {} : { before: toTarget(before, service, calendars) }),
	};
}

function toAvailability(
	target: NonNullable<ServiceDocument["availability"]>[number],
	service: ServiceDocument,
	calendars: Calendars,
): AvailabilityTarget {
	const { calendar = service.calendar, effectiveFrom } = target;
	const figure = (written: number | string | undefined) => (written === undefined ? null : String(written));
	return {
		calendar,
		inHours: figure(target.inHours),
		outside: figure(target.outside),
		always: figure(target.always),
		planned: target.planned ?? "count",
		thirdParty: target.thirdParty ?? "count",
		promise: target.promise ?? service.promise ?? "commitment",
		effectiveFrom: effectiveFrom === undefined ? null : dateIn(calendars, calendar, effectiveFrom),
	};
}

function toNotice(notice: NonNullable<ServiceDocument["notice"]>): NoticeRule {
	return {
		daysAhead: notice.daysAhead ?? 0,
		clearDays: notice.clearDays ?? false,
		endBefore: notice.endBefore ?? null,
		substantial: toDuration(notice.substantial ?? "15m"),
		agreement: notice.agreement ?? false,
	};
}

function dateIn(calendars: Calendars, calendar: string, date: string) {
	return startOfDate(date, calendars[calendar]?.zone ?? "UTC");
}
