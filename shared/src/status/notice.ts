import type { Calendar, Instant } from "../calendar/calendar.ts";
import type { NoticeRule } from "../policy/policy.ts";
import { instantOf, localTimeOf } from "./local-time.ts";
import type { Work } from "./outage.ts";

/** What announced work does not keep to. */
export type NoticeFault = "short-notice" | "ends-late";

/**
 * The last instant at which it may be announced: the same time of day so many dates before the start, by the wall
 * clock; with `clearDays` the end of the date before those days.
 */
export function latestNotice({ daysAhead, clearDays }: NoticeRule, zone: string, start: Instant): Instant {
	const { day, time } = localTimeOf(zone, start);
	if (!clearDays) return instantOf(zone, { day: day - daysAhead, time });
	return instantOf(zone, { day: day - daysAhead, time: 0 }) - 1;
}

/** What work does not keep to, of when it was announced and when it ends. Empty: it is as it should be. */
export function noticeFaults(rule: NoticeRule, zone: string, { announcedAt, start, end }: Work): NoticeFault[] {
	const faults: NoticeFault[] = [];
	if (announcedAt > latestNotice(rule, zone, start)) faults.push("short-notice");
	if (rule.endBefore !== null && localTimeOf(zone, end).time >= timeOfDay(rule.endBefore)) faults.push("ends-late");
	return faults;
}

/** Whether a planned end that moves must be told again. */
export function isSubstantial({ substantial }: NoticeRule, oldEnd: Instant, newEnd: Instant): boolean {
	return Math.abs(newEnd - oldEnd) >= substantial;
}

/** When a service that is ready goes on again: at once in office hours, else when they begin. */
export function restartAt(office: Calendar, readyAt: Instant): Instant {
	return office.nextOpen(readyAt);
}

/** Milliseconds past midnight of `HH:MM`. */
function timeOfDay(text: string): number {
	const [hours = 0, minutes = 0] = text.split(":").map(Number);
	return (hours * 60 + minutes) * 60_000;
}
