import { child, date, FormError, keys, list, oneOf, optional, type Reading, text, whole, yes } from "./reading.ts";
import { writeLocal } from "./wall-clock.ts";

/** Ranges of milliseconds after a date's midnight. */
export type DayHours = [start: number, end: number][];

export type ClaimedCalendar = {
	name: string;
	zone: string;
	/** The instant from which it holds. */
	since: number;
	/** First and last day, as days since 1970. */
	first: number;
	last: number;
	hoursOn(day: number): DayHours;
};

export type ClaimedTarget =
	| { kind: "business"; ms: number }
	| {
			kind: "working-days";
			days: number;
			from: "open" | "arrival";
			count: "after" | "same";
			end: "close" | "midnight" | "sameTime";
			ends: number | null;
			ms: number | null;
	  }
	| { kind: "left-for-line"; left: number; ms: number };

export type ClaimedLine = { path: string; from: number; to: number; ms: number; days: number | null; each: number };
export type ClaimedPause = { path: string; from: number; until: number | null; ms: number };
export type ClaimedChange = {
	at: number;
	what: string;
	to: string;
	effect: "counted-back" | "begun-anew" | "overtaken" | "none";
};

/** What a proof says, read; instants are milliseconds. */
export type Claim = {
	zone: string;
	state: "running" | "paused" | "met" | "missed" | "cancelled";
	promise: string;
	priority: string;
	asOf: number;
	target: ClaimedTarget | null;
	started: number;
	countedFrom: number;
	changes: ClaimedChange[];
	agreed: { at: number; deadline: number } | null;
	calendars: ClaimedCalendar[];
	pauses: ClaimedPause[];
	unpaused: boolean;
	lines: ClaimedLine[];
	countedTo: number;
	sum: number;
	elapsed: number;
	remaining: number | null;
	deadline: number | null;
	withoutDeadline: "best-effort" | "standing" | "never-open" | null;
	ifResumedNow: number | null;
	stopped: number | null;
	breached: {
		at: number;
		by: "time" | "earlier-target" | "re-prioritisation" | "policy" | "received" | "resolution";
	} | null;
};

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const minuteMs = 60_000;

/**
 * Reads a proof. Everything that is written twice must say the same: faults are told to `fault`. Throws a `FormError`
 * for what is no proof at all.
 */
export function readClaim(value: unknown, fault: (sentence: string) => void): Claim {
	const proof: Reading = { value, path: "" };
	const at = (key: string) => child(proof, key);
	oneOf(at("proof"), "stipt/1");
	const zone = zoneIn(at("zone"));
	const moment = (reading: Reading) => momentIn(reading, zone, fault);
	const goal = oneOf(at("goal"), "pickup", "first-response", "next-update", "resolution", "handover");
	const cycle = whole(at("cycle"));
	if (text(at("id")) !== `${goal} ${cycle}`) {
		fault(`The clock is named "${text(at("id"))}", but its goal and cycle are ${goal} ${cycle}.`);
	}
	const rule = at("rule");
	return {
		zone,
		state: oneOf(at("state"), "running", "paused", "met", "missed", "cancelled"),
		promise: oneOf(child(rule, "promise"), "aim", "commitment", "best-effort"),
		priority: text(child(rule, "priority")),
		asOf: moment(at("asOf")),
		target: optional(child(rule, "target"), (target) => targetIn(target, moment, fault)),
		started: moment(at("started")),
		countedFrom: moment(at("countedFrom")),
		changes: list(at("changes")).map((change) => ({
			at: moment(change),
			what: oneOf(child(change, "what"), "priority", "service", "channel", "policy"),
			to: text(child(change, "to")),
			effect: oneOf(child(change, "effect"), "counted-back", "begun-anew", "overtaken", "none"),
		})),
		agreed: optional(at("agreed"), (agreed) => {
			text(child(agreed, "reason"));
			return { at: moment(agreed), deadline: moment(child(agreed, "deadline")) };
		}),
		calendars: list(at("calendars")).map((calendar) => calendarIn(calendar, moment, fault)),
		pauses: list(at("pauses")).map((pause) => ({
			path: pause.path,
			from: moment(child(pause, "from")),
			until: optional(child(pause, "until"), moment),
			ms: whole(child(pause, "ms")),
		})),
		unpaused: yes(at("unpaused")),
		lines: list(at("counted")).map((line) => lineIn(line, moment)),
		countedTo: moment(at("countedTo")),
		sum: whole(at("sum")),
		elapsed: whole(at("elapsed")),
		remaining: optional(at("remaining"), whole),
		deadline: optional(at("deadline"), moment),
		withoutDeadline: optional(at("withoutDeadline"), (why) => oneOf(why, "best-effort", "standing", "never-open")),
		ifResumedNow: optional(at("ifResumedNow"), moment),
		stopped: optional(at("stopped"), moment),
		breached: optional(at("breached"), (breached) => ({
			at: moment(breached),
			by: oneOf(
				child(breached, "by"),
				"time",
				"earlier-target",
				"re-prioritisation",
				"policy",
				"received",
				"resolution",
			),
		})),
	};
}

