import { type Language, languages } from "@stipt/shared/wire/language";
import type { WordKey } from "../../extension/src/words/en.ts";
import { tables } from "../../extension/src/words/tables.ts";

/** What the overlay says in one language, as patterns; whatever it fills in may be anything. */
export type Words = {
	language: Language;
	locale: string;
	/** The whole text, wherever it stands. */
	says(key: WordKey): RegExp;
	/** A name that begins with the text. */
	named(key: WordKey): RegExp;
	/** As the person who wrote the ticket says it. */
	subject: string;
	text: string;
	question: string;
};

const locales: Readonly<Record<Language, string>> = { nl: "nl-BE", fr: "fr-BE", de: "de-DE", en: "en-GB" };

/** What the customer asks and the agent wants to know, per helpdesk and language. */
const talks = {
	zammad: {
		nl: [
			"Niemand kan aanmelden op het klantenportaal",
			"Sinds vanochtend kan niemand van ons aanmelden. Het werk ligt stil.",
			"Welke foutmelding ziet u, en sinds wanneer?",
		],
		fr: [
			"Personne ne peut se connecter au portail clients",
			"Depuis ce matin, personne chez nous ne peut se connecter. Le travail est à l’arrêt.",
			"Quel message d’erreur voyez-vous, et depuis quand ?",
		],
		de: [
			"Niemand kann sich am Kundenportal anmelden",
			"Seit heute Morgen kann sich bei uns niemand anmelden. Die Arbeit steht still.",
			"Welche Fehlermeldung sehen Sie, und seit wann?",
		],
		en: [
			"Nobody can sign in to the customer portal",
			"Since this morning nobody here can sign in to the portal. Work stands still.",
			"Which error do you see, and since when?",
		],
	},
	odoo: {
		nl: [
			"De etikettenprinter drukt niets af",
			"De printer van het magazijn staat stil sinds de middag.",
			"Welk lampje brandt er op de printer?",
		],
		fr: [
			"L’imprimante d’étiquettes n’imprime plus",
			"L’imprimante de l’entrepôt est à l’arrêt depuis midi.",
			"Quel voyant est allumé sur l’imprimante ?",
		],
		de: [
			"Der Etikettendrucker druckt nichts",
			"Der Drucker im Lager steht seit Mittag still.",
			"Welche Lampe leuchtet am Drucker?",
		],
		en: [
			"The label printer prints nothing",
			"The printer of the warehouse stands still since noon.",
			"Which lamp is lit on the printer?",
		],
	},
} as const;

/** What else is on the agent's desk, as impact and urgency of the policy; the first waits for its customer. */
export const others = [
	["New keyboard for the front desk", "low", "low"],
	["VPN valt weg na vijf minuten", "medium", "medium"],
	["Imprimante du 2e étage hors ligne", "medium", "high"],
	["Rechnungen kommen doppelt an", "low", "medium"],
	["Calendar shows the wrong time zone", "low", "high"],
] as const;

export function wordsOf(language: Language, kind: keyof typeof talks): Words {
	const pattern = (key: WordKey) =>
		tables[language][key]
			.split(/\{\w+\}/)
			.map(escaped)
			.join(".+?")
			.replace(/ /g, "\\s");
	const [subject, text, question] = talks[kind][language];
	return {
		...{ language, locale: locales[language], subject, text, question },
		says: (key) => new RegExp(pattern(key)),
		named: (key) => new RegExp(`^${pattern(key)}`),
	};
}

export function languageOf(text: string): Language {
	const found = languages.find((language) => language === text);
	if (found === undefined) throw new Error(`Expected --language ${languages.join(", ")}, found "${text}".`);
	return found;
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
