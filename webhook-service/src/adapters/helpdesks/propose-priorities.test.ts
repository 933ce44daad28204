import { describe, expect, it } from "vitest";
import { mostUrgentFirst, proposePriorities } from "./propose-priorities.ts";

describe("labels from the most to the least urgent", () => {
	it("are sorted by their words in four languages", () => {
		expect(mostUrgentFirst(["1 low", "2 normal", "3 high"])).toEqual(["3 high", "2 normal", "1 low"]);
		expect(mostUrgentFirst(["laag", "kritiek", "hoog", "normaal"])).toEqual(["kritiek", "hoog", "normaal", "laag"]);
		expect(mostUrgentFirst(["faible", "moyenne", "haute"])).toEqual(["haute", "moyenne", "faible"]);
		expect(mostUrgentFirst(["niedrig", "sehr hoch", "hoch"])).toEqual(["sehr hoch", "hoch", "niedrig"]);
		expect(mostUrgentFirst(["P3", "P1", "P2"])).toEqual(["P1", "P2", "P3"]);
	});

	it("stay as given when a word says nothing", () => {
		expect(mostUrgentFirst(["gold", "high", "low"])).toEqual(["gold", "high", "low"]);
	});
});

describe("a proposal", () => {
	it("gives every one of five priorities a label, however many labels there are", () => {
		for (const labels of [["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"], ["a", "b", "c", "d", "e"]]) {
			const proposed = proposePriorities(labels);
			expect(Object.keys(proposed)).toEqual(labels);
			expect(Object.values(proposed).flat().sort()).toEqual(["P1", "P2", "P3", "P4", "P5"]);
		}
	});

	it("makes P5 of whatever comes after the fifth", () => {
		expect(proposePriorities(["a", "b", "c", "d", "e", "f"])).toMatchObject({ a: ["P1"], e: ["P5"], f: ["P5"] });
	});

	it("is empty without labels", () => {
		expect(proposePriorities([])).toEqual({});
	});
});
