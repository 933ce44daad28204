import { describe, expect, test } from "vitest";
import type { Line } from "../policy/policy.ts";
import { evaluate } from "./evaluate.ts";
import { clockOf } from "./testing/clock-of.ts";
import {
	agreed,
	answer,
	at,
	handedOver,
	local,
	moved,
	opened,
	paused,
	prioritised,
	resumed,
	state,
} from "./testing/ledger.ts";
import { businessHours, hour, minute, policyWith, service, words } from "./testing/policy.ts";

const line = (id: string, change: Partial<Line> = {}): Line => ({
	...{ id, name: words(id), groups: [], minimum: null, designated: true },
	...change,
});
const lines = [
	line("first", { groups: ["Desk"] }),
	line("second", { groups: ["Experts"], minimum: 2 * hour }),
	line("third", { groups: ["Makers"], minimum: hour }),
];
const policy = policyWith({ services: [service({ lines })] });

/** Four hours of resolution from Monday 09:00, due 13:00. */
const start = [opened("2026-06-01 09:00"), prioritised("2026-06-01 09:00", "P1"), answer("2026-06-01 09:10")];

describe("a line is to pass a ticket on while the next one still has its minimum", () => {
	test.each([
		["2026-06-01 09:00", "2026-06-01 11:00", "two hours before the deadline"],
		["2026-06-01 14:00", "2026-06-01 16:00", "on the resolution's calendar"],
		["2026-06-01 15:00", "2026-06-02 09:00", "the latest instant: an opening, not the closing before"],
		["2026-06-05 16:00", "2026-06-08 10:00", "over a weekend"],
	])("opened %s: until %s (%s)", (when, until, _what) => {
		const facts = [opened(when), prioritised(when, "P1")];
		expect(clockOf("handover", facts, when, policy)).toMatchObject({
			state: "running",
			line: "first",
			deadline: at(until),
			remaining: 2 * hour,
			calendar: "flemish",
			promise: "commitment",
			target: null,
		});
	});

	test("with the resolution's pauses, and none while one lasts", () => {
		const facts = [...start, paused("2026-06-01 10:00"), resumed("2026-06-01 10:30")];
		expect(clockOf("handover", facts, "2026-06-01 10:15", policy)).toMatchObject({
			state: "paused",
			deadline: null,
			remaining: hour,
		});
		expect(local(clockOf("handover", facts, "2026-06-01 11:00", policy).deadline)).toBe("2026-06-01 11:30");
	});

	test("met when it is passed on, late when the next one has less", () => {
		const intime = [...start, handedOver("2026-06-01 11:00", "second")];
		const { past, clocks } = evaluate(intime, policy, at("2026-06-01 11:30"));
		expect(past).toMatchObject([{ goal: "handover", line: "first", state: "met", metAt: at("2026-06-01 11:00") }]);
		expect(clocks.find(({ goal }) => goal === "handover")).toMatchObject({
			cycle: 2,
			line: "second",
			startedAt: at("2026-06-01 11:00"),
			deadline: at("2026-06-01 12:00"),
		});
		const late = [...start, handedOver("2026-06-01 11:00:01", "second")];
		expect(evaluate(late, policy, at("2026-06-01 11:30")).past).toMatchObject([
			{ state: "missed", breachedAt: at("2026-06-01 11:00"), metAt: at("2026-06-01 11:00:01") },
		]);
	});

	test("a line that got it too late for the next one has to pass it on at once", () => {
		const facts = [...start, handedOver("2026-06-01 12:30", "second")];
		expect(clockOf("handover", facts, "2026-06-01 12:30", policy)).toMatchObject({
			state: "running",
			deadline: at("2026-06-01 12:30"),
		});
		expect(clockOf("handover", facts, "2026-06-01 12:31", policy)).toMatchObject({
			state: "missed",
			breachedAt: at("2026-06-01 12:30"),
		});
	});

	test("cancelled when it is passed back or the ticket ends; the last line has none", () => {
		const back = [...start, handedOver("2026-06-01 10:00", "second"), handedOver("2026-06-01 10:30", "first")];
		expect(evaluate(back, policy, at("2026-06-01 10:45")).past.map(({ state: verdict }) => verdict)).toEqual([
			"met",
			"cancelled",
		]);
		const solved = [...start, state("2026-06-01 10:00", "solved")];
		expect(clockOf("handover", solved, "2026-06-01 16:00", policy)).toMatchObject({ state: "cancelled" });
		const last = [...start, handedOver("2026-06-01 10:00", "third")];
		expect(clockOf("handover", last, "2026-06-01 10:30", policy)).toMatchObject({ line: "first", state: "met" });
	});

	test("once passed on it is judged by the resolution as it was then", () => {
		const facts = [...start, handedOver("2026-06-01 10:30", "second"), prioritised("2026-06-01 12:00", "P3")];
		const [met] = evaluate(facts, policy, at("2026-06-01 12:30")).past;
		expect(met).toMatchObject({ state: "met", deadline: at("2026-06-01 11:00") });
	});

	test("an agreed deadline of the resolution leaves more", () => {
		const facts = [...start, agreed("2026-06-01 10:00", "resolution", "2026-06-02 12:00")];
		expect(local(clockOf("handover", facts, "2026-06-01 10:30", policy).deadline)).toBe("2026-06-02 10:00");
	});

	test.each([
		["30 min", 0.5, "2026-06-01 09:30"],
		["3 h", 3, "2026-06-01 11:00"],
	])("a target of %s is another bound: the earlier holds", (_what, hours, due) => {
		const targets = { P1: { resolution: businessHours(4), handover: businessHours(hours) } };
		const both = policyWith({ services: [service({ lines, targets })] });
		expect(local(clockOf("handover", start, "2026-06-01 09:10", both).deadline)).toBe(due);
	});

	test("best effort leaves no minimum to keep to", () => {
		const facts = [opened("2026-06-01 09:00"), prioritised("2026-06-01 09:00", "P4")];
		expect(clockOf("handover", facts, "2026-06-01 16:00", policy)).toMatchObject({
			promise: "best-effort",
			deadline: null,
			state: "running",
		});
	});

	test("its steps are called in what it has", () => {
		const ladder = policyWith().ladders.map((each) => ({ ...each, goals: ["handover" as const] }));
		const climbing = policyWith({ services: [service({ lines })], ladders: ladder });
		const { owed } = evaluate(start, climbing, at("2026-06-01 11:00:01"));
		expect(owed.map(({ goal, step, owedAt }) => [goal, step, local(owedAt)])).toEqual([
			["handover", "half", "2026-06-01 10:00"],
			["handover", "most", "2026-06-01 10:36"],
			["handover", "breach", "2026-06-01 11:00"],
		]);
	});
});

