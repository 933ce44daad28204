import type { Duration, Instant } from "@stipt/shared/calendar/calendar";
import type { Language } from "@stipt/shared/wire/language";

/** 24-hour clock and day before month, also in English. */
const locales: Record<Language, string> = { nl: "nl-BE", fr: "fr-BE", de: "de", en: "en-GB" };

const timeOfDay = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const shapes = {
	/** `Tue, 3 Nov 2026, 14:30 CET` */
	moment: { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZoneName: "short", ...timeOfDay },
	/** `Tue, 3 Nov, 14:30`, where year and zone are plain */
	brief: { weekday: "short", day: "numeric", month: "short", ...timeOfDay },
	/** `Tuesday 3 November 2026` */
	date: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** An instant in the wall clock of an IANA zone, as people of that language write it. */
export function localTime(
	language: Language,
	instant: Instant,
	{ zone, shape = "moment" }: { zone: string; shape?: keyof typeof shapes },
): string {
	return formatter(language, zone, shape)
		.format(instant)
		.replace(/[\u202F\u00A0]/g, " ");
}

/** The name of a zone's time for people, the same all year: `Central European Time`. */
export function zoneName(language: Language, zone: string): string {
	const parts = formatter(language, zone, "zone").formatToParts(nearOurTime);
	return parts.find(({ type }) => type === "timeZoneName")?.value ?? zone;
}

/** An instant as an `<input type="datetime-local">` writes it: `2026-11-03T14:30`. */
export function localInput(instant: Instant, zone: string): string {
	return new Date(wallTime(instant, zone)).toISOString().slice(0, 16);
}

/**
 * Reads `2026-11-03T14:30` as a wall time of a zone; `null` when it is no such text or no such date.
 * A time that occurs twice is the first one; one that is skipped moves ahead by what was skipped.
 */
export function parseLocalInput(text: string, zone: string): Instant | null {
	const found = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2}(\.\d+)?)?$/.exec(text.trim());
	const wall = found?.[1] === undefined ? Number.NaN : Date.parse(`${found[1]}:00Z`);
	if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(found?.[1] ?? " ")) return null;
	const [before, after] = [-1, 1].map((side) => {
		const near = wall + side * dayMs;
		return wall - (wallTime(near, zone) - near);
	});
	if (before === undefined || after === undefined) return null;
	const exact = [before, after].filter((instant) => wallTime(instant, zone) === wall);
	return exact.length > 0 ? Math.min(...exact) : before;
}

/** A zone is named after the rules of now, not of 1970. */
const nearOurTime: Instant = Date.UTC(2026, 0, 1);
const dayMs: Duration = 86_400_000;

/** The wall time of a zone, as if it were UTC, to the minute. */
function wallTime(instant: Instant, zone: string): number {
	const parts: Record<string, number> = {};
	for (const { type, value } of formatter("en", zone, "wall").formatToParts(instant)) parts[type] = Number(value);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
	return Date.UTC(year, month - 1, day, hour, minute);
}

const otherShapes: Record<"wall" | "zone", Intl.DateTimeFormatOptions> = {
	wall: { year: "numeric", month: "numeric", day: "numeric", ...timeOfDay },
	zone: { year: "numeric", timeZoneName: "longGeneric" },
};
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(
	language: Language,
	zone: string,
	shape: keyof typeof shapes | keyof typeof otherShapes,
): Intl.DateTimeFormat {
	const key = `${language} ${zone} ${shape}`;
	const known = formatters.get(key);
	if (known !== undefined) return known;
	const made = new Intl.DateTimeFormat(locales[language], {
		...(shape === "wall" || shape === "zone" ? otherShapes[shape] : shapes[shape]),
		timeZone: zone,
	});
	formatters.set(key, made);
	return made;
}
