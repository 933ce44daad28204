import { expect, test } from "vitest";
import { compileCalendar } from "../calendar/compile-calendar.ts";
import type { NoticeRule } from "../policy/policy.ts";
import { isSubstantial, latestNotice, noticeFaults, restartAt } from "./notice.ts";

const zone = "Europe/Brussels";
const rule: NoticeRule = {
	daysAhead: 5,
	clearDays: false,
	endBefore: "16:00",
	substantial: 15 * 60_000,
	agreement: false,
};
const at = (text: string) => Date.parse(text);

test("notice ends at the same time of day so many dates before, whatever the clock does in between", () => {
	const latest = (start: string) => new Date(latestNotice(rule, zone, at(start))).toISOString();
	expect(latest("2026-06-11T12:00:00+02:00")).toBe("2026-06-06T10:00:00.000Z");
	expect(latest("2026-03-31T10:00:00+02:00")).toBe("2026-03-26T09:00:00.000Z");
	expect(latest("2026-10-27T10:00:00+01:00")).toBe("2026-10-22T08:00:00.000Z");
});

test("clear days are whole dates between the announcement and the start", () => {
	const clear = { ...rule, clearDays: true };
	expect(latestNotice(clear, zone, at("2026-06-11T12:00:00+02:00"))).toBe(at("2026-06-06T00:00:00+02:00") - 1);
});

test("an interruption is held against its notice and its end, which must lie before the hour", () => {
	const faults = (announcedAt: string, end: string, change: Partial<NoticeRule> = {}) =>
		noticeFaults({ ...rule, ...change }, zone, {
			announcedAt: at(announcedAt),
			start: at("2026-06-11T12:00:00+02:00"),
			end: at(end),
		});
	expect(faults("2026-06-06T12:00:00+02:00", "2026-06-11T15:59:59+02:00")).toEqual([]);
	expect(faults("2026-06-06T12:00:01+02:00", "2026-06-11T16:00:00+02:00")).toEqual(["short-notice", "ends-late"]);
	expect(faults("2026-06-06T12:00:00+02:00", "2026-06-11T22:00:00+02:00", { endBefore: null })).toEqual([]);
});

test("an end that moves by the threshold or more, either way, is told again", () => {
	const end = at("2026-06-11T12:00:00+02:00");
	const moves = [-15, -14, 0, 14, 15].map((minutes) => isSubstantial(rule, end, end + minutes * 60_000));
	expect(moves).toEqual([true, false, false, false, true]);
});

test("a restart waits for office hours", () => {
	const office = compileCalendar({ zone, weekly: { tue: ["09:00-17:00"], wed: ["09:00-17:00"] } }, {});
	expect(restartAt(office, at("2026-06-02T16:30:00+02:00"))).toBe(at("2026-06-02T16:30:00+02:00"));
	expect(restartAt(office, at("2026-06-02T18:20:00+02:00"))).toBe(at("2026-06-03T09:00:00+02:00"));
});
