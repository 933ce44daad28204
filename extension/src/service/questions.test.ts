import { describe, expect, it } from "vitest";
import { parseQuestion } from "./questions.ts";

describe("parseQuestion", () => {
	it.each([
		{ kind: "hello", body: null },
		{ kind: "ticket", body: { ticket: "19", insist: false } },
		{ kind: "choose", body: { ticket: "19", choice: { impact: "high", urgency: "low" } } },
		{ kind: "choose", body: { ticket: "19", choice: { impact: "high", urgency: "low", justification: "" } } },
	])("takes $kind from an overlay", (message) => {
		expect(parseQuestion(message, "overlay")).toEqual(message);
	});

	it.each([
		["nothing", undefined],
		["a text", "hello"],
		["an unknown kind", { kind: "token", body: null }],
		["a kind of Object's own", { kind: "constructor", body: null }],
		["a missing field", { kind: "ticket", body: { insist: true } }],
		["a field of another type", { kind: "ticket", body: { ticket: 19, insist: true } }],
		["too many ids", { kind: "tickets", body: { ids: Array.from({ length: 201 }, String) } }],
		["half a choice", { kind: "choose", body: { ticket: "19", choice: { impact: "high" } } }],
		["what only the options page may ask", { kind: "connect", body: { address: "https://x", token: "t" } }],
	])("refuses %s from an overlay", (_, message) => {
		expect(parseQuestion(message, "overlay")).toBeNull();
	});

	it("refuses an overlay's question from the extension's own pages", () => {
		expect(parseQuestion({ kind: "ticket", body: { ticket: "19", insist: false } }, "own-page")).toBeNull();
		expect(parseQuestion({ kind: "language", body: { language: "it" } }, "own-page")).toBeNull();
		expect(parseQuestion({ kind: "language", body: { language: "nl" } }, "own-page")).not.toBeNull();
	});
});