function zoneIn(reading: Reading): string {
	const zone = text(reading);
	try {
		writeLocal(zone, 0);
		return zone;
	} catch {
		throw new FormError(`${reading.path}: expected a time zone that is known here, found "${zone}".`);
	}
}

function momentIn(reading: Reading, zone: string, fault: (sentence: string) => void): number {
	const written = text(child(reading, "at"));
	const instant = Date.parse(written);
	if (!Number.isFinite(instant) || new Date(instant).toISOString() !== written) {
		throw new FormError(
			`${reading.path}.at: expected an instant such as 2026-03-02T08:00:00.000Z, found "${written}".`,
		);
	}
	const local = text(child(reading, "local"));
	const shown = writeLocal(zone, instant);
	if (local !== shown) fault(`${reading.path}: at ${written} a clock in ${zone} shows ${shown}, not ${local}.`);
	return instant;
}

function targetIn(
	target: Reading,
	moment: (reading: Reading) => number,
	fault: (sentence: string) => void,
): ClaimedTarget {
	const ms = child(target, "ms");
	const kind = oneOf(child(target, "kind"), "business", "working-days", "left-for-line");
	if (kind === "business") {
		const stated = text(child(target, "stated"));
		if (durationOf(stated) !== whole(ms)) fault(`The target is stated as "${stated}", which is not ${whole(ms)} ms.`);
		return { kind, ms: whole(ms) };
	}
	if (kind === "left-for-line") return leftForLineIn(target, fault);
	const days = whole(child(target, "days"));
	const stated = text(child(target, "stated"));
	if (stated !== `${days} working days`)
		fault(`The target is stated as "${stated}", but ${days} working days are counted.`);
	return {
		kind,
		days,
		from: oneOf(child(target, "from"), "open", "arrival"),
		count: oneOf(child(target, "count"), "after", "same"),
		end: oneOf(child(target, "end"), "close", "midnight", "sameTime"),
		ends: optional(child(target, "ends"), moment),
		ms: optional(ms, whole),
	};
}

/** Milliseconds of `1h 30m 5s`. */
function durationOf(stated: string): number {
	const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000 };
	return [...stated.matchAll(/(\d+)([hms])/g)].reduce(
		(sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ""] ?? 0),
		0,
	);
}

function leftForLineIn(target: Reading, fault: (sentence: string) => void): ClaimedTarget {
	const [resolution, used, minimum] = ["resolution", "used", "minimum"].map((key) => whole(child(target, key)));
	const [left, ms] = [whole(child(target, "left")), whole(child(target, "ms"))];
	const expected = (resolution ?? 0) - (used ?? 0) - (minimum ?? 0);
	if (left !== expected) fault(`${target.path}: what is left is ${expected} ms, not ${left} ms.`);
	if (ms !== Math.max(0, left)) fault(`${target.path}: the target is ${Math.max(0, left)} ms, not ${ms} ms.`);
	return { kind: "left-for-line", left, ms };
}

