import { type Language, languages } from "@stipt/shared/wire/language";
import { type Html, html, trustedMarkup } from "../../words/html.ts";
import { say } from "../../words/messages.ts";
import { withLanguage } from "./pick-language.ts";
import { style } from "./style.ts";

/** How something is, as a colour. There is always a word and a shape beside it. */
export type Tone = "well" | "warn" | "bad" | "plan" | "calm";

const signs: Record<Tone, string> = {
	well: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-1 10.4L3.6 8l1.2-1.2L7 9l4.2-4.2L12.4 6Z",
	warn: "M8 1 16 15H0ZM7 6v4h2V6Zm0 5.5V13h2v-1.5Z",
	bad: "M5 0h6l5 5v6l-5 5H5l-5-5V5ZM7 4v5h2V4Zm0 6.5v2h2v-2Z",
	plan: "M8 0 16 8 8 16 0 8ZM7 4v5h4V7.5H8.6V4Z",
	calm: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 2a5 5 0 1 1 0 10A5 5 0 0 1 8 3Z",
};

/** A shape for a tone; only decoration. */
export function sign(tone: Tone): Html {
	return html`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><path fill-rule="evenodd" d="${signs[tone]}"/></svg>`;
}

/** A whole page around its content, with links to its other languages. */
export function layout(page: {
	language: Language;
	/** Title of the window. */
	title: string;
	/** What the page belongs to, beside the mark at the top. */
	name: string;
	/** Address of this page, which the language links change. */
	address: string;
	main: Html;
	footer?: Html;
	head?: Html;
	/** Whether search engines may list it, and other sites may learn its address. */
	isPublic: boolean;
}): string {
	const { language, address } = page;
	return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${page.isPublic ? null : html`<meta name="robots" content="noindex, nofollow">\n<meta name="referrer" content="no-referrer">`}
<title>${page.title}</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%230b5cad'/%3E%3C/svg%3E">
${page.head}
<style>${trustedMarkup(style)}</style>
</head>
<body>
<a class="skip" href="#content">${say(language, "page.skip")}</a>
<header class="frame">
<p class="name">${page.name}</p>
<nav aria-label="${say(language, "page.languages")}"><ul>
${languages.map(
	(other) =>
		html`<li><a href="${withLanguage(address, other)}" lang="${other}" hreflang="${other}" title="${say(other, `language.${other}`)}"${other === language ? html` aria-current="true"` : null}>${other.toUpperCase()}</a></li>\n`,
)}</ul></nav>
</header>
<main id="content" class="frame">
${page.main}
</main>
${page.footer === undefined ? null : html`<footer class="frame">\n${page.footer}\n</footer>\n`}</body>
</html>
`.markup;
}
