import { expect, test } from "vitest";
import type { Line } from "../policy/policy.ts";
import { escalationRefusal, handOverRefusal } from "./refusals.ts";
import { fact, opened } from "./testing/ledger.ts";
import { words } from "./testing/policy.ts";

const line = (id: string, designated: boolean): Line => ({
	id,
	name: words(id),
	groups: [],
	minimum: null,
	designated,
});
const lines = [line("first", true), line("second", true), line("third", false)];

test("a hand-over goes to a line that is there and has somebody, in writing", () => {
	const refusal = (to: string, text: string) => handOverRefusal({ lines }, { to, text });
	expect(refusal("second", "Please look at the map.")).toBeNull();
	expect(refusal("second", " \n")).toBe("no-text");
	expect(refusal("third", "Please.")).toBe("not-designated");
	expect(refusal("fourth", "Please.")).toBe("unknown-line");
	expect(handOverRefusal({ lines: [] }, { to: "anybody", text: "Please." })).toBeNull();
});

test("attention is asked about a ticket that exists, level by level", () => {
	const escalation = ["lead", "director"];
	const ledger = [opened("2026-03-02 09:00")];
	const asked = fact("2026-03-02 10:00", {
		kind: "escalation-asked",
		level: 1,
		role: "lead",
		reason: "No answer",
		by: { kind: "customer" },
	});
	const refusal = (facts: typeof ledger, level: number) => escalationRefusal({ escalation }, facts, level);
	expect(refusal([], 1)).toBe("report-first");
	expect(refusal(ledger, 1)).toBeNull();
	expect(refusal(ledger, 2)).toBe("level-before-first");
	expect(refusal([...ledger, asked], 2)).toBeNull();
	expect([0, 3, 1.5].map((level) => refusal([...ledger, asked], level))).toEqual(Array(3).fill("unknown-level"));
});
