import { describe, expect, test } from "vitest";
import { cutRanges, parseRanges } from "./local-ranges.ts";

describe("ranges of a date", () => {
	test.each([
		[["09:00-17:00"], [[540, 1020]]],
		[["00:00-24:00"], [[0, 1440]]],
		[["22:00-06:00"], [[1320, 1800]]],
		[["22:00-00:00"], [[1320, 1440]]],
		[
			["13:30-17:00", "09:00-12:30"],
			[
				[540, 750],
				[810, 1020],
			],
		],
		[
			["08:00-12:00", "12:00-16:00"],
			[
				[480, 720],
				[720, 960],
			],
		],
		[[], []],
	])("%j are minutes after midnight, in order", (texts, expected) => {
		expect(parseRanges(texts, "weekly.mon")).toEqual(expected);
	});

	test.each(["9:00-17:00", "09:00-09:00", "24:00-08:00", "09:00-24:30", "09:00", "09:60-10:00", "", 9, null])(
		"%j is no range",
		(text) => {
			expect(() => parseRanges([text], "weekly.mon")).toThrow(
				expect.objectContaining({ code: "INVALID_RANGE", path: "weekly.mon[0]" }),
			);
		},
	);

	test.each([
		[["09:00-12:00", "11:00-17:00"], "09:00-12:00 and 11:00-17:00"],
		[["22:00-06:00", "23:00-24:00"], "22:00-06:00 and 23:00-24:00"],
		[["09:00-17:00", "09:00-17:00"], "09:00-17:00 and 09:00-17:00"],
	])("%j overlap", (texts, found) => {
		expect(() => parseRanges(texts, "weekly.mon")).toThrow(
			expect.objectContaining({ code: "OVERLAPPING_RANGES", path: "weekly.mon", found }),
		);
	});
});

test("cutting leaves what lies outside, on either side", () => {
	expect(cutRanges([[0, 10]], 3, 5)).toEqual([
		[0, 3],
		[5, 10],
	]);
	expect(cutRanges([[0, 10]], 0, 10)).toEqual([]);
	expect(cutRanges([[0, 10]], 10, 20)).toEqual([[0, 10]]);
	expect(cutRanges([[0, 10]], -5, 4)).toEqual([[4, 10]]);
});
