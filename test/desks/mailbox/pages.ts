import type { Language } from "@stipt/shared/wire/language";
import { escapeHtml } from "../escape-html.ts";
import { plainPage } from "../plain-page.ts";
import type { Letter } from "./read-mail.ts";
import { word } from "./words.ts";

/** A message that arrived. */
export type Received = { id: number; receivedAt: number; recipients: string[]; raw: string };
export type Opened = Received & { letter: Letter };

const when = (at: number, language: Language) =>
	new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" }).format(at);

/** The list of messages, newest first. */
export function listPage(messages: Opened[], language: Language): string {
	const rows = messages.map(
		({ id, receivedAt, recipients, letter }) => `<tr>
<td>${escapeHtml(when(receivedAt, language))}</td>
<td>${escapeHtml(recipients.join(", "))}</td>
<td><a href="/messages/${id}?lang=${language}">${escapeHtml(letter.subject || word("untitled", language))}</a></td>
</tr>`,
	);
	const head = (["received", "to", "subject"] as const)
		.map((name) => `<th scope="col">${word(name, language)}</th>`)
		.join("");
	const table =
		rows.length === 0
			? `<p>${word("none", language)}</p>`
			: `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("\n")}</tbody></table>
<form method="post" action="/empty?lang=${language}"><button>${word("empty", language)}</button></form>`;
	return plainPage({
		language,
		title: `${word("mailbox", language)} (${messages.length})`,
		script: "/mailbox.js",
		body: `<main data-count="${messages.length}"><h1>${word("mailbox", language)}</h1><p class="quiet">${word("intro", language)}</p>${table}</main>`,
	});
}

function linked(text: string): string {
	return escapeHtml(text).replace(
		/https?:\/\/[^\s<>]+[^\s<>.,;:!?)]/g,
		(url) => `<a href="${url}" target="_blank" rel="noreferrer">${url}</a>`,
	);
}

/** A mail's HTML, shut in a frame without scripts; its links open beside. */
function framed(html: string, title: string): string {
	const inner = `<base target="_blank">${html}`;
	return `<iframe title="${escapeHtml(title)}" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${escapeHtml(inner)}"></iframe>`;
}

export type View = "html" | "text" | "raw";

/** One message, formatted, as text, or as it came. */
export function messagePage(message: Opened, view: View, language: Language): string {
	const { letter } = message;
	const subject = letter.subject || word("untitled", language);
	const facts: [string, string][] = [
		[word("from", language), letter.from],
		[word("to", language), message.recipients.join(", ")],
		[word("received", language), when(message.receivedAt, language)],
	];
	const views = (["html", "text", "raw"] as const).filter((name) => name === "raw" || letter[name] !== "");
	const shown = views.includes(view) ? view : (views[0] ?? "raw");
	const tabs = views.map((name) => {
		const current = name === shown ? ' aria-current="page"' : "";
		return `<a href="/messages/${message.id}?view=${name}&amp;lang=${language}"${current}>${word(name, language)}</a>`;
	});
	const content =
		shown === "html"
			? framed(letter.html, subject)
			: `<pre>${shown === "text" ? linked(letter.text) : escapeHtml(message.raw)}</pre>`;
	return plainPage({
		language,
		title: subject,
		body: `<main><p><a href="/?lang=${language}">← ${word("back", language)}</a></p><h1>${escapeHtml(subject)}</h1>
<dl>${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`).join("")}</dl>
<nav>${tabs.join("")}</nav>${content}</main>`,
	});
}

export function missingPage(language: Language): string {
	return plainPage({
		language,
		title: word("mailbox", language),
		body: `<main><p>${word("missing", language)}</p><p><a href="/?lang=${language}">${word("back", language)}</a></p></main>`,
	});
}
