import { priorityFor } from "@stipt/shared/priority/matrix";
import { evaluate } from "@stipt/shared/sla/evaluate";
import { escalationRefusal } from "@stipt/shared/sla/refusals";
import { expect, test } from "vitest";
import { at, ledger, readyMade, serviceOf } from "./terms.ts";

const { policy } = readyMade("handhavingsplatform");

test("AJH-14: in the test environment an urgency without a reason is stored as P3, and says what it was", () => {
	const chosen = { impact: "low", urgency: "high", group: "Testomgeving", justification: "  " };
	expect(priorityFor(policy, chosen)).toEqual({ priority: "P3", cappedFrom: "P2", justificationLiftsCap: true });
	expect(priorityFor(policy, { ...chosen, group: "Permanentie" })).toMatchObject({ priority: "P2", cappedFrom: null });
});

test("AJH-18: the service delivery manager is asked about a report that exists, which keeps its priority", () => {
	const service = serviceOf(policy, "platform");
	const [role = ""] = service.escalation;
	expect(role).toBe("service-delivery-manager");
	const facts = ledger(
		["Mon 2026-03-02 10:00", { kind: "opened", channel: "portal", by: { kind: "customer" } }],
		["Mon 2026-03-02 10:00", { kind: "priority-changed", label: "P3", priorities: ["P3"], by: { kind: "customer" } }],
		[
			"Tue 2026-03-03 10:00",
			{ kind: "escalation-asked", level: 1, role, reason: "Too slow", by: { kind: "customer" } },
		],
	);
	expect(escalationRefusal(service, [], 1)).toBe("report-first");
	expect(escalationRefusal(service, facts.slice(0, 2), 1)).toBeNull();
	expect(evaluate(facts, policy, at("Tue 2026-03-03 11:00")).priority).toBe("P3");
});
