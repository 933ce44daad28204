import { languages } from "@stipt/shared/wire/language";
import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { speech } from "./speech.ts";
import { languageOf, tables } from "./tables.ts";

const minute = 60_000;
const hour = 60 * minute;
const inEnglish = speech(tables.en, { language: "en", locale: "en-GB", timeZone: "Europe/Brussels" });
const inDutch = speech(tables.nl, { language: "nl", locale: "nl-BE", timeZone: "Europe/Brussels" });
const noon = Date.parse("2026-11-23T12:00:00+01:00");

describe("tables", () => {
	it.each(languages)("%s has every text, filled in by the same names as English", (language) => {
		expect(Object.keys(tables[language]).sort()).toEqual(Object.keys(en).sort());
		const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
		for (const [key, text] of Object.entries(en)) {
			const translated: string = tables[language][key as keyof typeof en];
			expect(translated.trim(), `${language} ${key}`).not.toBe("");
			expect(holes(translated), `${language} ${key}`).toEqual(holes(text));
		}
	});

	it("keeps the texts of a language together in words of that language", () => {
		const same = Object.keys(en).filter((key) => {
			const k = key as keyof typeof en;
			return new Set(languages.map((language) => tables[language][k])).size === 1;
		});
		expect(same).toEqual(["options.helpdesks"]);
	});
});

describe("languageOf", () => {
	it("follows the browser's list to the first language that exists", () => {
		expect(languageOf("browser", ["it-IT", "fr-CH", "de"])).toEqual({ language: "fr", locale: "fr-CH" });
	});
	it("speaks English when the browser knows none of ours", () => {
		expect(languageOf("browser", ["it-IT", "pt"])).toEqual({ language: "en", locale: "en-GB" });
	});
	it("prefers the chosen language and keeps the browser's region for it", () => {
		expect(languageOf("nl", ["en-US", "nl-NL"])).toEqual({ language: "nl", locale: "nl-NL" });
		expect(languageOf("nl", ["en-US"])).toEqual({ language: "nl", locale: "nl-BE" });
	});
});

describe("speech", () => {
	it.each([
		[0, "0 s"],
		[41_900, "41 s"],
		[9 * minute + 41_000, "9 min 41 s"],
		[9 * minute + 1_000, "9 min 01 s"],
		[10 * minute, "10 min"],
		[59 * minute + 59_000, "59 min"],
		[3 * hour, "3 h"],
		[3 * hour + 12 * minute, "3 h 12 min"],
		[400 * hour, "400 h"],
		[-12 * minute, "12 min"],
	])("writes %d ms of open time as %s", (amount, text) => {
		expect(inEnglish.duration(amount)).toBe(text);
	});

	it("writes what does not tick without seconds that are not there", () => {
		expect([6 * minute, 6 * minute + 5000, 0, 2 * hour].map(inEnglish.length)).toEqual([
			"6 min",
			"6 min 05 s",
			"0 s",
			"2 h",
		]);
	});

	it("writes short and spoken durations in the language", () => {
		expect(inDutch.duration(3 * hour + 12 * minute)).toBe("3 u 12 min");
		expect(inDutch.briefDuration(3 * hour + 12 * minute)).toBe("3u");
		expect(inDutch.spokenDuration(3 * hour + 12 * minute)).toMatch(/^3 uur\b.* 12 minuten$/);
		expect(inEnglish.briefDuration(-42 * minute)).toBe("42m");
	});

	it.each([
		["2026-11-23T16:30:00+01:00", "16:30"],
		["2026-11-24T10:00:00+01:00", "tomorrow 10:00"],
		["2026-11-22T10:00:00+01:00", "yesterday 10:00"],
		["2026-11-27T08:30:00+01:00", "Fri 08:30"],
		["2026-12-12T08:30:00+01:00", "12 Dec 08:30"],
		["2026-11-12T08:30:00+01:00", "12 Nov 08:30"],
		["2027-01-04T08:30:00+01:00", "4 Jan 2027 08:30"],
	])("says %s as %s", (moment, text) => {
		expect(inEnglish.moment(Date.parse(moment), noon)).toBe(text);
	});

	it("counts days by the person's own midnight, also over a change of clocks", () => {
		const beforeChange = Date.parse("2026-10-24T23:30:00+02:00");
		expect(inEnglish.moment(Date.parse("2026-10-25T23:30:00+01:00"), beforeChange)).toBe("tomorrow 23:30");
	});

	it("names the zone in full", () => {
		expect(inEnglish.fullMoment(noon)).toMatch(/Monday.*23 November 2026.*12:00.*(CET|GMT\+1)/);
	});

	it("fills in values once and leaves what looks like a hole in a value alone", () => {
		expect(inEnglish.say("failure.rejected", { detail: "{detail} <b>" })).toBe("Stipt refused this: {detail} <b>");
	});

	it("chooses the plural by the language's own rule", () => {
		expect(inEnglish.count("sum.workingDays", 1)).toBe("1 working day");
		expect(inEnglish.count("sum.workingDays", 5)).toBe("5 working days");
		const inFrench = speech(tables.fr, { language: "fr", locale: "fr-BE" });
		expect(inFrench.count("sum.workingDays", 0)).toBe("0 jour ouvrable");
	});
});
