import { describe, expect, test } from "vitest";
import { policyWith } from "../sla/testing/policy.ts";
import { hasCell, type MatrixChoice, priorityFor } from "./matrix.ts";

const policy = policyWith({
	matrix: {
		...policyWith().matrix,
		caps: [
			{ groups: ["Test", "Acceptance"], atMost: "P3", unlessJustified: true },
			{ groups: ["Archive"], atMost: "P2", unlessJustified: false },
		],
	},
});

const choice = (change: Partial<MatrixChoice>): MatrixChoice => ({
	impact: "high",
	urgency: "high",
	group: null,
	justification: null,
	...change,
});

describe("a cell of the matrix", () => {
	test.each([
		["high", "high", "P1"],
		["high", "low", "P2"],
		["low", "high", "P2"],
		["low", "low", "P3"],
	])("%s impact and %s urgency are %s", (impact, urgency, priority) => {
		expect(priorityFor(policy, choice({ impact, urgency }))).toEqual({
			priority,
			cappedFrom: null,
			justificationLiftsCap: false,
		});
	});

	test.each([
		[{ impact: "huge" }, 'Expected impact high, low, found "huge"'],
		[{ urgency: "" }, 'Expected urgency high, low, found ""'],
		[{ impact: "constructor" }, 'Expected impact high, low, found "constructor"'],
	])("%j is refused with what is allowed", (change, message) => {
		expect(() => priorityFor(policy, choice(change))).toThrow(new RangeError(message));
	});

	test("is one of those that the matrix names", () => {
		expect(hasCell(policy, "high", "low")).toBe(true);
		expect(hasCell(policy, "low", "medium")).toBe(false);
		expect(hasCell(policy, "constructor", "name")).toBe(false);
	});
});

describe("a cap", () => {
	test("AJH-14 in a test environment the priority is at most P3 without a justification", () => {
		const capped = { priority: "P3", cappedFrom: "P1", justificationLiftsCap: true };
		expect(priorityFor(policy, choice({ group: "Test" }))).toEqual(capped);
		expect(priorityFor(policy, choice({ group: "Acceptance", justification: "  " }))).toEqual(capped);
	});

	test("AJH-15 a justification lifts it", () => {
		expect(priorityFor(policy, choice({ group: "Test", justification: "Release tonight" }))).toEqual({
			priority: "P1",
			cappedFrom: null,
			justificationLiftsCap: true,
		});
	});

	test("that no justification lifts stays", () => {
		expect(priorityFor(policy, choice({ group: "Archive", justification: "Please" }))).toEqual({
			priority: "P2",
			cappedFrom: "P1",
			justificationLiftsCap: false,
		});
	});

	test("leaves alone what is not above it, and other groups", () => {
		const free = { cappedFrom: null, justificationLiftsCap: false };
		expect(priorityFor(policy, choice({ group: "Test", impact: "low", urgency: "low" }))).toEqual({
			priority: "P3",
			...free,
		});
		expect(priorityFor(policy, choice({ group: "Production" }))).toEqual({ priority: "P1", ...free });
	});
});
