import type { Instant } from "../calendar/calendar.ts";
import { type Language, languages, type Words } from "../wire/language.ts";

/** Where something is announced: a line at sign-in or on top of a page, or an item for a newsletter. */
export type Announcement = { place: "banner" | "newsletter"; text: Words };

/** Work or trouble of which people are to hear. */
export type Interruption = {
	kind: "planned" | "unexpected";
	/** Name of the service or component, as its users know it. */
	component: Words;
	start: Instant;
	/** When it is expected to be over; `null`: nobody knows. */
	end: Instant | null;
};

/** What is offered to publish: planned work as a banner and a newsletter item, trouble as a banner alone. */
export function announcementsOf(interruption: Interruption, zone: string): Announcement[] {
	const { kind, component, start, end } = interruption;
	const say = (sentences: Words) => fill(sentences, { component, start: when(start, zone), end: when(end, zone) });
	if (kind === "unexpected") return [{ place: "banner", text: say(end === null ? trouble : troubleUntil) }];
	return [
		{ place: "banner", text: say(end === null ? planned : plannedUntil) },
		{ place: "newsletter", text: say(end === null ? newsItem : newsItemUntil) },
	];
}

/** Says that a planned end moved, with the old and the new one. */
export function movedEndText(
	{ component, oldEnd, newEnd }: { component: Words; oldEnd: Instant; newEnd: Instant },
	zone: string,
): Words {
	return fill(movedEnd, { component, start: when(oldEnd, zone), end: when(newEnd, zone) });
}

/** Says that somebody on whom we depend is the cause, and what can be used meanwhile, where there is such a thing. */
export function dependencyText(component: Words, fallback: Words | null): Words {
	const said = fill(dependency, { component, start: null, end: null });
	if (fallback === null) return said;
	return inEveryLanguage((language) => `${said[language]} ${fallback[language]}`);
}

type Blanks = { component: Words; start: Words | null; end: Words | null };

function fill(sentence: Words, { component, start, end }: Blanks): Words {
	return inEveryLanguage((language) =>
		sentence[language].replace(/\{(component|start|end)\}/g, (_, blank: keyof Blanks) => {
			const words = { component, start, end }[blank];
			return words === null ? "" : words[language];
		}),
	);
}

function when(instant: Instant | null, zone: string): Words | null {
	if (instant === null) return null;
	return inEveryLanguage((language) =>
		new Intl.DateTimeFormat(locales[language], {
			weekday: "short",
			day: "numeric",
			month: "short",
			year: "numeric",
			hour: "2-digit",
			minute: "2-digit",
			hourCycle: "h23",
			timeZone: zone,
		})
			.format(instant)
			.replace(/[\u202F\u00A0]/g, " "),
	);
}

function inEveryLanguage(text: (language: Language) => string): Words {
	return Object.fromEntries(languages.map((language) => [language, text(language)])) as Words;
}

/** 24-hour clock and day before month, also in English. */
const locales: Record<Language, string> = { nl: "nl-BE", fr: "fr-BE", de: "de", en: "en-GB" };

const planned: Words = {
	nl: "{component}: gepland onderhoud vanaf {start}.",
	fr: "{component} : maintenance planifiée à partir du {start}.",
	de: "{component}: geplante Wartung ab {start}.",
	en: "{component}: planned maintenance from {start}.",
};
const plannedUntil: Words = {
	nl: "{component}: gepland onderhoud, {start} tot {end}.",
	fr: "{component} : maintenance planifiée, {start} à {end}.",
	de: "{component}: geplante Wartung, {start} bis {end}.",
	en: "{component}: planned maintenance, {start} to {end}.",
};
const newsItem: Words = {
	nl: "Vanaf {start} werken we aan {component}. Zolang dat duurt, kunt u de dienst mogelijk niet gebruiken.",
	fr: "À partir du {start}, nous intervenons sur {component}. Entre-temps, le service peut être indisponible.",
	de: "Ab {start} arbeiten wir an {component}. In dieser Zeit ist der Dienst möglicherweise nicht verfügbar.",
	en: "From {start} we will be working on {component}. The service may be unavailable in the meantime.",
};
const newsItemUntil: Words = {
	nl: "Van {start} tot {end} werken we aan {component}. In die tijd kunt u de dienst mogelijk niet gebruiken.",
	fr: "Du {start} au {end}, nous intervenons sur {component}. Entre-temps, le service peut être indisponible.",
	de: "Von {start} bis {end} arbeiten wir an {component}. In dieser Zeit ist der Dienst möglicherweise nicht verfügbar.",
	en: "From {start} to {end} we will be working on {component}. The service may be unavailable during that time.",
};
const trouble: Words = {
	nl: "{component}: storing sinds {start}. We werken eraan.",
	fr: "{component} : panne depuis le {start}. Nous y travaillons.",
	de: "{component}: Störung seit {start}. Wir arbeiten daran.",
	en: "{component}: disruption since {start}. We are working on it.",
};
const troubleUntil: Words = {
	nl: "{component}: storing sinds {start}, vermoedelijk tot {end}.",
	fr: "{component} : panne depuis le {start}, probablement jusqu'au {end}.",
	de: "{component}: Störung seit {start}, voraussichtlich bis {end}.",
	en: "{component}: disruption since {start}, expected to last until {end}.",
};
const movedEnd: Words = {
	nl: "{component}: het einde verschuift van {start} naar {end}.",
	fr: "{component} : la fin est déplacée du {start} au {end}.",
	de: "{component}: Das Ende verschiebt sich von {start} auf {end}.",
	en: "{component}: the end moves from {start} to {end}.",
};
const dependency: Words = {
	nl: "{component}: storing bij een externe dienst waarvan we afhangen.",
	fr: "{component} : panne d'un service externe dont nous dépendons.",
	de: "{component}: Störung bei einem externen Dienst, von dem wir abhängen.",
	en: "{component}: disruption of an external service that we depend on.",
};