function lineIn(line: Reading, moment: (reading: Reading) => number): ClaimedLine {
	const isDays = oneOf(child(line, "kind"), "stretch", "days") === "days";
	const ms = whole(child(line, "ms"));
	return {
		path: line.path,
		from: moment(child(line, "from")),
		to: moment(child(line, "to")),
		ms,
		days: isDays ? whole(child(line, "days")) : null,
		each: isDays ? whole(child(line, "each")) : ms,
	};
}

function calendarIn(
	calendar: Reading,
	moment: (reading: Reading) => number,
	fault: (sentence: string) => void,
): ClaimedCalendar {
	const zone = zoneIn(child(calendar, "zone"));
	const special = new Map<number, DayHours>();
	for (const day of list(child(calendar, "special"))) {
		const found = date(child(day, "date"));
		const weekday = oneOf(child(day, "weekday"), ...weekdays);
		if (weekdayOf(found) !== weekday) fault(`${day.path}: the date is a ${weekdayOf(found)}, not a ${weekday}.`);
		if (special.has(found)) fault(`${day.path}: the date stands there twice.`);
		special.set(found, hoursIn(day, fault));
	}
	const weeks = list(child(calendar, "weeks")).map((span) => {
		const [first, last] = [date(child(span, "from")), date(child(span, "to"))];
		const days = whole(child(span, "days"));
		if (last - first + 1 !== days) fault(`${span.path}: these are ${last - first + 1} days, not ${days}.`);
		const week = child(span, "week");
		const hours = new Map(keys(week).map((weekday) => [weekday, hoursIn(child(week, weekday), fault)]));
		return { first, last, hours, path: span.path };
	});
	for (const [index, { first, path }] of weeks.entries()) {
		const before = weeks[index - 1];
		if (before !== undefined && first !== before.last + 1)
			fault(`${path}: it does not begin on the day after the last.`);
	}
	const [first, last] = [weeks[0]?.first ?? 0, weeks.at(-1)?.last ?? -1];
	for (const day of special.keys()) {
		if (day < first || day > last) fault(`${calendar.path}: a special date lies outside its weeks.`);
	}
	const hoursOn = (day: number): DayHours => {
		const own = special.get(day);
		if (own !== undefined) return own;
		const hours = weeks.find((span) => day >= span.first && day <= span.last)?.hours.get(weekdayOf(day));
		if (hours === undefined && day >= first && day <= last) {
			fault(`${calendar.path}: the hours of a ${weekdayOf(day)} are missing.`);
		}
		return hours ?? [];
	};
	const since = optional(child(calendar, "since"), moment) ?? Number.NEGATIVE_INFINITY;
	return { name: text(child(calendar, "name")), zone, since, first, last, hoursOn };
}

function hoursIn(reading: Reading, fault: (sentence: string) => void): DayHours {
	const minutes = whole(child(reading, "minutes"));
	const ranges = list(child(reading, "hours")).map((range): [number, number] => {
		const found = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text(range));
		const [, fromHour, fromMinute, toHour, toMinute] = (found ?? []).map(Number);
		const from = (fromHour ?? 0) * 60 + (fromMinute ?? 0);
		const to = (toHour ?? 0) * 60 + (toMinute ?? 0);
		if (found === null || from >= to) throw new FormError(`${range.path}: expected hours such as 09:00-17:00.`);
		return [from, to];
	});
	const sum = ranges.reduce((total, [from, to]) => total + to - from, 0);
	if (sum !== minutes) fault(`${reading.path}: the hours are ${sum} minutes, not ${minutes}.`);
	return ranges.map(([from, to]) => [from * minuteMs, to * minuteMs]);
}

function weekdayOf(day: number): (typeof weekdays)[number] {
	return weekdays[(((day + 3) % 7) + 7) % 7] ?? "mon";
}
