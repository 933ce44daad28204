import type { Language } from "@stipt/shared/wire/language";
import { type Html, html } from "../../words/html.ts";
import { say } from "../../words/messages.ts";
import { webAddress } from "../../words/web-address.ts";
import { layout, sign } from "./layout.ts";

/** What anybody may know about this installation. */
export type HomePage = {
	language: Language;
	/** Where this service is reached, without a trailing slash. */
	baseUrl: string;
	parts: { part: "web" | "worker" | "store"; ok: boolean }[];
	/** How many helpdesks are connected. */
	helpdesks: number;
};

/** The page at `/`: what runs and where to look. No names, no versions, no secrets. */
export function homePage({ language, baseUrl, parts, helpdesks }: HomePage): string {
	const state = (ok: boolean) =>
		html`<span class="state ${ok ? "well" : "bad"}">${sign(ok ? "well" : "bad")}${say(language, ok ? "home.up" : "home.down")}</span>`;
	const row = (label: string, value: Html) => html`<li><span>${label}</span> ${value}</li>\n`;
	const link = (label: string, address: string) =>
		webAddress(address) === null ? null : html`<li><a href="${address}">${label}</a></li>\n`;
	return layout({
		language,
		title: "Stipt",
		name: "Stipt",
		address: `${baseUrl}/`,
		isPublic: false,
		main: html`<h1>Stipt</h1>
<p>${say(language, "home.lead")}</p>
<h2>${say(language, "home.running")}</h2>
<ul class="rows">
${parts.map(({ part, ok }) => row(say(language, `home.part.${part}`), state(ok)))}${row(say(language, "home.part.helpdesks"), html`<strong>${helpdesks}</strong>`)}</ul>
<h2>${say(language, "home.look")}</h2>
<ul class="rows">
${link(say(language, "home.status"), `${baseUrl}/status?lang=${language}`)}${link(say(language, "home.ready"), `${baseUrl}/ready`)}</ul>`,
	});
}
