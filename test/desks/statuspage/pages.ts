import type { Language } from "@stipt/shared/wire/language";
import { escapeHtml } from "../escape-html.ts";
import { plainPage } from "../plain-page.ts";
import { type Incident, type PageState, realtimeStatuses } from "./incidents.ts";
import { word } from "./words.ts";

const when = (stamp: string, language: Language) =>
	new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(Date.parse(stamp));

const pill = (status: string, good: boolean, language: Language) =>
	`<span class="pill ${good ? "good" : "bad"}">${escapeHtml(word(status, language))}</span>`;

function statusField(id: string, current: string, language: Language): string {
	const options = realtimeStatuses.map(
		(status) => `<option value="${status}"${status === current ? " selected" : ""}>${word(status, language)}</option>`,
	);
	return `<label for="${id}">${word("status", language)}</label><select id="${id}" name="status">${options.join("")}</select>`;
}

function messageField(id: string, language: Language): string {
	return `<label for="${id}">${word("message", language)}</label><textarea id="${id}" name="body" rows="3" maxlength="25000" required></textarea>`;
}

function incidentCard(incident: Incident, language: Language): string {
	const updates = incident.incident_updates.map(
		(update) =>
			`<li><strong>${escapeHtml(word(update.status, language))}</strong> <time class="quiet" datetime="${update.display_at}">${escapeHtml(when(update.display_at, language))}</time><br>${escapeHtml(update.body)}</li>`,
	);
	const form =
		incident.resolved_at === null
			? `<details><summary>${word("update", language)}</summary><form method="post" action="/incidents/${incident.id}?lang=${language}">${statusField(`status-${incident.id}`, incident.status, language)}${messageField(`body-${incident.id}`, language)}<button>${word("publish", language)}</button></form></details>`
			: "";
	return `<article id="${incident.id}"><h3><a href="/incidents/${incident.id}?lang=${language}">${escapeHtml(incident.name)}</a> ${pill(incident.status, incident.resolved_at !== null, language)}</h3><ol>${updates.join("")}</ol>${form}</article>`;
}

function reportForm(state: PageState, language: Language): string {
	const boxes = state.components.map(
		({ id, name }) => `<label><input type="checkbox" name="component" value="${id}"> ${escapeHtml(name)}</label>`,
	);
	return `<h2>${word("report", language)}</h2><form method="post" action="/incidents?lang=${language}">
<label for="name">${word("name", language)}</label><input id="name" name="name" maxlength="255" required>
${statusField("status", "investigating", language)}${messageField("body", language)}
<fieldset><legend>${word("affected", language)}</legend>${boxes.join("")}</fieldset>
<button>${word("publish", language)}</button></form>`;
}

/** The public page: components, incidents, and a form to report one by hand. */
export function statusPage(state: PageState, language: Language): string {
	const rows = state.components.map(
		({ name, status }) =>
			`<div class="row"><span>${escapeHtml(name)}</span>${pill(status, status === "operational", language)}</div>`,
	);
	const cards = state.incidents.slice(0, 50).map((incident) => incidentCard(incident, language));
	return plainPage({
		language,
		title: state.page.name,
		body: `<main><h1>${escapeHtml(state.page.name)}</h1><p class="quiet">${word("intro", language)}</p>
<h2>${word("components", language)}</h2>${rows.join("")}
<h2>${word("incidents", language)}</h2>${cards.join("") || `<p>${word("none", language)}</p>`}
${reportForm(state, language)}</main>`,
	});
}

/** One incident with all that was said. */
export function incidentPage(state: PageState, incident: Incident, language: Language): string {
	return plainPage({
		language,
		title: incident.name,
		body: `<main><p><a href="/?lang=${language}">← ${escapeHtml(state.page.name)}</a></p>${incidentCard(incident, language)}</main>`,
	});
}

export function missingPage(language: Language): string {
	return plainPage({ language, title: "404", body: `<main><h1>404</h1><p>${word("missing", language)}</p></main>` });
}
