import { expect, test } from "vitest";
import type { Line } from "../policy/policy.ts";
import { lineGonePast } from "./first-line.ts";
import { words } from "./testing/policy.ts";

const line = (id: string): Line => ({ id, name: words(id), groups: [], minimum: null, designated: true });
const behind = { lines: [line("local"), line("central")] };

test("a customer who turns to a later line at once is sent back to the first", () => {
	expect(lineGonePast(behind, [{ line: "central" }], "customer")?.id).toBe("local");
	expect(lineGonePast({ lines: [line("central")] }, [{ line: "central" }], "customer")).toBeNull();
});

test("a ticket that was at the first line, that somebody of a line opened, or that has no lines, stays", () => {
	expect(lineGonePast(behind, [{ line: "local" }, { line: "central" }], "customer")).toBeNull();
	expect(lineGonePast(behind, [{ line: "central" }, { line: "local" }], "customer")).toBeNull();
	expect(lineGonePast(behind, [{ line: "central" }], "agent")).toBeNull();
	expect(lineGonePast({ lines: [] }, [], "customer")).toBeNull();
	expect(lineGonePast(behind, [], "customer")).toBeNull();
});
