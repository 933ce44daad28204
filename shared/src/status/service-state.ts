import { type Language, languages, type Words } from "../wire/language.ts";
import type { ComponentStatus } from "./page-event.ts";

/** What a duty role says of a service: 1 stable, 2 working but unstable or slow, 3 out of service. */
export type ServiceState = 1 | 2 | 3;

/** What a component of a status page shows for it. */
export const componentStatusOf: Record<ServiceState, ComponentStatus> = {
	1: "operational",
	2: "degraded",
	3: "major_outage",
};

const standardTexts: Record<ServiceState, Words> = {
	1: {
		nl: "De dienst werkt normaal.",
		fr: "Le service fonctionne normalement.",
		de: "Der Dienst funktioniert normal.",
		en: "The service is working normally.",
	},
	2: {
		nl: "De dienst werkt, maar is onstabiel of traag.",
		fr: "Le service fonctionne, mais il est instable ou lent.",
		de: "Der Dienst funktioniert, ist aber instabil oder langsam.",
		en: "The service is working, but it is unstable or slow.",
	},
	3: {
		nl: "De dienst is buiten werking.",
		fr: "Le service est hors service.",
		de: "Der Dienst ist außer Betrieb.",
		en: "The service is out of order.",
	},
};

/**
 * The public text of a state in every language. A message that somebody added stands behind it in the languages in
 * which it was written; the others show the standard text alone, never a message that their readers cannot read.
 */
export function stateText(state: ServiceState, message: Partial<Words> = {}): Words {
	const text = (language: Language): string => {
		const added = (message[language] ?? "").trim();
		const standard = standardTexts[state][language];
		return added === "" ? standard : `${standard} ${added}`;
	};
	return Object.fromEntries(languages.map((language) => [language, text(language)])) as Words;
}
