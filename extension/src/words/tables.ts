import { type Language, languages } from "@stipt/shared/wire/language";
import { de } from "./de.ts";
import { en, type WordTable } from "./en.ts";
import { fr } from "./fr.ts";
import { nl } from "./nl.ts";

export const tables: Readonly<Record<Language, WordTable>> = { nl, fr, de, en };

/** What a person chose on the options page. */
export type LanguageChoice = Language | "browser";

export function isLanguageChoice(value: unknown): value is LanguageChoice {
	return value === "browser" || languages.some((language) => language === value);
}

/** Day before month and 24 hours, unless the browser's own list says otherwise. */
const usualLocales: Readonly<Record<Language, string>> = { nl: "nl-BE", fr: "fr-BE", de: "de-DE", en: "en-GB" };

/** The language to speak and the locale to write dates in, from a choice and the browser's own list (best first). */
export function languageOf(
	choice: LanguageChoice,
	browserLanguages: readonly string[],
): { language: Language; locale: string } {
	const spoken = (tag: string) => languages.find((language) => tag.toLowerCase().split("-")[0] === language);
	const language = choice === "browser" ? (browserLanguages.map(spoken).find(Boolean) ?? "en") : choice;
	const locale = browserLanguages.find((tag) => spoken(tag) === language && tag.includes("-"));
	return { language, locale: locale ?? usualLocales[language] };
}
