import { priorityFor } from "@stipt/shared/priority/matrix";
import { expect, test } from "vitest";
import { readyMade } from "./terms.ts";

const { policy } = readyMade("handhavingsplatform");

test("AJH-14: in the test environment an urgency without a reason is stored as P3, and says what it was", () => {
	const chosen = { impact: "low", urgency: "high", group: "Testomgeving", justification: "  " };
	expect(priorityFor(policy, chosen)).toEqual({ priority: "P3", cappedFrom: "P2", justificationLiftsCap: true });
	expect(priorityFor(policy, { ...chosen, group: "Permanentie" })).toMatchObject({ priority: "P2", cappedFrom: null });
});
