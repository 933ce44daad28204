/** Markup that is known to be safe: only `html` makes it. */
export type Html = { readonly markup: string };

type Part = string | number | Html | readonly Html[] | null | undefined | false;

/** Markup from a template; every text that is filled in is escaped, what `html` made is not. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
	return { markup: strings.map((string, index) => string + markupOf(parts[index])).join("") };
}

/** Markup or XML that a program wrote, such as a style sheet. Never for text that somebody typed. */
export function trustedMarkup(markup: string): Html {
	return { markup };
}

/** Text for HTML or XML content and quoted attributes; characters that XML forbids are dropped. */
export function escapeMarkup(text: string): string {
	return text.replace(forbidden, "").replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

function markupOf(part: Part): string {
	if (part === null || part === undefined || part === false) return "";
	if (typeof part === "string" || typeof part === "number") return escapeMarkup(String(part));
	if ("markup" in part) return part.markup;
	return part.map((each) => each.markup).join("");
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** What XML 1.0 does not allow, lone surrogates included. */
const forbidden = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
