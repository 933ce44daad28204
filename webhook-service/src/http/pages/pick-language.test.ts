import { describe, expect, it } from "vitest";
import { pickLanguage, withLanguage } from "./pick-language.ts";

describe("pickLanguage", () => {
	it.each([
		["fr", "nl,en;q=0.8", "fr"],
		["xx", "nl,en;q=0.8", "nl"],
		[undefined, "nl-BE,nl;q=0.9,en;q=0.8", "nl"],
		[undefined, "en;q=0.5, DE-at;q=0.7", "de"],
		[undefined, "es, fr;q=0, de;q=0.1", "de"],
		[undefined, "fr;q=high", "en"],
		[undefined, "es-ES,*;q=0.5", "en"],
		[undefined, undefined, "en"],
		[["nl", "fr"], "de", "de"],
	])("reads ?lang=%j and %j as %s", (query, header, language) => expect(pickLanguage(query, header)).toBe(language));

	it("falls back to the language given", () => expect(pickLanguage(undefined, "es", "nl")).toBe("nl"));
});

describe("withLanguage", () => {
	it("changes the language and nothing else", () => {
		expect(withLanguage("/status", "fr")).toBe("/status?lang=fr");
		expect(withLanguage("/alerts/a?expires=1&signature=a%2Bb&lang=nl", "de")).toBe(
			"/alerts/a?expires=1&signature=a%2Bb&lang=de",
		);
	});
});
