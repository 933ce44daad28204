import { describe, expect, test } from "vitest";
import type { Policy } from "../policy/policy.ts";
import { evaluate } from "./evaluate.ts";
import type { Fact } from "./fact.ts";
import { clockOf } from "./testing/clock-of.ts";
import { answer, assigned, at, handedOver, moved, opened, prioritised, question, state } from "./testing/ledger.ts";
import { businessHours, forEveryGoal, policyWith, service } from "./testing/policy.ts";

function promising(change: Partial<Policy> = {}): Policy {
	return policyWith({
		services: [
			service({ targets: { P2: { pickup: businessHours(1), "next-update": businessHours(4) }, P3: {} } }),
			service({ id: "other", groups: ["Other"], targets: {} }),
		],
		...change,
	});
}

const start = [opened("2026-06-01 09:00"), prioritised("2026-06-01 09:00", "P2")];

describe("picking up", () => {
	test.each<[string, Fact, Policy["pickedUpBy"], boolean]>([
		["an owner", assigned("2026-06-01 09:30"), ["owner"], true],
		["an owner", assigned("2026-06-01 09:30"), ["reply", "hand-over"], false],
		["an owner whom a ladder gave it", assigned("2026-06-01 09:30", "3", { kind: "us", id: "1" }), ["owner"], false],
		["nobody as an owner", assigned("2026-06-01 09:30", null), ["owner"], false],
		["an answer", answer("2026-06-01 09:30"), ["reply"], true],
		["an answer", answer("2026-06-01 09:30"), ["owner"], false],
		["an internal note", answer("2026-06-01 09:30", { public: false }), ["reply"], false],
		["a hand-over in writing", handedOver("2026-06-01 09:30", "experts"), ["hand-over"], true],
		["another group", moved("2026-06-01 09:30", "Experts"), ["hand-over"], true],
		["another group", moved("2026-06-01 09:30", "Experts"), ["owner", "reply"], false],
	])("by %s, where %s counts: %s", (_what, deed, pickedUpBy, isMet) => {
		const clock = clockOf("pickup", [...start, deed], "2026-06-01 09:45", promising({ pickedUpBy }));
		expect(clock.state).toBe(isMet ? "met" : "running");
	});

	test("is one milestone: what comes first meets it, what comes later changes nothing", () => {
		const facts = [...start, assigned("2026-06-01 09:30"), answer("2026-06-01 11:00")];
		expect(clockOf("pickup", facts, "2026-06-01 12:00", promising())).toMatchObject({
			state: "met",
			metAt: at("2026-06-01 09:30"),
		});
	});

	test("a ticket that is assigned when it is opened is picked up", () => {
		const facts = [...start, assigned("2026-06-01 09:00")];
		expect(clockOf("pickup", facts, "2026-06-01 10:00", promising()).metAt).toBe(at("2026-06-01 09:00"));
	});

	test("is missed after its deadline, cancelled when the ticket is closed before", () => {
		expect(clockOf("pickup", start, "2026-06-01 10:00:01", promising()).state).toBe("missed");
		const closed = [...start, state("2026-06-01 09:30", "closed")];
		expect(clockOf("pickup", closed, "2026-06-01 12:00", promising()).state).toBe("cancelled");
	});

	test("is measured where only other priorities have a target, and no clock where none has", () => {
		const lowered = [...start, prioritised("2026-06-01 09:10", "P3")];
		expect(clockOf("pickup", lowered, "2026-06-01 12:00", promising())).toMatchObject({
			promise: "best-effort",
			state: "running",
		});
		const other = [opened("2026-06-01 09:00"), moved("2026-06-01 09:00", "Other")];
		const goals = evaluate(other, promising(), at("2026-06-01 12:00")).clocks.map(({ goal }) => goal);
		expect(goals).not.toContain("pickup");
	});

	test("that closing stopped is owed again after reopening, unless somebody took it up in between", () => {
		const policy = promising({ onReopen: forEveryGoal("resume") });
		const reopened = [...start, state("2026-06-01 09:30", "closed"), state("2026-06-01 11:00", "open")];
		expect(clockOf("pickup", reopened, "2026-06-01 11:10", policy)).toMatchObject({
			state: "running",
			deadline: at("2026-06-01 11:30"),
		});
		const taken = [...reopened, assigned("2026-06-01 10:00")];
		expect(clockOf("pickup", taken, "2026-06-01 11:10", policy).state).toBe("cancelled");
	});
});

describe("next update from message to message", () => {
	const policy = promising({ nextUpdateFrom: "every-message" });

	test("each message of an agent owes the next one", () => {
		const facts = [...start, answer("2026-06-01 10:00"), answer("2026-06-01 13:00")];
		const { clocks, past } = evaluate(facts, policy, at("2026-06-01 14:00"));
		expect(past).toMatchObject([{ goal: "next-update", cycle: 1, state: "met", metAt: at("2026-06-01 13:00") }]);
		expect(clocks.find(({ goal }) => goal === "next-update")).toMatchObject({
			cycle: 2,
			startedAt: at("2026-06-01 13:00"),
			deadline: at("2026-06-01 17:00"),
		});
	});

	test("a question of the customer meanwhile moves nothing", () => {
		const facts = [...start, answer("2026-06-01 10:00"), question("2026-06-01 11:00")];
		expect(clockOf("next-update", facts, "2026-06-01 12:00", policy).startedAt).toBe(at("2026-06-01 10:00"));
	});

	test("a ticket that is solved owes no more", () => {
		const facts = [...start, answer("2026-06-01 10:00"), state("2026-06-01 11:00", "solved")];
		expect(clockOf("next-update", facts, "2026-06-02 12:00", policy).state).toBe("cancelled");
		const after = [...start, state("2026-06-01 11:00", "solved"), answer("2026-06-01 12:00")];
		expect(evaluate(after, policy, at("2026-06-02 12:00")).clocks.map(({ goal }) => goal)).not.toContain("next-update");
	});
});
