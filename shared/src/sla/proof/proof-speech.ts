import type { Language } from "../../wire/language.ts";
import type { Moment, WeekdayName } from "./proof.ts";
import { type ProofWord, proofWords, unitWords, workingDayWords } from "./proof-words.ts";

/** How one language says the parts of a proof. */
export type ProofSpeech = {
	say(key: ProofWord, values?: Record<string, string | number>): string;
	/** `8 h 20 min`; exact, so that a reader can add up. The sign is dropped. */
	duration(ms: number): string;
	days(count: number): string;
	/** `Mon 2 Mar 2026` of a local date. */
	date(date: string): string;
	/** `Mon 2 Mar 2026, 09:00 (+01:00)` */
	moment(moment: Moment): string;
	/** `Mon`; several that follow one another as `Mon-Fri`. */
	weekdays(names: readonly WeekdayName[]): string;
};

const locales: Record<Language, string> = { nl: "nl-BE", fr: "fr-BE", de: "de", en: "en-GB" };
const week: readonly WeekdayName[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const monday = Date.UTC(2026, 0, 5);
const dayMs = 86_400_000;
const known = new Map<Language, ProofSpeech>();

export function proofSpeech(language: Language): ProofSpeech {
	const speech = known.get(language) ?? makeSpeech(language);
	known.set(language, speech);
	return speech;
}

function makeSpeech(language: Language): ProofSpeech {
	const locale = locales[language];
	const plain = (text: string) => text.replace(/[\u202F\u00A0]/g, " ");
	const dates = new Intl.DateTimeFormat(locale, {
		timeZone: "UTC",
		weekday: "short",
		day: "numeric",
		month: "short",
		year: "numeric",
	});
	const weekdayNames = new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: "short" });
	const plural = new Intl.PluralRules(locale);
	const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 3, useGrouping: false });
	const nameOf = (weekday: WeekdayName) => weekdayNames.format(monday + week.indexOf(weekday) * dayMs);
	const written = new Map<string, string>();
	const date = (day: string) => {
		const text = written.get(day) ?? plain(dates.format(Date.parse(`${day}T00:00:00Z`)));
		if (written.size > 5_000) written.clear();
		written.set(day, text);
		return text;
	};
	return {
		say: (key, values = {}) =>
			proofWords[key][language].replace(/\{([a-z]+)\}/g, (whole, name: string) => String(values[name] ?? whole)),
		duration(ms) {
			const { h, min, s } = unitWords[language];
			const seconds = Math.abs(ms) / 1000;
			const parts: [count: number, unit: string][] = [
				[Math.floor(seconds / 3600), h],
				[Math.floor(seconds / 60) % 60, min],
				[Math.round((seconds % 60) * 1000) / 1000, s],
			];
			const there = parts.filter(([count]) => count !== 0);
			return (there.length === 0 ? [[0, min] as const] : there)
				.map(([count, unit]) => `${number.format(count)} ${unit}`)
				.join(" ");
		},
		days: (count) =>
			`${number.format(count)} ${workingDayWords[language][plural.select(count) === "one" ? "one" : "other"]}`,
		date,
		moment: ({ local }) => `${date(local.slice(0, 10))}, ${timeOf(local)} (${offsetOf(local)})`,
		weekdays(names) {
			const sorted = week.filter((weekday) => names.includes(weekday));
			const runs: WeekdayName[][] = [];
			for (const weekday of sorted) {
				const run = runs.at(-1);
				if (run && week.indexOf(run.at(-1) ?? weekday) === week.indexOf(weekday) - 1) run.push(weekday);
				else runs.push([weekday]);
			}
			return runs
				.map((run) => [...new Set([run[0], run.at(-1)])].map((weekday) => nameOf(weekday ?? "mon")).join("-"))
				.join(", ");
		},
	};
}

/** `09:00`, with seconds where there are any. */
export function timeOf(local: string): string {
	const time = local.slice(11, 23);
	return time.endsWith(":00.000") ? time.slice(0, 5) : time.replace(/\.000$/, "");
}

export function offsetOf(local: string): string {
	return local.slice(23);
}
