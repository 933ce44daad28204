import type { Language } from "@stipt/shared/wire/language";
import { html } from "../../words/html.ts";
import { say } from "../../words/messages.ts";
import { layout } from "./layout.ts";

/** What a pairing link shows when it is opened. Its secret stays in the address bar: this page never learns it. */
export function pairPage({ language, baseUrl }: { language: Language; baseUrl: string }): string {
	const steps = ["pair.copy", "pair.options", "pair.paste", "pair.allow"] as const;
	return layout({
		language,
		title: say(language, "pair.title"),
		name: "Stipt",
		address: `${baseUrl}/pair`,
		isPublic: false,
		main: html`<h1>${say(language, "pair.title")}</h1>
<p>${say(language, "pair.lead")}</p>
<ol>
${steps.map((step) => html`<li>${say(language, step)}</li>\n`)}</ol>
<p>${say(language, "pair.once")}</p>`,
	});
}
