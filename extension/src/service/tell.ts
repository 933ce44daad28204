import type { Instant } from "@stipt/shared/calendar/calendar";
import type { TicketView } from "@stipt/shared/wire/api";
import {
	browserLanguages,
	mayNotify,
	notify,
	readRemembered,
	remember,
	showBadge,
	showTab,
	takeBackNotification,
} from "../lib/browser.ts";
import type { OpenTickets, OwnPageQuestions, Report } from "../lib/messages.ts";
import { readSettings, type Settings } from "../lib/settings.ts";
import { stateText } from "../overlay/reading-text.ts";
import { type Loaded, mostUrgent, readTicket } from "../overlay/ticking.ts";
import { type Speech, speech } from "../words/speech.ts";
import { languageOf, tables } from "../words/tables.ts";
import { isQuiet, type Looked, matterOf, type News, newsSince } from "./lookout.ts";

/** What an acknowledgement from a notification promises. */
const promiseMs = 3_600_000;
const colours = { soon: "#7a4b00", late: "#a8201a" } as const;

type Ports = {
	open(settings: Settings, whose: "own"): Promise<OpenTickets[]>;
	reports(settings: Settings): Promise<Report[]>;
	acknowledgeAll(settings: Settings, taken: OwnPageQuestions["acknowledge-all"]["with"]): Promise<unknown>;
	now(): Instant;
};

/** Looks at the person's open tickets: counts what presses on the icon, and tells what has become worse. */
export async function lookOut({ open, reports, now }: Ports): Promise<void> {
	const settings = await readSettings();
	const words = speechOf(settings);
	const lists = await ownLists(settings, open);
	const views = lists.flatMap(({ answer }) => viewsOf(answer.ok ? answer.loaded : answer.last));
	await showBadge(badgeOf(views, now(), words));
	// While the service is away nothing is known to have changed.
	if (lists.some(({ answer }) => !answer.ok)) return;
	if (!settings.alerting.on || !(await mayNotify())) return remember("looked", null);
	// What comes in quiet hours is told when they end, if it still is so.
	if (isQuiet(settings.alerting, timeOfDay(now()))) return;
	const before = ((await readRemembered("looked")) ?? null) as Looked | null;
	const { looked, news } = newsSince(before, views, now());
	await remember("looked", looked);
	const onScreen = (await reports(settings)).flatMap(({ isVisible, ticket }) =>
		isVisible && ticket !== null ? [ticket] : [],
	);
	for (const item of news) if (!onScreen.includes(item.view.ticket)) await tell(item, words, now());
	for (const key of Object.keys(before ?? {})) if (looked[key] === undefined) await takeBackNotification(key);
}

/** What a click on a notification does: its first button acknowledges where there is something to take, else it opens. */
export async function answerNotification(key: string, button: number | null, ports: Ports): Promise<void> {
	const settings = await readSettings();
	const lists = await ownLists(settings, ports.open);
	const views = lists.flatMap(({ answer }) => viewsOf(answer.ok ? answer.loaded : answer.last));
	const view = views.find(({ value }) => `${value.connection}|${value.ticket}` === key)?.value;
	await takeBackNotification(key);
	if (view === undefined) return;
	const alert = view.escalation?.acknowledgedBy === null ? view.escalation.alert : null;
	if (button !== 0 || alert === null) {
		if (/^https?:\/\//i.test(view.url)) await showTab(view.url);
		return;
	}
	const nextPromise = new Date(ports.now() + promiseMs).toISOString();
	const { connection, ticket } = view;
	await ports.acknowledgeAll(settings, { taken: [{ connection, ticket, alert }], nextPromise });
}

async function tell({ key, matter, view }: News, words: Speech, now: Instant): Promise<void> {
	const { say } = words;
	const reading = mostUrgent(readTicket(view, Date.parse(view.asOf)));
	const state = reading === null ? "" : `${say(`goal.${reading.clock.goal}`)}: ${stateText(words, reading)}`;
	const acknowledge = say("notify.acknowledge", { time: words.moment(now + promiseMs, now) });
	await notify(key, {
		title: say(`notify.${matter}`, { priority: view.priority, number: view.number }),
		message: [view.title, state].filter(Boolean).join("\n"),
		buttons: matter === "escalated" ? [acknowledge, say("notify.open")] : [say("notify.open")],
	});
}

function badgeOf(views: readonly Loaded<TicketView>[], now: Instant, words: Speech) {
	const matters = views.flatMap((view) => matterOf(view, now) ?? []);
	const isLate = matters.some((matter) => matter !== "soon");
	return {
		text: matters.length === 0 ? "" : String(matters.length),
		colour: colours[isLate ? "late" : "soon"],
		title: matters.length === 0 ? "Stipt" : `Stipt: ${words.count("badge.pressing", matters.length)}`,
	};
}

/** Where the service knows which tickets are the person's: those of everybody press on nobody. */
async function ownLists(settings: Settings, open: Ports["open"]): Promise<OpenTickets[]> {
	return (await open(settings, "own")).filter(({ connection }) => connection.user !== undefined);
}

function viewsOf(list: Loaded<{ tickets: TicketView[] }> | null): Loaded<TicketView>[] {
	return (list?.value.tickets ?? []).map((value) => ({ value, receivedAt: list?.receivedAt ?? 0 }));
}

function speechOf({ language }: Settings): Speech {
	const where = languageOf(language, browserLanguages());
	return speech(tables[where.language], where);
}

function timeOfDay(now: Instant): string {
	const date = new Date(now);
	return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}
