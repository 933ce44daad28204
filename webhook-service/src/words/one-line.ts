/**
 * A foreign text on one line, for a subject, a title or a label: without control characters, without
 * characters that turn the writing direction or cannot be seen, and at most `longest` characters.
 */
export function oneLine(text: string, longest = 200): string {
	const clean = text.replace(unseen, "").replace(gaps, " ").trim();
	const characters = [...clean];
	if (characters.length <= longest) return clean;
	return `${characters
		.slice(0, longest - 1)
		.join("")
		.trimEnd()}…`;
}

/** Tabs, line ends, other controls and separators become one space. */
const gaps = /[\s\p{Cc}\u2028\u2029]+/gu;
/** Direction marks, embeddings, overrides and isolates; zero-width space and no-break space; soft hyphen; lone surrogates. */
const unseen = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u00AD\p{Cs}]/gu;
