import type { PageEvent, PageUpdate } from "@stipt/shared/status/page-event";
import { type Html, html } from "../../words/html.ts";
import { say } from "../../words/messages.ts";
import { oneLine } from "../../words/one-line.ts";
import { webAddress } from "../../words/web-address.ts";
import { bodyOf, type StatusReport, sortEvents, titleOf } from "./status-report.ts";

const mostItems = 50;

/** The public status page as RSS 2.0: one item per update, because readers do not show an item again that changed. */
export function statusRss(report: StatusReport): string {
	const { language, title, baseUrl, now } = report;
	const { incidents, maintenance, past } = sortEvents(report);
	const items = [...incidents, ...maintenance, ...past]
		.flatMap((event) => updatesOf(event).map((update) => ({ event, update })))
		.sort((a, b) => b.update.at - a.update.at)
		.slice(0, mostItems);
	return html`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${title}</title>
<link>${baseUrl}/status?lang=${language}</link>
<description>${say(language, "page.feed-about", { title })}</description>
<language>${language}</language>
<lastBuildDate>${new Date(now).toUTCString()}</lastBuildDate>
<atom:link href="${baseUrl}/status.rss?lang=${language}" rel="self" type="application/rss+xml"/>
${items.map(({ event, update }) => item(event, update, report))}</channel>
</rss>
`.markup;
}

/** An event that says nothing yet is one item itself. */
function updatesOf(event: PageEvent): PageUpdate[] {
	if (event.updates.length > 0) return event.updates;
	return [{ at: event.startedAt, status: event.status, body: "", author: "them" }];
}

function item(event: PageEvent, update: PageUpdate, { language, baseUrl }: StatusReport): Html {
	const status = say(language, `status.${update.status}`);
	return html`<item>
<title>[${status}] ${oneLine(titleOf(event, language))}</title>
<link>${webAddress(event.url) ?? `${baseUrl}/status?lang=${language}`}</link>
<guid isPermaLink="false">${event.connection}/${event.id}/${update.at}/${update.status}</guid>
<pubDate>${new Date(update.at).toUTCString()}</pubDate>
<description>${asMarkup(bodyOf(update, language))}</description>
</item>
`;
}

/** Readers take a description for HTML: the text is escaped for that first, and for XML by the template. */
function asMarkup(text: string): string {
	return html`${text}`.markup.replaceAll("\n", "<br>");
}
