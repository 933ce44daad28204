import type { Duration, Instant } from "@stipt/shared/calendar/calendar";
import type { Language, Words } from "@stipt/shared/wire/language";
import type { WordKey, WordTable } from "./en.ts";

/** Everything that is needed to speak to one person. */
export type Speech = {
	language: Language;
	locale: string;
	/** The text of `key`, with `{names}` filled in. */
	say(key: WordKey, values?: Readonly<Record<string, string | number>>): string;
	/** The form of a counted text: `key` has the forms `key.one` and `key.other`. */
	count(key: CountedKey, n: number): string;
	/** Several names in a sentence: `A, B or C`. */
	list(names: readonly string[]): string;
	/** A text that the service sent in every language. */
	of(words: Words): string;
	/** Open time: `3 h 12 min`; below ten minutes with seconds. The sign is dropped. */
	duration(amount: Duration): string;
	/** Open time that does not tick: `6 min`, with seconds only when there are any. */
	length(amount: Duration): string;
	/** The largest unit alone: `3h`, for places of a few characters. */
	briefDuration(amount: Duration): string;
	/** Open time in full words, for those who hear it. */
	spokenDuration(amount: Duration): string;
	/** A moment as somebody says it at `at`: `16:30` today, `tomorrow 10:00`, `Mon 08:30`, `12 Dec 08:30`. */
	moment(moment: Instant, at: Instant): string;
	/** With date and zone. */
	fullMoment(moment: Instant): string;
};

type CountedKey = { [K in WordKey]: K extends `${infer Base}.one` ? Base : never }[WordKey];

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** From here down the seconds are shown. */
const secondsBelow = 10 * minute;

const shortUnits: Readonly<Record<Language, readonly [string, string, string]>> = {
	nl: ["u", "min", "s"],
	fr: ["h", "min", "s"],
	de: ["Std.", "Min.", "Sek."],
	en: ["h", "min", "s"],
};

/** Texts, durations and dates in one language. `timeZone` is the browser's own unless given. */
export function speech(table: WordTable, where: { language: Language; locale: string; timeZone?: string }): Speech {
	const { language, locale, timeZone } = where;
	const zone = timeZone === undefined ? {} : { timeZone };
	const clock = { hour: "2-digit", minute: "2-digit" } as const;
	const plain = { calendar: "gregory", numberingSystem: "latn" } as const;
	// Each costs milliseconds to make, and a page needs few of them.
	const time = once(() => new Intl.DateTimeFormat(locale, { ...clock, ...zone }));
	const day = once(() => new Intl.DateTimeFormat(locale, { weekday: "short", ...zone }));
	const date = once(() => new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", ...zone }));
	const dateWithYear = once(
		() => new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", ...zone }),
	);
	const full = once(
		() =>
			new Intl.DateTimeFormat(locale, {
				weekday: "long",
				day: "numeric",
				month: "long",
				year: "numeric",
				timeZoneName: "short",
				...clock,
				...zone,
			}),
	);
	const numeric = once(
		() => new Intl.DateTimeFormat(locale, { year: "numeric", month: "numeric", day: "numeric", ...plain, ...zone }),
	);
	/** The person's own date, as if it were UTC. */
	const dateOf = (moment: Instant): Instant => {
		const parts = Object.fromEntries(
			numeric()
				.formatToParts(moment)
				.map(({ type, value }) => [type, Number(value)]),
		);
		return Date.UTC(parts["year"] ?? 0, (parts["month"] ?? 1) - 1, parts["day"] ?? 1);
	};
	const dayNumber = (moment: Instant) => dateOf(moment) / (24 * hour);
	const year = (moment: Instant) => new Date(dateOf(moment)).getUTCFullYear();
	const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
	const plurals = once(() => new Intl.PluralRules(locale));
	const list = once(() => new Intl.ListFormat(locale, { type: "unit" }));
	const units = (["hour", "minute", "second"] as const).map((unit) =>
		once(() => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" })),
	);
	const long = (unit: 0 | 1 | 2, n: number) => units[unit]?.().format(n) ?? "";

	const say: Speech["say"] = (key, values = {}) =>
		table[key].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));

	const duration: Speech["duration"] = (amount) => {
		const { hours, minutes, seconds } = parts(amount);
		const [h, m, s] = shortUnits[language];
		if (Math.abs(amount) < minute) return `${seconds} ${s}`;
		if (Math.abs(amount) < secondsBelow) return `${minutes} ${m} ${String(seconds).padStart(2, "0")} ${s}`;
		return [hours > 0 ? `${hours} ${h}` : "", minutes > 0 || hours === 0 ? `${minutes} ${m}` : ""]
			.filter(Boolean)
			.join(" ");
	};

	return {
		language,
		locale,
		say,
		count: (key, n) => {
			const form = plurals().select(n) === "one" ? (`${key}.one` as const) : (`${key}.other` as const);
			return say(form, { n });
		},
		list: (names) => new Intl.ListFormat(locale, { type: "disjunction" }).format(names),
		of: (words) => words[language],
		duration,
		length: (amount) => {
			const [, m] = shortUnits[language];
			const isWhole = amount !== 0 && amount % minute === 0 && Math.abs(amount) < secondsBelow;
			return isWhole ? `${Math.abs(amount) / minute} ${m}` : duration(amount);
		},
		briefDuration: (amount) => {
			const { hours, minutes, seconds } = parts(amount);
			if (hours > 0) return `${hours}${language === "nl" ? "u" : "h"}`;
			return minutes > 0 ? `${minutes}m` : `${seconds}s`;
		},
		spokenDuration: (amount) => {
			const { hours, minutes, seconds } = parts(amount);
			if (hours === 0 && minutes === 0) return long(2, seconds);
			return list().format([...(hours > 0 ? [long(0, hours)] : []), ...(minutes > 0 ? [long(1, minutes)] : [])]);
		},
		moment: (moment, at) => {
			const days = dayNumber(moment) - dayNumber(at);
			const clockTime = time().format(moment);
			if (days === 0) return clockTime;
			if (Math.abs(days) === 1) return `${relative().format(days, "day")} ${clockTime}`;
			if (days > 1 && days < 7) return `${day().format(moment)} ${clockTime}`;
			return `${(year(moment) === year(at) ? date : dateWithYear)().format(moment)} ${clockTime}`;
		},
		fullMoment: (moment) => full().format(moment),
	};
}

function once<T>(make: () => T): () => T {
	let made: { value: T } | null = null;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}

function parts(amount: Duration): { hours: number; minutes: number; seconds: number } {
	const whole = Math.floor(Math.abs(amount) / second);
	return { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60), seconds: whole % 60 };
}
