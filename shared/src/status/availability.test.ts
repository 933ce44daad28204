import fc from "fast-check";
import { expect, test } from "vitest";
import { compileCalendar } from "../calendar/compile-calendar.ts";
import { availability } from "./availability.ts";

const HOUR_MS = 3_600_000;
const office = compileCalendar({ zone: "UTC", weekly: { mon: ["09:00-17:00"], tue: ["09:00-17:00"] } }, {});
const monday = Date.UTC(2026, 2, 2);
const hour = (count: number): number => monday + count * HOUR_MS;

test("time that is both down and planned counts neither as lost nor as measured", () => {
	expect(
		availability(office, {
			from: hour(0),
			to: hour(48),
			side: "in",
			down: [
				[hour(10), hour(12)],
				[hour(11), hour(13)],
			],
			planned: [[hour(12), hour(14)]],
		}),
	).toEqual({ measuredMs: 14 * HOUR_MS, downMs: 2 * HOUR_MS });
});

test("an outage without an end lasts until the end of the period", () => {
	const question = { from: hour(0), to: hour(24), down: [[hour(16), null]] as const };
	expect(availability(office, { ...question, side: "in" }).downMs).toBe(HOUR_MS);
	expect(availability(office, { ...question, side: "out" }).downMs).toBe(7 * HOUR_MS);
});

test("in and out of hours add up to all hours, and nothing is lost that was not measured", () => {
	const instant = fc.integer({ min: -20, max: 80 }).map((count) => hour(count) + 1);
	const span = fc.tuple(instant, fc.oneof(instant, fc.constant(null)));
	fc.assert(
		fc.property(instant, instant, fc.array(span), fc.array(span), (from, to, down, planned) => {
			const sides = (["in", "out", "all"] as const).map((side) =>
				availability(office, { from, to, side, down, planned }),
			);
			const [inside, outside, all] = sides;
			expect((inside?.measuredMs ?? 0) + (outside?.measuredMs ?? 0)).toBe(all?.measuredMs);
			expect((inside?.downMs ?? 0) + (outside?.downMs ?? 0)).toBe(all?.downMs);
			for (const { measuredMs, downMs } of sides) {
				expect(downMs).toBeGreaterThanOrEqual(0);
				expect(downMs).toBeLessThanOrEqual(measuredMs);
			}
		}),
		{ seed: 1, numRuns: 300 },
	);
});