describe("what each line had of a ticket", () => {
	test("B7 you received this with 18 minutes left; the first line used 3 h 42", () => {
		const facts = [...start, handedOver("2026-06-01 12:42", "second")];
		expect(evaluate(facts, policy, at("2026-06-01 12:50")).lines).toEqual([
			{
				line: "first",
				receivedAt: at("2026-06-01 09:00"),
				passedAt: at("2026-06-01 12:42"),
				used: 3 * hour + 42 * minute,
				leftAtReceipt: 4 * hour,
			},
			{
				line: "second",
				receivedAt: at("2026-06-01 12:42"),
				passedAt: null,
				used: 8 * minute,
				leftAtReceipt: 18 * minute,
			},
		]);
	});

	test("adds up to what the resolution used: without pauses, nights and what came after the end", () => {
		const facts = [
			...start,
			paused("2026-06-01 10:00"),
			resumed("2026-06-01 11:00"),
			moved("2026-06-01 16:30", "Experts"),
			handedOver("2026-06-02 10:00", "third"),
			state("2026-06-02 12:00", "closed"),
		];
		const { lines: shares, clocks } = evaluate(facts, policy, at("2026-06-05 12:00"));
		expect(shares.map(({ line: id, used }) => [id, used / hour])).toEqual([
			["first", 6.5],
			["second", 1.5],
			["third", 2],
		]);
		expect(clocks.find(({ goal }) => goal === "resolution")?.elapsed).toBe(10 * hour);
	});

	test("begins at the line of its group, else at the first; what names no line moves nothing", () => {
		const facts = [
			opened("2026-06-01 09:00"),
			moved("2026-06-01 09:00", "Experts"),
			moved("2026-06-01 10:00", "Elsewhere"),
			handedOver("2026-06-01 11:00", "nobody"),
		];
		expect(evaluate(facts, policy, at("2026-06-01 12:00")).lines).toMatchObject([{ line: "second", passedAt: null }]);
	});

	test("is nothing for a service without lines; there a hand-over in writing meets its target", () => {
		const targets = { P1: { handover: businessHours(2) } };
		const plain = policyWith({ services: [service({ targets })] });
		const facts = [...start, handedOver("2026-06-01 10:30", "experts")];
		expect(clockOf("handover", start, "2026-06-01 10:00", plain)).toMatchObject({ deadline: at("2026-06-01 11:00") });
		const after = evaluate(facts, plain, at("2026-06-01 12:00"));
		expect(after.clocks.find(({ goal }) => goal === "handover")).toMatchObject({ state: "met" });
		expect(evaluate(facts, policyWith(), at("2026-06-01 12:00")).lines).toEqual([]);
	});
});
