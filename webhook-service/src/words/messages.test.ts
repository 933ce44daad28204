import { languages } from "@stipt/shared/wire/language";
import { describe, expect, it } from "vitest";
import { type MessageKey, messages, say } from "./messages.ts";

/** Words that really are the same in two of the languages. */
const sameWord = new Set(
	["Ticket", "Open", "Maintenance", "Service", "Helpdesk", "In {duration}", "{duration} overdue", "Als JSON"].map(
		(text) => text.toLowerCase(),
	),
);

const keys = Object.keys(messages) as MessageKey[];
const placeholders = (text: string) => [...text.matchAll(/\{[^}]*\}/g)].map(String).sort();

describe("messages", () => {
	it("says everything in every language", () => {
		const empty = keys.flatMap((key) =>
			languages.filter((language) => messages[key][language].trim() === "").map((language) => `${key} (${language})`),
		);
		expect(empty).toEqual([]);
		for (const key of keys) expect(Object.keys(messages[key]).sort(), key).toEqual([...languages].sort());
	});

	it("is translated wherever the words differ", () => {
		const untranslated = keys
			.filter((key) => !key.startsWith("language."))
			.flatMap((key) =>
				languages.flatMap((one, index) =>
					languages
						.slice(index + 1)
						.filter((other) => messages[key][one] === messages[key][other])
						.filter((other) => !sameWord.has(messages[key][other].toLowerCase()))
						.map((other) => `${key}: ${one} and ${other} both say "${messages[key][one]}"`),
				),
			);
		expect(untranslated).toEqual([]);
	});

	it("fills in the same values in every language", () => {
		for (const key of keys) {
			for (const language of languages) {
				expect(placeholders(messages[key][language]), `${key} (${language})`).toEqual(placeholders(messages[key].en));
				expect(messages[key][language].replace(/\{[a-z]+\}/g, ""), `${key} (${language})`).not.toMatch(/[{}]/);
			}
		}
	});

	it("sets French punctuation apart, and nobody else's", () => {
		for (const key of keys) {
			expect(messages[key].fr, key).not.toMatch(/[^\s\d][:;?!](\s|$)/);
			for (const language of ["nl", "de", "en"] as const) expect(messages[key][language], key).not.toMatch(/\s[:;?!]/);
		}
	});
});

describe("say", () => {
	it("fills in values, also those that look like placeholders", () => {
		expect(say("en", "page.since", { time: "{time}" })).toBe("Since {time}");
		expect(say("fr", "page.since", { time: "$& <b>" })).toBe("Depuis le $& <b>");
	});
	it("names goals and statuses by their value", () => {
		expect(say("nl", "goal.next-update")).toBe("Volgende update");
		expect(say("de", "status.in_progress")).toBe("Läuft");
	});
});
