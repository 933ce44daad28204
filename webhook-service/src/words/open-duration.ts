import type { Duration } from "@stipt/shared/calendar/calendar";
import type { Language } from "@stipt/shared/wire/language";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

const shortUnits: Record<Language, Record<Unit, string>> = {
	nl: { hour: "u", minute: "min", second: "s" },
	fr: { hour: "h", minute: "min", second: "s" },
	de: { hour: "Std.", minute: "Min.", second: "Sek." },
	en: { hour: "h", minute: "min", second: "s" },
};

/**
 * An amount of open time in hours and minutes, rounded down; seconds below a minute. The sign is dropped:
 * the words around it say left or overdue. `short` is `1 h 20 min`, `long` is `1 hour and 20 minutes`.
 * There are no days: an open day has no fixed length.
 */
export function openDuration(language: Language, duration: Duration, style: "short" | "long" = "short"): string {
	const parts = partsOf(Math.abs(duration));
	if (style === "short") return parts.map(([unit, count]) => `${count} ${shortUnits[language][unit]}`).join(" ");
	return new Intl.ListFormat(language, { type: "conjunction" }).format(
		parts.map(([unit, count]) =>
			new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long", useGrouping: false }).format(count),
		),
	);
}

type Unit = "hour" | "minute" | "second";

function partsOf(amount: Duration): [Unit, number][] {
	if (amount < minute) return [["second", Math.floor(amount / second)]];
	const parts: [Unit, number][] = [
		["hour", Math.floor(amount / hour)],
		["minute", Math.floor((amount % hour) / minute)],
	];
	return parts.filter(([, count]) => count !== 0);
}
