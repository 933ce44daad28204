import type { Duration } from "../calendar/calendar.ts";
import type { LadderStep, Target } from "./policy.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Longer promises than this are typing mistakes: no calendar is asked further ahead than ten years. */
const longest = 10_000 * hour;
const mostWorkingDays = 1_000;

/** What was written is not a duration, target or moment: what was expected instead. */
export class UnreadableTime extends Error {
	override readonly name = "UnreadableTime";
	readonly expected: string;
	readonly suggestion: string | undefined;

	constructor(expected: string, found: string, suggestion?: string) {
		super(`Expected ${expected}, found "${found}"`);
		this.expected = expected;
		this.suggestion = suggestion;
	}
}

/**
 * Reads `90m`, `2h`, `1h 30m` or `45s` as milliseconds. Throws `UnreadableTime` for anything else, and for days:
 * a day is not a length of time, it is a question to a calendar.
 */
export function toDuration(text: string): Duration {
	const duration = readUnits(text);
	if (duration === undefined) throw unreadableDuration(text);
	if (duration > longest) throw new UnreadableTime("at most 10000h", text);
	return duration;
}

/** As `toDuration`, with a sign before it where it is negative: `-30m`. */
export function toSignedDuration(text: string): Duration {
	return text.startsWith("-") ? 0 - toDuration(text.slice(1)) : toDuration(text);
}

/** Reads a target: a duration above zero, or `3 working days`. Throws `UnreadableTime`. */
export function toAmount(text: string): Target["amount"] {
	const days = /^(\d+) working days?$/.exec(text);
	if (days?.[1] === undefined) {
		const duration = toDuration(text);
		if (duration === 0) throw new UnreadableTime("more than zero", text);
		return { kind: "business", duration };
	}
	const count = Number(days[1]);
	if (count < 1 || count > mostWorkingDays) {
		throw new UnreadableTime(`between 1 and ${mostWorkingDays} working days`, text);
	}
	return { kind: "workingDays", days: count };
}

/** Reads when a ladder's step is owed: `80%`, `deadline`, `deadline + 30m`, `deadline - 1h`. Throws `UnreadableTime`. */
export function toMoment(text: string): LadderStep["at"] {
	const expected = "a moment such as 80%, deadline or deadline + 30m";
	const percent = /^(\d{1,3})%$/.exec(text);
	if (percent?.[1] !== undefined) {
		const value = Number(percent[1]);
		if (value < 1 || value > 100) {
			throw new UnreadableTime("between 1% and 100%; what comes later is deadline + a duration", text);
		}
		return { kind: "percent", percent: value };
	}
	if (text === "deadline") return { kind: "deadline", offset: 0 };
	const offset = /^deadline\s*([+-])\s*(\S.*)$/.exec(text);
	if (offset?.[2] === undefined) throw new UnreadableTime(expected, text);
	const duration = readUnits(offset[2]);
	if (duration === undefined) throw unreadableDuration(offset[2]);
	if (duration > longest) throw new UnreadableTime("at most 10000h", text);
	return { kind: "deadline", offset: offset[1] === "-" ? 0 - duration : duration };
}

/** Writes milliseconds the way a policy does: `1h 30m`, `45s`, `0m`, `-30m`. What is left below a second is dropped. */
export function formatDuration(duration: Duration): string {
	const size = Math.abs(duration);
	const parts = [
		[Math.floor(size / hour), "h"],
		[Math.floor((size % hour) / minute), "m"],
		[Math.floor((size % minute) / second), "s"],
	] as const;
	const text = parts.flatMap(([count, unit]) => (count > 0 ? [`${count}${unit}`] : [])).join(" ");
	if (text === "") return "0m";
	return duration < 0 ? `-${text}` : text;
}

/** Writes a target the way a policy does. */
export function formatAmount(amount: Target["amount"]): string {
	if (amount.kind === "business") return formatDuration(amount.duration);
	return amount.days === 1 ? "1 working day" : `${amount.days} working days`;
}

function readUnits(text: string): Duration | undefined {
	const parts = /^(?:(\d{1,9})h)?\s*(?:(\d{1,9})m)?\s*(?:(\d{1,9})s)?$/.exec(text);
	if (parts === null || text.trim() !== text || text === "") return undefined;
	const [, hours, minutes, seconds] = parts;
	return Number(hours ?? 0) * hour + Number(minutes ?? 0) * minute + Number(seconds ?? 0) * second;
}

function unreadableDuration(text: string): UnreadableTime {
	const days = /^(\d+)\s*(?:d|days?)\b/i.exec(text.trim());
	if (days !== null) {
		const instead = days[1] === "1" ? "1 working day" : `${days[1]} working days`;
		return new UnreadableTime(
			"hours such as 8h, or working days: a day is not a duration, since 24 business hours fill three days of eight",
			text,
			instead,
		);
	}
	const shortened = text
		.trim()
		.toLowerCase()
		.replace(/\s*(?:hours?|hrs?|uur|heures?|stunden?)\b/g, "h")
		.replace(/\s*(?:minutes?|mins?|minuten)\b/g, "m")
		.replace(/\s*(?:seconds?|secs?|secondes?|sekunden)\b/g, "s")
		.replace(/(\d)\s+([hms])/g, "$1$2")
		.replace(/([hms])(?:,| and)?\s*(?=\d)/g, "$1 ");
	const meant = shortened !== text && readUnits(shortened) !== undefined ? shortened : undefined;
	return new UnreadableTime("a duration such as 90m, 2h or 1h 30m", text, meant);
}
