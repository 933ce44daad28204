import { type Language, languages } from "@stipt/shared/wire/language";

/** The reader's language: what the address asks (`?lang=`), else the best of `Accept-Language`, else the fallback. */
export function pickLanguage(query: unknown, header: string | undefined, fallback: Language = "en"): Language {
	return languages.find((language) => language === query) ?? best(header ?? "") ?? fallback;
}

/** The same address in another language. */
export function withLanguage(address: string, language: Language): string {
	const cut = address.indexOf("?");
	const parameters = new URLSearchParams(cut < 0 ? "" : address.slice(cut + 1));
	parameters.set("lang", language);
	return `${cut < 0 ? address : address.slice(0, cut)}?${parameters}`;
}

function best(header: string): Language | undefined {
	const wishes = header.split(",").flatMap((part) => {
		const [tag = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
		const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
		const language = languages.find((each) => tag === each || tag.startsWith(`${each}-`));
		return language !== undefined && Number(quality) > 0 ? [{ language, quality: Number(quality) }] : [];
	});
	return wishes.sort((a, b) => b.quality - a.quality)[0]?.language;
}
