import type { Language } from "@stipt/shared/wire/language";
import { goalLine, isJustMissed } from "../../words/goal-line.ts";
import { localTime } from "../../words/local-time.ts";
import { say } from "../../words/messages.ts";
import { oneLine } from "../../words/one-line.ts";
import { openDuration } from "../../words/open-duration.ts";
import { priorityName } from "../../words/priority-name.ts";
import { webAddress } from "../../words/web-address.ts";
import type { Notice } from "./channel.ts";
import { letterMarkup } from "./email-markup.ts";

/** What a letter says, before it gets a form. Everything is text on one line. */
export type LetterContent = {
	language: Language;
	kind: Notice["kind"];
	kindName: string;
	/** Where the goal stands, e.g. `First response: 12 min overdue`. */
	headline: string;
	lead: string;
	/** Reminder, possible repeat. */
	remarks: string[];
	ticket: { name: string; url: string | null };
	rows: { label: string; value: string }[];
	acknowledge: { label: string; url: string; hint: string };
	openTicket: string;
	why: string;
};

/** An alert as a letter: subject, plain text and HTML, in the notice's language. */
export function letterOf(notice: Notice): { subject: string; text: string; html: string } {
	const content = contentOf(notice);
	return { subject: subjectOf(notice), text: plainText(content), html: letterMarkup(content) };
}

function subjectOf({ language, priority, kind, goal, remainingMs, ticket, rung }: Notice): string {
	const standing =
		remainingMs === null
			? say(language, `goal.${goal}`)
			: isJustMissed(remainingMs)
				? say(language, "mail.just-missed")
				: say(language, remainingMs < 0 ? "mail.overdue-by" : "mail.due-in", {
						duration: openDuration(language, remainingMs),
					});
	return oneLine(
		say(language, "mail.subject", {
			priority: priority.id,
			what:
				kind === "re-opened" || kind === "request"
					? say(language, `mail.${kind}`, { what: lowerFirst(standing, language) })
					: standing,
			number: oneLine(ticket.number, 40),
			title: oneLine(ticket.title, 100),
			step: rung.step,
			of: rung.of,
		}),
		240,
	);
}

function contentOf(notice: Notice): LetterContent {
	const { language, zone, kind, ticket, priority, service, goal, deadline, remainingMs, rung, occurrence } = notice;
	const { request } = notice;
	const words = <T extends Record<Language, string>>(text: T) => oneLine(text[language]);
	const row = (
		key: "asked-by" | "reason" | "service" | "priority" | "goal" | "deadline" | "left" | "overdue" | "escalation",
		value: string,
	) => ({
		label: say(language, `mail.${key}`),
		value,
	});
	return {
		language,
		kind,
		kindName: say(language, `notice.${kind}`),
		headline: goalLine(language, goal, remainingMs),
		lead: say(language, `mail.lead.${kind}`),
		remarks: [
			...(occurrence > 0 && kind !== "re-opened" ? [say(language, "mail.reminder", { count: occurrence })] : []),
			...(notice.possiblyRepeated ? [say(language, "mail.possibly-repeated")] : []),
		],
		ticket: { name: `#${oneLine(ticket.number, 40)} ${oneLine(ticket.title)}`, url: webAddress(ticket.url) },
		rows: [
			...(request === undefined
				? []
				: [row("asked-by", oneLine(request.by, 80)), row("reason", oneLine(request.reason, 1000))]),
			row("service", words(service)),
			row("priority", oneLine(priorityName(language, priority))),
			row("goal", say(language, `goal.${goal}`)),
			...(deadline === null ? [] : [row("deadline", localTime(language, deadline, { zone }))]),
			...(remainingMs === null || isJustMissed(remainingMs)
				? []
				: [
						row(
							remainingMs < 0 ? "overdue" : "left",
							say(language, "mail.open-time", { duration: openDuration(language, remainingMs) }),
						),
					]),
			row("escalation", say(language, "mail.rung", rung)),
		],
		acknowledge: {
			label: say(language, "mail.acknowledge"),
			url: notice.acknowledgeUrl,
			hint: say(language, "mail.acknowledge-hint"),
		},
		openTicket: say(language, "mail.open-ticket"),
		why: say(language, "mail.why", { role: words(notice.role), service: words(service) }),
	};
}

function plainText(content: LetterContent): string {
	const { ticket, acknowledge } = content;
	return [
		`${content.kindName.toLocaleUpperCase(content.language)}: ${content.headline}`,
		...[content.lead, ...content.remarks],
		"",
		ticket.name,
		...(ticket.url === null ? [] : [ticket.url]),
		"",
		...content.rows.map(({ label, value }) => `${label}: ${value}`),
		"",
		`${acknowledge.label}: ${acknowledge.url}`,
		acknowledge.hint,
		"",
		"-- ",
		content.why,
		"",
	].join("\n");
}

/** After a comma; German nouns and units keep their capital. */
function lowerFirst(text: string, language: Language): string {
	return language === "de" ? text : text.charAt(0).toLocaleLowerCase(language) + text.slice(1);
}
