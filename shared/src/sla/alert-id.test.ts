import fc from "fast-check";
import { expect, test } from "vitest";
import { type AlertName, alertKey } from "./alert-id.ts";

const name: AlertName = {
	connection: "zammad-1",
	ticket: "42",
	goal: "first-response",
	cycle: 1,
	step: "breach",
	occurrence: 0,
};

test("an alert's id can be read", () => {
	expect(alertKey(name)).toBe("zammad-1.42.first-response.1.breach.0");
	expect(alertKey({ ...name, connection: "Desk: één" })).toBe("Desk~3a~~20~~e9~~e9~n.42.first-response.1.breach.0");
});

test("two different alerts never share an id, and an id holds nothing that an address or a job id forbids", () => {
	const anyName = fc.record({
		connection: fc.string({ unit: "grapheme" }),
		ticket: fc.constantFrom("1", "1.1", "1~2e~1", "a:b"),
		goal: fc.constantFrom("first-response" as const, "resolution" as const),
		cycle: fc.integer({ min: 1, max: 12 }),
		step: fc.constantFrom("a", "a.1", "1.a", "~", "é"),
		occurrence: fc.nat({ max: 12 }),
	});
	fc.assert(
		fc.property(anyName, anyName, (one, other) => {
			expect(alertKey(one)).toMatch(/^[A-Za-z0-9_.~-]+$/);
			expect(alertKey(one) === alertKey(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
		}),
		{ seed: 3, numRuns: 500 },
	);
});
