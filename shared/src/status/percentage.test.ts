import fc from "fast-check";
import { expect, test } from "vitest";
import { allowanceOf, printPercentage, printSpan, readPercentage } from "./percentage.ts";

const hour = 3_600_000;

test("a percentage is the share that may be lost, in whole numbers", () => {
	expect(readPercentage("99.3")).toEqual({ parts: 7, of: 1000 });
	expect(readPercentage("99.95")).toEqual({ parts: 5, of: 10_000 });
	expect([readPercentage("100"), readPercentage("0")]).toEqual([
		{ parts: 0, of: 100 },
		{ parts: 100, of: 100 },
	]);
});

test("what is no percentage is refused with what was expected", () => {
	for (const text of ["100.1", "99,5", "-1", "", "99.1234567", "99 %"]) {
		expect(() => readPercentage(text)).toThrow(`such as 99.95, found ${JSON.stringify(text)}`);
	}
});

test("the allowance is what may be lost to the millisecond, and compares like the exact share", () => {
	expect(allowanceOf("99.3", 253 * hour)).toBe(6_375_600);
	expect(allowanceOf("99.9", 10 * 366 * 24 * hour)).toBe(316_224_000);
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 400_000_000_000 }),
			fc.integer({ min: 0, max: 10_000 }),
			fc.integer({ min: -1, max: 1 }),
			(measured, hundredths, beside) => {
				const percentage = (hundredths / 100).toFixed(2);
				const allowance = allowanceOf(percentage, measured);
				const down = allowance + beside;
				const isReached = BigInt(down) * 10_000n <= BigInt(measured) * BigInt(10_000 - hundredths);
				expect(isReached).toBe(down <= allowance);
			},
		),
		{ seed: 1, numRuns: 1000 },
	);
});

test("a figure is printed rounded down, and not at all when nothing was measured", () => {
	expect(printPercentage({ measuredMs: 100_000, downMs: 4 })).toBe("99.996");
	expect(printPercentage({ measuredMs: 100_000, downMs: 4 }, 2)).toBe("99.99");
	expect(printPercentage({ measuredMs: 100_000, downMs: 4 }, 0)).toBe("99");
	expect(printPercentage({ measuredMs: 10, downMs: 10 })).toBe("0.000");
	expect(printPercentage({ measuredMs: 10, downMs: 0 }, 2)).toBe("100.00");
	expect(printPercentage({ measuredMs: 0, downMs: 0 })).toBeNull();
});

test("a span is printed to its last millisecond", () => {
	expect([6_375_600, 2_674_800, 24.5 * hour, 0, 59_001, -180_000].map(printSpan)).toEqual([
		"1:46:15.6",
		"44:34.8",
		"24:30:00",
		"0:00",
		"0:59.001",
		"-3:00",
	]);
});
