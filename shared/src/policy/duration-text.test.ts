import { describe, expect, test } from "vitest";
import { formatAmount, formatDuration, toAmount, toDuration, toMoment, UnreadableTime } from "./duration-text.ts";

const minute = 60_000;
const hour = 60 * minute;

function refusal(read: () => unknown): { expected: string; suggestion: string | undefined } {
	try {
		read();
	} catch (error) {
		if (error instanceof UnreadableTime) return { expected: error.expected, suggestion: error.suggestion };
		throw error;
	}
	throw new Error("Expected a refusal, found none");
}

describe("a duration", () => {
	test.each([
		["90m", 90 * minute],
		["2h", 2 * hour],
		["1h 30m", 90 * minute],
		["1h30m", 90 * minute],
		["45s", 45_000],
		["1h 2m 3s", hour + 2 * minute + 3_000],
		["0m", 0],
		["10000h", 10_000 * hour],
	])("%s is %d ms", (text, duration) => {
		expect(toDuration(text)).toBe(duration);
	});

	test.each(["", " 2h", "2h ", "h", "2", "30m 1h", "-2h", "1.5h", "2h 2h", "1d"])("%j is none", (text) => {
		expect(() => toDuration(text)).toThrow(UnreadableTime);
	});

	test.each([
		["1 day", "1 working day"],
		["3 days", "3 working days"],
		["2d", "2 working days"],
	])("%s is refused with the reason, and working days are offered", (text, suggestion) => {
		expect(refusal(() => toDuration(text))).toEqual({
			expected:
				"hours such as 8h, or working days: a day is not a duration, since 24 business hours fill three days of eight",
			suggestion,
		});
	});

	test.each([
		["30 minutes", "30m"],
		["2 hours", "2h"],
		["1 hour and 30 minutes", "1h 30m"],
		["2 H", "2h"],
	])("%s is refused, and %s is offered", (text, suggestion) => {
		expect(refusal(() => toDuration(text))).toEqual({ expected: "a duration such as 90m, 2h or 1h 30m", suggestion });
	});

	test("is refused beyond ten thousand hours", () => {
		expect(refusal(() => toDuration("10000h 1s")).expected).toBe("at most 10000h");
	});

	test.each([
		[0, "0m"],
		[90 * minute, "1h 30m"],
		[24 * hour, "24h"],
		[-30 * minute, "-30m"],
		[61_999, "1m 1s"],
		[999, "0m"],
	])("%d ms is written %s", (duration, text) => {
		expect(formatDuration(duration)).toBe(text);
	});

	test("reads back as it was written", () => {
		for (let duration = 0; duration < 30 * hour; duration += 7_777_000) {
			expect(toDuration(formatDuration(duration))).toBe(duration);
		}
	});
});

describe("a target", () => {
	test("is business time or working days", () => {
		expect(toAmount("4h")).toEqual({ kind: "business", duration: 4 * hour });
		expect(toAmount("1 working day")).toEqual({ kind: "workingDays", days: 1 });
		expect(toAmount("3 working days")).toEqual({ kind: "workingDays", days: 3 });
	});

	test("is more than nothing, and not beyond reach", () => {
		expect(refusal(() => toAmount("0m")).expected).toBe("more than zero");
		expect(refusal(() => toAmount("0 working days")).expected).toBe("between 1 and 1000 working days");
		expect(refusal(() => toAmount("1001 working days")).expected).toBe("between 1 and 1000 working days");
	});

	test("is written as a policy writes it", () => {
		expect(formatAmount({ kind: "business", duration: 90 * minute })).toBe("1h 30m");
		expect(formatAmount({ kind: "workingDays", days: 1 })).toBe("1 working day");
		expect(formatAmount({ kind: "workingDays", days: 5 })).toBe("5 working days");
	});
});

describe("a moment of a ladder", () => {
	test.each([
		["80%", { kind: "percent", percent: 80 }],
		["100%", { kind: "percent", percent: 100 }],
		["deadline", { kind: "deadline", offset: 0 }],
		["deadline + 30m", { kind: "deadline", offset: 30 * minute }],
		["deadline+1h 30m", { kind: "deadline", offset: 90 * minute }],
		["deadline - 1h", { kind: "deadline", offset: -hour }],
	])("%s is read", (text, moment) => {
		expect(toMoment(text)).toEqual(moment);
	});

	test.each(["80", "80.5%", "0%", "101%", "-5%", "deadline 30m", "dead line", "30m", "deadline + "])(
		"%j is none",
		(text) => {
			expect(() => toMoment(text)).toThrow(UnreadableTime);
		},
	);

	test("after a day is refused with the reason", () => {
		expect(refusal(() => toMoment("deadline + 1 day")).expected).toContain("a day is not a duration");
	});
});
