import type { Duration, Instant } from "@stipt/shared/calendar/calendar";
import type { Goal } from "@stipt/shared/sla/fact";
import { isOver, type PageEvent } from "@stipt/shared/status/page-event";
import type { Language, Words } from "@stipt/shared/wire/language";
import { goalLine } from "./goal-line.ts";
import { html } from "./html.ts";
import { localTime } from "./local-time.ts";
import { say } from "./messages.ts";
import { oneLine } from "./one-line.ts";
import { webAddress } from "./web-address.ts";

/** An internal note, as text and as markup for the helpdesk. */
export type TicketNote = { text: string; html: string };

type Reader = { language: Language; zone: string };

/** Says in the ticket that a step of the ladder was taken. `remaining` is open time, negative when overdue. */
export function escalationNote(
	{ language, zone }: Reader,
	step: {
		goal: Goal;
		deadline: Instant | null;
		remaining: Duration | null;
		rung: { step: number; of: number };
		/** Roles that were reached, and those that could not be. */
		told: Words[];
		notTold: Words[];
	},
): TicketNote {
	const names = (roles: Words[]) =>
		listed(
			language,
			roles.map((role) => role[language]),
		);
	return note([
		say(language, "note.escalation", { ...step.rung, what: goalLine(language, step.goal, step.remaining) }),
		...(step.deadline === null
			? []
			: [say(language, "note.deadline", { time: localTime(language, step.deadline, { zone }) })]),
		...(step.told.length === 0 ? [] : [say(language, "note.told", { roles: names(step.told) })]),
		...(step.notTold.length === 0 ? [] : [say(language, "note.not-told", { roles: names(step.notTold) })]),
	]);
}

/** Says in the ticket who acknowledged, and until when the ladder stands still. */
export function acknowledgedNote(
	{ language, zone }: Reader,
	{ by, nextPromise }: { by: string; nextPromise: Instant },
): TicketNote {
	return note([
		say(language, "note.acknowledged", { by: oneLine(by, 80), time: localTime(language, nextPromise, { zone }) }),
	]);
}

/** Says in a linked ticket what the status page reports now: the newest update, as text. */
export function pageEventNote({ language }: Reader, event: PageEvent): TicketNote {
	const newest = event.updates.at(-1);
	return note(
		[
			say(language, "note.page-says", {
				title: titleOf(event, language),
				status: say(language, `status.${event.status}`),
			}),
			...(newest === undefined ? [] : [oneLine(newest.words?.[language] ?? newest.body, 1000)]),
			...(isOver(event) ? [say(language, "note.page-over")] : []),
		],
		event.url,
	);
}

function titleOf(event: PageEvent, language: Language): string {
	return oneLine(event.words?.[language] ?? event.title);
}

function listed(language: Language, names: string[]): string {
	return new Intl.ListFormat(language, { type: "conjunction" }).format(names);
}

/** Lines of text as a note, as text and as markup. */
export function note(lines: string[], url: string | null = null): TicketNote {
	const address = webAddress(url);
	const link = address === null ? null : html`<br><a href="${address}">${address}</a>`;
	const markup = html`<p>${lines.map((line, index) => html`${index === 0 ? null : html`<br>`}${line}`)}${link}</p>`;
	return { text: [...lines, ...(address === null ? [] : [address])].join("\n"), html: markup.markup };
}
