import { expect, test } from "vitest";
import { evaluate } from "../sla/evaluate.ts";
import { alerted, answer, at, classified, local, moved, opened, prioritised, state } from "../sla/testing/ledger.ts";
import { minute, policyWith } from "../sla/testing/policy.ts";
import { previewCells } from "./preview.ts";

const start = [opened("2026-06-01 09:00"), prioritised("2026-06-01 09:00", "P3"), answer("2026-06-01 09:10")];
const now = at("2026-06-01 11:30");

function cell(impact: string, urgency: string, facts = start, policy = policyWith()) {
	const found = previewCells(facts, policy, now).find((each) => each.impact === impact && each.urgency === urgency);
	if (!found) throw new Error(`Expected a cell for ${impact} × ${urgency}, found none`);
	return found;
}

test("every cell is previewed, row by row", () => {
	expect(
		previewCells(start, policyWith(), now).map(({ impact, urgency, priority }) => [impact, urgency, priority]),
	).toEqual([
		["high", "high", "P1"],
		["high", "low", "P2"],
		["low", "high", "P2"],
		["low", "low", "P3"],
	]);
});

test("a cell shows the deadline that it would give", () => {
	expect(cell("high", "high").deadlines).toEqual([
		{ goal: "resolution", deadline: at("2026-06-01 13:00"), remaining: 90 * minute, missed: false },
	]);
	expect(local(cell("high", "low").deadlines[0]?.deadline)).toBe("2026-06-01 17:00");
});

test("what a cell shows is what choosing it gives", () => {
	for (const { impact, urgency, priority, deadlines } of previewCells(start, policyWith(), now)) {
		const { clocks } = evaluate([...start, classified(now, impact, urgency, priority)], policyWith(), now);
		expect(deadlines[0]?.deadline).toBe(clocks.find(({ goal }) => goal === "resolution")?.deadline);
	}
});

test("a cell shows who would be told when", () => {
	expect(cell("high", "high").alerts.map(({ role, at: when, step }) => [role, local(when), step])).toEqual([
		["lead", "2026-06-01 11:30", "half"],
		["lead", "2026-06-01 12:12", "most"],
		["manager", "2026-06-01 12:12", "most"],
		["manager", "2026-06-01 13:00", "breach"],
		["director", "2026-06-01 15:00", "late"],
	]);
	expect(cell("low", "low").alerts[0]).toEqual({
		role: "lead",
		at: at("2026-06-01 17:00"),
		goal: "resolution",
		step: "half",
	});
});

test("a choice that breaches at once says so, and tells one step", () => {
	const late = at("2026-06-01 14:00");
	const [first] = previewCells(start, policyWith(), late);
	expect(first?.deadlines[0]).toMatchObject({ missed: true, remaining: -60 * minute });
	expect(first?.alerts.map(({ step, at: when }) => [step, local(when)])).toEqual([
		["breach", "2026-06-01 14:00"],
		["late", "2026-06-01 15:00"],
	]);
});

test("who has been told already is not told again", () => {
	const told = [...start, alerted("2026-06-01 11:00", { goal: "resolution", cycle: 1, step: "half", occurrence: 0 })];
	expect(cell("high", "high", told).alerts.map(({ step }) => step)).not.toContain("half");
});

test("alerts of a change wait for its grace", () => {
	const policy = policyWith({ grace: 10 * minute });
	expect(cell("high", "high", start, policy).alerts[0]).toMatchObject({ step: "half", at: at("2026-06-01 11:40") });
});

test("a capped cell shows what the cap makes of it", () => {
	const matrix = { ...policyWith().matrix, caps: [{ groups: ["Test"], atMost: "P3", unlessJustified: true }] };
	const found = cell("high", "high", [...start, moved("2026-06-01 09:05", "Test")], policyWith({ matrix }));
	expect(found).toMatchObject({ priority: "P3", cappedFrom: "P1", justificationLiftsCap: true });
	expect(local(found.deadlines[0]?.deadline)).toBe("2026-06-02 17:00");
});

test("goals that are done with are left out, a paused one has no deadline", () => {
	expect(cell("high", "high", [...start, state("2026-06-01 11:00", "solved")])).toMatchObject({
		deadlines: [],
		alerts: [],
	});
	expect(cell("high", "low", [...start, state("2026-06-01 11:00", "waiting")]).deadlines).toEqual([
		{ goal: "resolution", deadline: null, remaining: 360 * minute, missed: false },
	]);
});

test("a priority that is kept to roles shows what others get, and what those roles get", () => {
	const deciding = {
		customer: "always" as const,
		restricted: [{ priorities: ["P1"], roles: ["on-call"], otherwise: "P2" }],
		withoutConsensus: null,
	};
	const policy = policyWith({ deciding });
	const first = (role: string | null) => previewCells(start, policy, now, role)[0];
	const [others, onCall] = [first("lead"), first("on-call")];
	expect([others?.priority, others?.becomes]).toEqual(["P1", "P2"]);
	expect(others?.deadlines).toEqual(cell("high", "low").deadlines);
	expect([onCall?.priority, onCall?.becomes]).toEqual(["P1", "P1"]);
	expect(onCall?.deadlines).toEqual(cell("high", "high").deadlines);
});
