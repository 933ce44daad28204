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
	/** A text that the service sent in every language. */
	of(words: Words): string;
	/** Open time: `3 h 12 min`; below ten minutes with seconds. The sign is dropped. */
	duration(amount: Duration): string;
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

const units: Readonly<Record<Language, readonly [string, string, string]>> = {
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
	const time = new Intl.DateTimeFormat(locale, { ...clock, ...zone });
	const day = new Intl.DateTimeFormat(locale, { weekday: "short", ...zone });
	const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", ...zone });
	const dateWithYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", ...zone });
	const full = new Intl.DateTimeFormat(locale, {
		weekday: "long",
		day: "numeric",
		month: "long",
		year: "numeric",
		timeZoneName: "short",
		...clock,
		...zone,
	});
	/** Days since an epoch, in the zone of the person. */
	const numeric = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", ...zone });
	const dayNumber = (moment: Instant) => Date.parse(`${numeric.format(moment)}T00:00:00Z`) / (24 * hour);
	const year = (moment: Instant) => numeric.format(moment).slice(0, 4);
	const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
	const plurals = new Intl.PluralRules(locale);
	const list = new Intl.ListFormat(locale, { type: "unit" });
	const long = (unit: string, n: number) =>
		new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(n);

	const say: Speech["say"] = (key, values = {}) =>
		table[key].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));

	return {
		language,
		locale,
		say,
		count: (key, n) => {
			const form = plurals.select(n) === "one" ? (`${key}.one` as const) : (`${key}.other` as const);
			return say(form, { n });
		},
		of: (words) => words[language],
		duration: (amount) => {
			const { hours, minutes, seconds } = parts(amount);
			const [h, m, s] = units[language];
			if (Math.abs(amount) < minute) return `${seconds} ${s}`;
			if (Math.abs(amount) < secondsBelow) return `${minutes} ${m} ${String(seconds).padStart(2, "0")} ${s}`;
			return [hours > 0 ? `${hours} ${h}` : "", minutes > 0 || hours === 0 ? `${minutes} ${m}` : ""]
				.filter(Boolean)
				.join(" ");
		},
		briefDuration: (amount) => {
			const { hours, minutes, seconds } = parts(amount);
			if (hours > 0) return `${hours}${language === "nl" ? "u" : "h"}`;
			return minutes > 0 ? `${minutes}m` : `${seconds}s`;
		},
		spokenDuration: (amount) => {
			const { hours, minutes, seconds } = parts(amount);
			if (hours === 0 && minutes === 0) return long("second", seconds);
			return list.format([
				...(hours > 0 ? [long("hour", hours)] : []),
				...(minutes > 0 ? [long("minute", minutes)] : []),
			]);
		},
		moment: (moment, at) => {
			const days = dayNumber(moment) - dayNumber(at);
			const clockTime = time.format(moment);
			if (days === 0) return clockTime;
			if (Math.abs(days) === 1) return `${relative.format(days, "day")} ${clockTime}`;
			if (days > 1 && days < 7) return `${day.format(moment)} ${clockTime}`;
			return `${(year(moment) === year(at) ? date : dateWithYear).format(moment)} ${clockTime}`;
		},
		fullMoment: (moment) => full.format(moment),
	};
}

function parts(amount: Duration): { hours: number; minutes: number; seconds: number } {
	const whole = Math.floor(Math.abs(amount) / second);
	return { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60), seconds: whole % 60 };
}
