import { expect, test } from "vitest";
import { DAY_MS, dayNumber } from "../calendar/civil-date.ts";
import { instantOf, localTimeOf, periodOf } from "./local-time.ts";

const hour = 3_600_000;
const hoursOf = (zone: string, text: string) => {
	const { from, to } = periodOf(zone, text);
	return (to - from) / hour;
};

test("months and years run from local midnight to local midnight", () => {
	expect(periodOf("Europe/Brussels", "2026-03")).toEqual({
		from: Date.parse("2026-03-01T00:00:00+01:00"),
		to: Date.parse("2026-04-01T00:00:00+02:00"),
	});
	expect([hoursOf("Europe/Brussels", "2026-03"), hoursOf("Europe/Brussels", "2026-10")]).toEqual([743, 745]);
	expect([hoursOf("Europe/Brussels", "2026-12"), hoursOf("Europe/Brussels", "2028-02")]).toEqual([744, 696]);
	expect([hoursOf("Pacific/Auckland", "2026"), hoursOf("America/New_York", "2028")]).toEqual([8760, 8784]);
});

test("a text that is no period is refused with what was expected", () => {
	for (const text of ["2026-13", "2026-3", "26-03", "March", ""]) {
		expect(() => periodOf("UTC", text)).toThrow(
			`Expected a month such as 2026-03 or a year such as 2026, found ${JSON.stringify(text)}`,
		);
	}
});

test("a time that is skipped is the jump, one that is shown twice its first showing", () => {
	const at = (month: number, day: number, minutes: number) =>
		instantOf("Europe/Brussels", { day: dayNumber(2026, month, day), time: minutes * 60_000 });
	expect(at(3, 29, 150)).toBe(Date.parse("2026-03-29T03:00:00+02:00"));
	expect(at(10, 25, 150)).toBe(Date.parse("2026-10-25T02:30:00+02:00"));
	// In Cairo that midnight does not exist.
	const cairo = dayNumber(2026, 4, 24);
	expect(instantOf("Africa/Cairo", { day: cairo, time: 0 })).toBe(Date.parse("2026-04-24T01:00:00+03:00"));
});

test("every instant is found again from what the wall clock shows, or the earlier one that shows the same", () => {
	for (const zone of ["Europe/Brussels", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns"]) {
		for (let instant = Date.UTC(2025, 11, 30); instant < Date.UTC(2027, 0, 3); instant += 5.3 * hour) {
			const local = localTimeOf(zone, instant);
			const found = instantOf(zone, local);
			expect(found).toBeLessThanOrEqual(instant);
			expect(instant - found).toBeLessThan(DAY_MS);
			expect(localTimeOf(zone, found)).toEqual(local);
		}
	}
});
