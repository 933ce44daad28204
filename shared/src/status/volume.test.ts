import { expect, test } from "vitest";
import { compileCalendar } from "../calendar/compile-calendar.ts";
import { periodOf } from "./local-time.ts";
import { volumeAim, volumeVerdict } from "./volume.ts";

const weekly = { mon: ["09:00-17:00"], fri: ["22:00-06:00"] };
const calendar = compileCalendar({ zone: "Europe/Brussels", weekly, holidays: ["2026-06-08"] }, {});

test("a working day reaches its aim or falls below it, another date is not measured", () => {
	const verdict = (date: string, processed: number) => volumeVerdict(calendar, 2000, { date, processed });
	expect([verdict("2026-06-01", 2000), verdict("2026-06-01", 1999)]).toEqual(["met", "below"]);
	// A holiday, and the morning into which Friday's shift runs.
	expect([verdict("2026-06-08", 5000), verdict("2026-06-06", 0)]).toEqual(["not-measured", "not-measured"]);
});

test("the aim of a period is that of its working days", () => {
	const june = periodOf(calendar.zone, "2026-06");
	expect(volumeAim(calendar, 2000, june)).toBe(8 * 2000);
	expect(volumeAim(calendar, 2000, { from: june.from + 1, to: june.to })).toBe(7 * 2000);
	expect(volumeAim(calendar, 2000, { from: june.from, to: june.from })).toBe(0);
});
