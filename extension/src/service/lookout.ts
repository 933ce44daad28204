import type { Instant } from "@stipt/shared/calendar/calendar";
import type { TicketView } from "@stipt/shared/wire/api";
import type { Alerting } from "../lib/settings.ts";
import { type Loaded, mostUrgent, readTicket, serviceTime } from "../overlay/ticking.ts";

/** What a person is told of a ticket outside its page, the most pressing last. */
export type Matter = "soon" | "late" | "escalated";

/** The matter of each ticket at an earlier look, by connection and ticket. */
export type Looked = Record<string, Matter>;

export type News = { key: string; matter: Matter; view: TicketView };

const ranks: readonly Matter[] = ["soon", "late", "escalated"];

/** What presses about a ticket now; `null`: nothing. */
export function matterOf({ value, receivedAt }: Loaded<TicketView>, now: Instant): Matter | null {
	const { escalation } = value;
	if (escalation?.alert != null && escalation.acknowledgedBy === null) return "escalated";
	const tone = mostUrgent(readTicket(value, serviceTime({ value, receivedAt }, now)))?.tone;
	return tone === "soon" || tone === "late" ? tone : null;
}

/** What has become more pressing since an earlier look. A first look (`null`) tells nothing: that was so before. */
export function newsSince(
	before: Looked | null,
	views: readonly Loaded<TicketView>[],
	now: Instant,
): { looked: Looked; news: News[] } {
	const looked: Looked = {};
	const news: News[] = [];
	for (const loaded of views) {
		const matter = matterOf(loaded, now);
		if (matter === null) continue;
		const view = loaded.value;
		const key = `${view.connection}|${view.ticket}`;
		looked[key] = matter;
		const earlier = before?.[key];
		if (before !== null && rankOf(matter) > rankOf(earlier)) news.push({ key, matter, view });
	}
	return { looked, news };
}

/** Whether a person wants to be left alone at this local time of day (`HH:MM`). The hours may pass midnight. */
export function isQuiet({ quiet }: Alerting, time: string): boolean {
	if (quiet === null || quiet.from === quiet.to) return false;
	const { from, to } = quiet;
	return from < to ? time >= from && time < to : time >= from || time < to;
}

function rankOf(matter: Matter | undefined): number {
	return matter === undefined ? -1 : ranks.indexOf(matter);
}
