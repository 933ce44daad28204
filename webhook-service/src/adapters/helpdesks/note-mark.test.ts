import { describe, expect, it } from "vitest";
import { carriesMark, withMark } from "./note-mark.ts";

describe("a note's mark", () => {
	it("is found again in the note that carries it", () => {
		const note = withMark("<p>Late</p>", "desk.42.first-response.1");
		expect(carriesMark(note, "desk.42.first-response.1")).toBe(true);
		expect(carriesMark(`<div>${note}</div> and more`, "desk.42.first-response.1")).toBe(true);
	});

	it("is not found where only a longer or a shorter one stands", () => {
		const note = withMark("<p>Late</p>", "alert.77");
		expect(carriesMark(note, "alert.7")).toBe(false);
		expect(carriesMark(note, "alert.777")).toBe(false);
		expect(carriesMark("<p>stipt: alert.77</p>", "alert.77")).toBe(false);
	});

	it("is found behind a longer one, and at the very end", () => {
		expect(carriesMark("<small>stipt:a.10</small> <small>stipt:a.1</small>", "a.1")).toBe(true);
		expect(carriesMark("stipt:a.1", "a.1")).toBe(true);
	});

	it("is text, whatever it holds", () => {
		const note = withMark("<p>x</p>", "<b>&1");
		expect(note).toContain("stipt:&lt;b&gt;&amp;1<");
		expect(carriesMark(note, "<b>&1")).toBe(true);
	});
});
