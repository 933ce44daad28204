import { type Language, languages } from "@stipt/shared/wire/language";

/** The language of a reader: as asked for in the address, else the browser's first that we have. */
export function readerLanguage(asked: string | null, accept: string): Language {
	const wanted = [asked ?? "", ...accept.split(",").map((part) => part.split(";")[0]?.trim() ?? "")];
	for (const tag of wanted) {
		const found = languages.find((language) => tag.toLowerCase().split("-")[0] === language);
		if (found) return found;
	}
	return "en";
}
