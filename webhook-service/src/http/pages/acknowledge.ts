import type { Duration, Instant } from "@stipt/shared/calendar/calendar";
import type { Goal } from "@stipt/shared/sla/fact";
import type { Language, Words } from "@stipt/shared/wire/language";
import { goalLine } from "../../words/goal-line.ts";
import { type Html, html } from "../../words/html.ts";
import { localTime } from "../../words/local-time.ts";
import { say } from "../../words/messages.ts";
import { oneLine } from "../../words/one-line.ts";
import { openDuration } from "../../words/open-duration.ts";
import { priorityName } from "../../words/priority-name.ts";
import { webAddress } from "../../words/web-address.ts";
import { type AcknowledgeForm, acknowledgeForm } from "./acknowledge-form.ts";
import { layout, sign, type Tone } from "./layout.ts";

/** What the page of one alert shows. */
export type AcknowledgePage = {
	language: Language;
	now: Instant;
	/** In whose wall clock times are written and entered. */
	zone: string;
	/** Path and query of this page, for the links to its other languages. */
	address: string;
	ticket: { number: string; title: string; url: string };
	priority: { id: string; name: Words };
	service: Words;
	goal: Goal;
	deadline: Instant | null;
	/** Open milliseconds left; negative when overdue. */
	remainingMs: Duration | null;
	rung: { step: number; of: number };
	state:
		| ({ kind: "open" } & AcknowledgeForm)
		/** Somebody else was first. */
		| { kind: "already"; by: string; at: Instant; nextPromise: Instant }
		/** Just now, by the reader. */
		| { kind: "confirmed"; by: string; nextPromise: Instant }
		/** The ticket was solved or closed meanwhile. */
		| { kind: "solved" };
};

/** The page behind the link in an alert. Showing it changes nothing; its form posts the acknowledgement. */
export function acknowledgePage(page: AcknowledgePage): string {
	const { language, state, ticket } = page;
	const title = say(language, "ack.title", { number: oneLine(ticket.number, 40) });
	const hasProblems = state.kind === "open" && (state.problems ?? []).length > 0;
	return layout({
		language,
		title: hasProblems ? `${say(language, "ack.problems")} – ${title}` : title,
		name: "Stipt",
		address: page.address,
		isPublic: false,
		main: html`<h1>${title}</h1>
${outcome(page)}
${summary(page)}
${state.kind === "open" ? acknowledgeForm(state, page) : null}`,
	});
}

/** The page for a link that is no good; it tells nothing about the ticket. */
export function brokenLinkPage({
	language,
	reason,
	address,
}: {
	language: Language;
	reason: "expired" | "invalid";
	address: string;
}): string {
	return layout({
		language,
		title: say(language, `ack.${reason}`),
		name: "Stipt",
		address,
		isPublic: false,
		main: html`<h1>${say(language, `ack.${reason}`)}</h1>\n<p>${say(language, `ack.${reason}-lead`)}</p>`,
	});
}

/** What the ticket is and where it stands. */
function summary({
	language,
	zone,
	ticket,
	priority,
	service,
	goal,
	deadline,
	remainingMs,
	rung,
	state,
}: AcknowledgePage): Html {
	const tone: Tone = state.kind === "solved" ? "calm" : remainingMs !== null && remainingMs < 0 ? "bad" : "warn";
	const url = webAddress(ticket.url);
	const name = `#${oneLine(ticket.number, 40)} ${oneLine(ticket.title)}`;
	const row = (label: string, value: string) => html`<dt>${label}</dt><dd>${value}</dd>\n`;
	return html`<section class="card event ${tone}">
${state.kind === "solved" ? null : html`<p class="headline">${goalLine(language, goal, remainingMs)}</p>`}
<p class="ticket" dir="auto">${url === null ? name : html`<a href="${url}">${name}</a>`}</p>
<dl>
${row(say(language, "mail.service"), service[language])}
${row(say(language, "mail.priority"), priorityName(language, priority))}
${row(say(language, "mail.goal"), say(language, `goal.${goal}`))}
${deadline === null ? null : row(say(language, "mail.deadline"), localTime(language, deadline, { zone }))}
${
	remainingMs === null || state.kind === "solved"
		? null
		: row(
				say(language, remainingMs < 0 ? "mail.overdue" : "mail.left"),
				say(language, "mail.open-time", { duration: openDuration(language, remainingMs) }),
			)
}${row(say(language, "mail.escalation"), say(language, "mail.rung", rung))}</dl>
</section>`;
}

function outcome({ language, zone, state }: AcknowledgePage): Html | null {
	if (state.kind === "open") return null;
	const time = (instant: Instant) => localTime(language, instant, { zone });
	if (state.kind === "solved") return notice("well", say(language, "ack.solved"), say(language, "ack.solved-lead"));
	const by = oneLine(state.by, 80);
	if (state.kind === "confirmed") {
		const text = say(language, "ack.confirmed-by", { by, time: time(state.nextPromise) });
		return notice("well", say(language, "ack.confirmed"), text);
	}
	const text = say(language, "ack.already-by", { by, at: time(state.at), time: time(state.nextPromise) });
	return notice("plan", say(language, "ack.already"), text);
}

function notice(tone: Tone, title: string, text: string): Html {
	return html`<div class="notice ${tone}"><h2 class="state">${sign(tone)}${title}</h2>\n<p>${text}</p></div>`;
}
