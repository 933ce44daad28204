import { readdirSync, readFileSync } from "node:fs";
import type { Calendar, Instant } from "@stipt/shared/calendar/calendar";
import { parseHolidaySets } from "@stipt/shared/policy/holiday-sets";
import { readLocalTime } from "@stipt/shared/policy/local-time";
import { checkPolicy } from "@stipt/shared/policy/parse-policy";
import type { AvailabilityTarget, NoticeRule, Policy, Service } from "@stipt/shared/policy/policy";
import type { Fact, FactBody } from "@stipt/shared/sla/fact";
import type { AvailabilityPeriod } from "@stipt/shared/status/availability-record";
import { periodOf } from "@stipt/shared/status/local-time";
import type { Outage, Work } from "@stipt/shared/status/outage";

/** The policies that follow somebody's terms, by the letters with which their statements begin, and how many there are. */
export const terms = {
	AJH: { policy: "handhavingsplatform", statements: 20 },
	ACM: { policy: "toegangsbeheer", statements: 22 },
	KLIP: { policy: "klip", statements: 21 },
	RR: { policy: "rijksregister", statements: 17 },
	FOD: { policy: "fod-kanselarij", statements: 16 },
} as const;

const folder = new URL("../../shared/policies/", import.meta.url);
const holidays = new URL("holidays/", folder);
const holidaySets = parseHolidaySets(
	readdirSync(holidays).map((file) => ({ file, text: readFileSync(new URL(file, holidays), "utf8") })),
);

/** A ready-made policy, with what came of its examples. */
export function readyMade(name: string) {
	return checkPolicy(textOf(name), { version: name, holidaySets });
}

/** The document of a ready-made policy. */
export function textOf(name: string): string {
	return readFileSync(new URL(`${name}.yaml`, folder), "utf8");
}

/** The instant at which a clock in Brussels shows `Mon 2026-03-02 09:00`. */
export function at(local: string): Instant {
	return readLocalTime(local, "Europe/Brussels");
}

export function serviceOf(policy: Policy, id: string): Service {
	return found(
		policy.services.find((service) => service.id === id),
		`service ${id}`,
	);
}

export function calendarOf(policy: Policy, name: string): Calendar {
	return found(policy.calendars[name], `calendar ${name}`);
}

/** The only promise of availability of a service. */
export function availabilityOf(policy: Policy, service: string): AvailabilityTarget {
	return found(serviceOf(policy, service).availability[0], `availability of ${service}`);
}

export function noticeOf(policy: Policy, service: string): NoticeRule {
	return found(serviceOf(policy, service).notice, `notice rule of ${service}`);
}

/** A month or year in Brussels that is over. */
export function measured(period: string, outages: Outage[] = [], work: Work[] = []): AvailabilityPeriod {
	const { from, to } = periodOf("Europe/Brussels", period);
	return { from, to, now: to, outages, work };
}

/** Something of ours that was down. */
export function down(start: string, end: string, cause: Outage["cause"] = "own"): Outage {
	return { start: at(start), end: at(end), cause };
}

export function found<Value>(value: Value | null | undefined, what: string): Value {
	if (value === null || value === undefined) throw new Error(`Expected ${what}, found none`);
	return value;
}

/** The facts of a ticket; each as of when it is known, in the order written. */
export function ledger(...told: [local: string, body: FactBody][]): Fact[] {
	return told.map(([local, body], index) => ({ ...body, id: String(index), at: at(local), seenAt: at(local) }));
}
