import type { Words } from "../wire/language.ts";
import type { WordsDocument } from "./schema-forms.ts";

/** A text in every language; one that was written once reads the same in all. */
export function toWords(words: WordsDocument): Words {
	return typeof words === "string" ? { nl: words, fr: words, de: words, en: words } : words;
}
