import { type ComponentStatus, isOver, type PageEvent, type PageImpact } from "@stipt/shared/status/page-event";
import { type Html, html } from "../../words/html.ts";
import { localTime, zoneName } from "../../words/local-time.ts";
import { say } from "../../words/messages.ts";
import { oneLine } from "../../words/one-line.ts";
import { openDuration } from "../../words/open-duration.ts";
import { webAddress } from "../../words/web-address.ts";
import { layout, sign, type Tone } from "./layout.ts";
import { beginOf, bodyOf, endOf, overallState, type StatusReport, sortEvents, titleOf } from "./status-report.ts";

const tones: Record<ComponentStatus, Tone> = {
	operational: "well",
	degraded: "warn",
	partial_outage: "bad",
	major_outage: "bad",
	under_maintenance: "plan",
	unknown: "calm",
};
const impactTones: Record<PageImpact, Tone> = {
	none: "calm",
	minor: "warn",
	major: "bad",
	critical: "bad",
	maintenance: "plan",
};

/** The public status page as HTML. It works without script and in any language. */
export function statusHtml(report: StatusReport): string {
	const { language, title, baseUrl, components, now, zone } = report;
	const { incidents, maintenance, past } = sortEvents(report);
	const overall = overallState(report);
	const main = html`<h1>${title}</h1>
<p class="overall ${tones[overall]}">${sign(tones[overall])}<span>${say(language, `overall.${overall}`)}</span></p>
<h2>${say(language, "page.ongoing")}</h2>
${incidents.length === 0 ? html`<p class="muted">${say(language, "page.no-ongoing")}</p>` : incidents.map((event) => openEvent(event, report))}
${maintenance.length === 0 ? null : html`<h2>${say(language, "page.maintenance")}</h2>\n${maintenance.map((event) => openEvent(event, report))}`}
${components.length === 0 ? null : html`<h2>${say(language, "page.components")}</h2>\n<ul class="rows">\n${components.map((component) => componentRow(component, report))}</ul>`}
<h2>${say(language, "page.past")}</h2>
${past.length === 0 ? html`<p class="muted">${say(language, "page.no-past")}</p>` : past.map((event) => pastEvent(event, report))}`;
	const feed = `${baseUrl}/status.rss?lang=${language}`;
	return layout({
		language,
		title: `${say(language, `overall.${overall}`)} – ${title}`,
		name: "Stipt",
		address: `${baseUrl}/status`,
		isPublic: true,
		head: html`<link rel="alternate" type="application/rss+xml" title="${title}" href="${feed}">`,
		main,
		footer: html`<p>${say(language, "page.as-of", { time: localTime(language, now, { zone }), zone: zoneName(language, zone) })}</p>
<p><a href="${feed}">${say(language, "page.rss")}</a><a href="${baseUrl}/status.json?lang=${language}">${say(language, "page.json")}</a></p>
<p>${say(language, "page.made-by")}</p>`,
	});
}

function componentRow({ name, status }: StatusReport["components"][number], { language }: StatusReport): Html {
	return html`<li><span dir="auto">${oneLine(name)}</span> <span class="state ${tones[status]}">${sign(tones[status])}${say(language, `component.${status}`)}</span></li>\n`;
}

function openEvent(event: PageEvent, report: StatusReport): Html {
	return html`<article class="card event ${impactTones[event.impact]}">
${heading(event, report)}
${facts(event, report, when(event, report))}
${updates(event, report)}
</article>
`;
}

function pastEvent(event: PageEvent, report: StatusReport): Html {
	const { language } = report;
	const ended = endOf(event);
	const spent = ended - beginOf(event);
	const lasted =
		spent >= 60_000 && event.status !== "cancelled"
			? html`<span>${say(language, "page.lasted", { duration: openDuration(language, spent, "long") })}</span>`
			: null;
	return html`<article class="card event calm">
${heading(event, report)}
${facts(event, report, html`<span>${moment(ended, report)}</span>${lasted}`)}
${event.updates.length === 0 ? null : html`<details><summary>${say(language, "page.updates")}</summary>${updates(event, report)}</details>`}
</article>
`;
}

function heading(event: PageEvent, { language }: StatusReport): Html {
	return html`<h3 dir="auto">${oneLine(titleOf(event, language))}</h3>`;
}

function facts(event: PageEvent, { language }: StatusReport, times: Html): Html {
	const url = event.connection === "built-in" ? null : webAddress(event.url);
	const tone = isOver(event) ? "well" : impactTones[event.impact];
	return html`<p class="facts"><span class="state ${tone}">${sign(tone)}${say(language, `status.${event.status}`)}</span>
<span>${say(language, `impact.${event.impact}`)}</span>${times}
${event.components.length === 0 ? null : html`<span>${say(language, "page.affects", { components: event.components.map((name) => oneLine(name)).join(", ") })}</span>`}
${url === null ? null : html`<a href="${url}">${say(language, "page.elsewhere")}</a>`}</p>`;
}

function when(event: PageEvent, report: StatusReport): Html {
	const { language, zone } = report;
	const brief = (instant: number) => localTime(language, instant, { zone, shape: "brief" });
	const from = brief(beginOf(event));
	if (event.kind === "incident") return html`<span>${say(language, "page.since", { time: from })}</span>`;
	const text =
		event.scheduledUntil === null
			? say(language, "page.from", { from })
			: say(language, "page.window", { from, until: brief(event.scheduledUntil) });
	return html`<span>${text}</span>`;
}

function updates(event: PageEvent, report: StatusReport): Html {
	const { language } = report;
	return html`<ol class="updates" reversed>
${[...event.updates].reverse().map(
	(update) =>
		html`<li><strong>${say(language, `status.${update.status}`)}</strong> ${moment(update.at, report)}
<p dir="auto">${bodyOf(update, language)}</p></li>\n`,
)}</ol>`;
}

function moment(instant: number, { language, zone }: StatusReport): Html {
	return html`<time datetime="${new Date(instant).toISOString()}">${localTime(language, instant, { zone, shape: "brief" })}</time>`;
}
