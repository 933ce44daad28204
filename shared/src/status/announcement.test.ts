import { expect, test } from "vitest";
import { languages, type Words } from "../wire/language.ts";
import { announcementsOf, dependencyText, movedEndText } from "./announcement.ts";

const zone = "Europe/Brussels";
const component: Words = { nl: "Aanmelden", fr: "Connexion", de: "Anmeldung", en: "Sign-in" };
const start = Date.parse("2026-03-04T18:00:00+01:00");
const end = Date.parse("2026-03-04T22:00:00+01:00");

test("planned work is offered as a banner and as a newsletter item, trouble as a banner alone", () => {
	const places = (kind: "planned" | "unexpected") =>
		announcementsOf({ kind, component, start, end }, zone).map(({ place }) => place);
	expect(places("planned")).toEqual(["banner", "newsletter"]);
	expect(places("unexpected")).toEqual(["banner"]);
});

test("the texts name the component, the start and the end in the reader's language and zone", () => {
	const [banner] = announcementsOf({ kind: "planned", component, start, end }, zone);
	expect(banner?.text.en).toBe("Sign-in: planned maintenance, Wed, 4 Mar 2026, 18:00 to Wed, 4 Mar 2026, 22:00.");
	expect(banner?.text.nl).toMatch(/^Aanmelden: gepland onderhoud, wo 4 mrt\.? 2026.* 18:00 tot wo .*22:00\.$/);
});

test("without an end none is named, and no blank is left", () => {
	const all = (["planned", "unexpected"] as const).flatMap((kind) =>
		[end, null].flatMap((until) => announcementsOf({ kind, component, start, end: until }, zone)),
	);
	for (const { text } of all) {
		for (const language of languages) {
			expect(text[language]).not.toMatch(/[{}]|undefined| {2}/);
			expect(text[language]).toContain(component[language]);
			expect(text[language]).toMatch(/18:00/);
		}
		expect(new Set(Object.values(text)).size).toBe(4);
	}
	expect(all.filter(({ text }) => text.fr.includes("22:00"))).toHaveLength(3);
});

test("a moved end is told with the old and the new one", () => {
	const moved = movedEndText({ component, oldEnd: end, newEnd: end + 3_600_000 }, zone);
	for (const language of languages) expect(moved[language]).toMatch(/22:00.*23:00/);
});

test("a dependency is named as such, with what can be used meanwhile", () => {
	const fallback: Words = { nl: "Gebruik A.", fr: "Utilisez A.", de: "Nutzen Sie A.", en: "Use A." };
	expect(dependencyText(component, null).en).toBe("Sign-in: disruption of an external service that we depend on.");
	expect(dependencyText(component, fallback).en).toMatch(/that we depend on\. Use A\.$/);
	expect(dependencyText(component, fallback).fr).toMatch(/^Connexion : .* Utilisez A\.$/);
});
