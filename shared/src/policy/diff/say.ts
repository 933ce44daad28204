import type { Duration, Instant } from "../../calendar/calendar.ts";
import type { Channel, Goal, PauseOwner } from "../../sla/fact.ts";
import type { Words } from "../../wire/language.ts";
import { localDate } from "../local-time.ts";
import type { LadderStep, LongestPause, Policy, Target } from "../policy.ts";

const months = [
	"January",
	"February",
	"March",
	"April",
	"May",
	"June",
	"July",
	"August",
	"September",
	"October",
	"November",
	"December",
];

/** A goal as a manager calls it. */
export const goalWords: Record<Goal, string> = {
	pickup: "pickup",
	"first-response": "first response",
	"next-update": "next update",
	resolution: "resolution",
	handover: "hand-over",
};

export const channelWords: Record<Channel, string> = {
	portal: "Portal",
	email: "E-mail",
	phone: "Phone",
	chat: "Chat",
	api: "API",
	other: "Other channels",
};

export const ownerWords: Record<PauseOwner, string> = {
	customer: "the customer",
	supplier: "a supplier",
	planned: "planned work",
};

/** `4 h`, `1 h 30 min`, `45 s`. */
export function sayDuration(duration: Duration): string {
	const size = Math.abs(duration);
	const parts = [
		[Math.floor(size / 3_600_000), "h"],
		[Math.floor((size % 3_600_000) / 60_000), "min"],
		[(size % 60_000) / 1000, "s"],
	] as const;
	const text = parts.flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : [])).join(" ");
	return text === "" ? "none" : text;
}

export function sayAmount(amount: Target["amount"]): string {
	if (amount.kind === "business") return sayDuration(amount.duration);
	return amount.days === 1 ? "1 working day" : `${amount.days} working days`;
}

/** `1 January 2027`, of a date `YYYY-MM-DD`. */
export function sayDate(date: string): string {
	const [year, month, day] = date.split("-").map(Number);
	return `${day} ${months[(month ?? 1) - 1]} ${year}`;
}

/** The date of an instant where a calendar is. */
export function dateIn(policy: Policy, calendar: string | undefined, instant: Instant): string {
	const zone = (calendar === undefined ? undefined : policy.calendars[calendar]?.zone) ?? zoneOf(policy);
	return localDate(instant, zone);
}

function zoneOf({ calendars }: Policy): string {
	return Object.values(calendars)[0]?.zone ?? "UTC";
}

/** `at 75 %`, `at the deadline`, `1 h after the deadline`. */
export function sayMoment(at: LadderStep["at"]): string {
	if (at.kind === "percent") return `at ${at.percent} %`;
	if (at.offset === 0) return "at the deadline";
	return `${sayDuration(at.offset)} ${at.offset < 0 ? "before" : "after"} the deadline`;
}

/** People of functions, by their names. */
export function sayRoles(ids: readonly string[], policy: Policy): string {
	if (ids.length === 0) return "nobody";
	return ids.map((id) => nameOf(policy.roles.find((role) => role.id === id)?.name, id)).join(", ");
}

export function sayGoals(goals: readonly Goal[]): string {
	return goals.map((goal) => goalWords[goal]).join(", ") || "none";
}

export function sayLongest({ within, then, notify }: LongestPause, policy: Policy): string {
	const hears = notify.length === 0 ? "" : `; ${sayRoles(notify, policy)} hear of it`;
	return `${sayAmount(within)}, then the clock ${then === "resume" ? "goes on" : "still stands"}${hears}`;
}

export function nameOf(words: Words | undefined, id: string): string {
	return words?.en ?? id;
}

export function sayWords(words: Words): string {
	return words.en;
}
