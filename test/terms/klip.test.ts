import type { Policy } from "@stipt/shared/policy/policy";
import { evaluate } from "@stipt/shared/sla/evaluate";
import { movedEndText } from "@stipt/shared/status/announcement";
import { availabilityRecord } from "@stipt/shared/status/availability-record";
import { periodOf } from "@stipt/shared/status/local-time";
import { isSubstantial, latestNotice, noticeFaults, restartAt } from "@stipt/shared/status/notice";
import { printPercentage, printSpan } from "@stipt/shared/status/percentage";
import { volumeAim, volumeVerdict } from "@stipt/shared/status/volume";
import { languages } from "@stipt/shared/wire/language";
import { expect, test } from "vitest";
import { at, availabilityOf, calendarOf, down, measured, noticeOf, readyMade, serviceOf } from "./terms.ts";

const hour = 3_600_000;
const minute = 60_000;
const { policy } = readyMade("klip");
const office = calendarOf(policy, "kantooruren");
const rule = noticeOf(policy, "portaal");
const { zone } = office;

/** April 2026 with half an hour lost before closing time and half an hour after it. */
const april = availabilityRecord(
	availabilityOf(policy, "portaal"),
	office,
	measured("2026-04", [down("Tue 2026-04-07 16:30", "Tue 2026-04-07 17:30")]),
);

test("KLIP-03: a mail on Saturday is taken up on Monday, which does not count yet", () => {
	const sent = at("Sat 2026-03-07 10:00");
	const due = (under: Policy) => {
		const opened = { kind: "opened", channel: "email", by: { kind: "customer" } } as const;
		const { clocks } = evaluate([{ ...opened, id: "1", at: sent, seenAt: sent }], under, sent);
		return clocks.find(({ goal }) => goal === "first-response")?.deadline;
	};
	expect(due(policy)).toBe(at("Thu 2026-03-12 17:00"));
	expect(due({ ...policy, workingDays: { ...policy.workingDays, from: "arrival" } })).toBe(at("Wed 2026-03-11 17:00"));
});

test("KLIP-06: of an outage over closing time half is lost in office hours", () => {
	const [inHours] = april.figures;
	expect(inHours).toMatchObject({ side: "in", agreed: { measuredMs: 168 * hour, downMs: 30 * minute } });
	expect(inHours && printPercentage(inHours.agreed, 2)).toBe("99.70");
});

test("KLIP-07: the other half is lost outside them", () => {
	expect(april.figures[1]).toMatchObject({ side: "out", agreed: { measuredMs: 552 * hour, downMs: 30 * minute } });
});

test("KLIP-13: April 2026 allows 1:40:48 in office hours and 55:12:00 outside", () => {
	expect(april.figures.map(({ allowance }) => printSpan(allowance))).toEqual(["1:40:48", "55:12:00"]);
});

test("KLIP-14: five days ahead to the minute is in time, a minute later is short notice", () => {
	const interruption = { start: at("Thu 2026-06-11 12:00"), end: at("Thu 2026-06-11 14:00") };
	const faults = (announced: string) => noticeFaults(rule, zone, { ...interruption, announcedAt: at(announced) });
	expect(faults("Sat 2026-06-06 12:00")).toEqual([]);
	expect(faults("Sat 2026-06-06 12:01")).toEqual(["short-notice"]);
});

test("KLIP-15: five days are counted on the wall clock, though one hour of them is missing", () => {
	const start = at("Tue 2026-03-31 10:00");
	expect(latestNotice(rule, zone, start)).toBe(at("Thu 2026-03-26 10:00"));
	expect(start - latestNotice(rule, zone, start)).toBe(119 * hour);
});

test("KLIP-16: an interruption that ends at 16:00 ends too late, a minute earlier does not", () => {
	const faults = (end: string) =>
		noticeFaults(rule, zone, {
			announcedAt: at("Mon 2026-06-01 09:00"),
			start: at("Thu 2026-06-11 12:00"),
			end: at(end),
		});
	expect(faults("Thu 2026-06-11 15:59")).toEqual([]);
	expect(faults("Thu 2026-06-11 16:00")).toEqual(["ends-late"]);
});

test("KLIP-17: a restart happens in office hours, at once when it is ready in them", () => {
	expect(restartAt(office, at("Tue 2026-06-02 18:20"))).toBe(at("Wed 2026-06-03 09:00"));
	expect(restartAt(office, at("Tue 2026-06-02 16:30"))).toBe(at("Tue 2026-06-02 16:30"));
});

test("KLIP-18: an end that moves by hours is told again, with the old and the new one", () => {
	const oldEnd = at("Thu 2026-06-11 12:00");
	const newEnd = at("Thu 2026-06-11 14:30");
	expect(isSubstantial(rule, oldEnd, newEnd)).toBe(true);
	expect(isSubstantial(rule, oldEnd, oldEnd + 14 * minute)).toBe(false);
	const text = movedEndText({ component: serviceOf(policy, "portaal").name, oldEnd, newEnd }, zone);
	for (const language of languages) expect(text[language]).toMatch(/12:00.*14:30/);
});

test("KLIP-19: two thousand requests a working day, 42,000 in April 2026", () => {
	const verdict = (date: string, processed: number) => volumeVerdict(office, 2000, { date, processed });
	expect(verdict("2026-06-01", 1999)).toBe("below");
	expect(verdict("2026-06-01", 2000)).toBe("met");
	expect(verdict("2026-06-06", 0)).toBe("not-measured");
	expect(volumeAim(office, 2000, periodOf(zone, "2026-04"))).toBe(42_000);
});
