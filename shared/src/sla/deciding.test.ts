import { describe, expect, test } from "vitest";
import type { Deciding } from "../policy/policy.ts";
import { evaluate } from "./evaluate.ts";
import type { Fact, FactBody } from "./fact.ts";
import { clockOf } from "./testing/clock-of.ts";
import { at, fact, local, opened, phoned, prioritised, state } from "./testing/ledger.ts";
import { businessHours, policyWith, service } from "./testing/policy.ts";

function deciding(change: Partial<Deciding>) {
	return policyWith({ deciding: { customer: "always", restricted: [], withoutConsensus: null, ...change } });
}

function priorityOf(facts: Fact[], change: Partial<Deciding>): string {
	return evaluate([opened("2026-03-02 09:00"), ...facts], deciding(change), at("2026-03-02 16:00")).priority;
}

const byCustomer = (when: string, priority: string) =>
	fact(when, { kind: "priority-changed", label: priority, priorities: [priority], by: { kind: "customer" } });

const chosen = (
	when: string,
	priority: string,
	more: Partial<Extract<FactBody, { kind: "classified" }>> = {},
	by: "agent" | "customer" = "agent",
) => fact(when, { kind: "classified", impact: "high", urgency: "high", priority, by: { kind: by }, ...more });

describe("a customer's own choice", () => {
	const first = byCustomer("2026-03-02 09:00", "P1");
	const second = byCustomer("2026-03-02 12:00", "P2");
	const ours = prioritised("2026-03-02 10:00", "P4");

	test.each([
		["always", [first], "P1"],
		["always", [first, ours, second], "P2"],
		["first", [first], "P1"],
		["first", [first, second], "P1"],
		["first", [ours, second], "P4"],
		["first", [first, ours], "P4"],
		["never", [first], "P3"],
		["never", [ours, second], "P4"],
	] as const)("counts %s: case %#", (customer, facts, priority) => {
		expect(priorityOf([...facts], { customer })).toBe(priority);
	});

	test("by impact and urgency is the first one once both are set", () => {
		const assess = (when: string, impact: string | null, urgency: string | null) =>
			fact(when, { kind: "assessed", impact, urgency, by: { kind: "customer" } });
		const facts = [assess("2026-03-02 09:00", "high", null), assess("2026-03-02 09:01", "high", "high")];
		expect(priorityOf(facts, { customer: "first" })).toBe("P1");
		const later = [...facts, assess("2026-03-02 10:00", "low", "low")];
		const { priority, impact } = evaluate(
			[opened("2026-03-02 09:00"), ...later],
			deciding({ customer: "first" }),
			at("2026-03-02 16:00"),
		);
		expect([priority, impact]).toEqual(["P1", "low"]);
	});
});

describe("without consensus", () => {
	const filed = byCustomer("2026-03-02 09:00", "P1");

	test("AJH-13 the provider decides: P2 without agreement is P2, and the ledger keeps both", () => {
		const facts = [filed, chosen("2026-03-02 11:00", "P2", { consensus: false, role: "provider" })];
		expect(priorityOf(facts, { customer: "first", withoutConsensus: "provider" })).toBe("P2");
	});

	test("nobody else does", () => {
		for (const role of [{ role: "lead" }, {}]) {
			const facts = [filed, chosen("2026-03-02 11:00", "P2", { consensus: false, ...role })];
			expect(priorityOf(facts, { withoutConsensus: "provider" })).toBe("P1");
			expect(priorityOf(facts, { withoutConsensus: null })).toBe("P2");
		}
	});

	test("with it anybody may", () => {
		const facts = [filed, chosen("2026-03-02 11:00", "P2", { consensus: true })];
		expect(priorityOf(facts, { withoutConsensus: "provider" })).toBe("P2");
	});
});

describe("a restricted priority", () => {
	const restricted = [{ priorities: ["P1"], roles: ["on-call", "service-manager"], otherwise: "P3" }];

	test.each([
		["FOD-12 a role that may not declare it", [chosen("2026-03-02 11:00", "P1", { role: "desk" })], "P3"],
		["FOD-12 the role on call", [chosen("2026-03-02 11:00", "P1", { role: "on-call" })], "P1"],
		["nobody's role", [chosen("2026-03-02 11:00", "P1")], "P3"],
		["the helpdesk's own field", [prioritised("2026-03-02 11:00", "P1")], "P3"],
		[
			"the helpdesk's echo of one that was declared",
			[chosen("2026-03-02 11:00", "P1", { role: "on-call" }), prioritised("2026-03-02 11:00:01", "P1", "P2")],
			"P1",
		],
		["another priority", [chosen("2026-03-02 11:00", "P2")], "P2"],
	] as const)("%s", (_who, facts, priority) => {
		expect(priorityOf([...facts], { restricted })).toBe(priority);
	});

	test("FOD-12 urgent at 22:00 runs around the clock only when declared by a role that may", () => {
		const targets = { P1: { resolution: businessHours(4, "always") }, P3: { resolution: businessHours(4) } };
		const policy = policyWith({
			...deciding({ restricted }),
			services: [service({ targets })],
		});
		const night = (role: string) => [opened("2026-03-02 22:00"), chosen("2026-03-02 22:00", "P1", { role })];
		expect(local(clockOf("resolution", night("desk"), "2026-03-02 22:00", policy).deadline)).toBe("2026-03-03 13:00");
		expect(local(clockOf("resolution", night("on-call"), "2026-03-02 22:00", policy).deadline)).toBe(
			"2026-03-03 02:00",
		);
	});
});

describe("AJH-16 a priority that asks for a phone call", () => {
	const policy = policyWith({ services: [service({ phone: { priorities: ["P1"], roles: ["sdm"] } })] });
	const isOutstanding = (...facts: Fact[]) => evaluate(facts, policy, at("2026-03-02 16:00")).phoneOutstanding;
	const p1 = [opened("2026-03-02 10:00", "email"), prioritised("2026-03-02 10:00", "P1")];

	test("has it outstanding until one is logged, and the clock does not wait", () => {
		expect(isOutstanding(...p1)).toBe(true);
		expect(isOutstanding(...p1, phoned("2026-03-02 10:20"))).toBe(false);
		expect(clockOf("resolution", p1, "2026-03-02 11:00", policy)).toMatchObject({
			state: "running",
			elapsed: 3_600_000,
		});
	});

	test("given again it asks again; a call from before does not count", () => {
		const again = [
			...p1,
			phoned("2026-03-02 10:20"),
			prioritised("2026-03-02 11:00", "P2"),
			prioritised("2026-03-02 12:00", "P1"),
		];
		expect(isOutstanding(...again)).toBe(true);
		expect(isOutstanding(...again, phoned("2026-03-02 12:10"))).toBe(false);
	});

	test("others do not, nor what came in by telephone, nor what is done with", () => {
		expect(isOutstanding(...p1, prioritised("2026-03-02 11:00", "P2"))).toBe(false);
		expect(isOutstanding(opened("2026-03-02 10:00", "phone"), prioritised("2026-03-02 10:00", "P1"))).toBe(false);
		expect(isOutstanding(...p1, state("2026-03-02 12:00", "closed"))).toBe(false);
	});
});
