import type { Language, Words } from "@stipt/shared/wire/language";

const words = {
	mailbox: { nl: "Oefenpostbus", fr: "Boîte aux lettres d'essai", de: "Übungspostfach", en: "Practice mailbox" },
	intro: {
		nl: "Alle mail van het oefensysteem komt hier aan. Er gaat niets naar buiten.",
		fr: "Tous les messages du système d'essai arrivent ici. Rien ne part vers l'extérieur.",
		de: "Alle Nachrichten des Übungssystems kommen hier an. Nichts verlässt diesen Rechner.",
		en: "All mail of the practice system arrives here. Nothing leaves this machine.",
	},
	none: {
		nl: "Nog geen berichten.",
		fr: "Aucun message pour l'instant.",
		de: "Noch keine Nachrichten.",
		en: "No messages yet.",
	},
	from: { nl: "Van", fr: "De", de: "Von", en: "From" },
	to: { nl: "Aan", fr: "À", de: "An", en: "To" },
	subject: { nl: "Onderwerp", fr: "Objet", de: "Betreff", en: "Subject" },
	received: { nl: "Ontvangen", fr: "Reçu", de: "Empfangen", en: "Received" },
	back: { nl: "Alle berichten", fr: "Tous les messages", de: "Alle Nachrichten", en: "All messages" },
	text: { nl: "Tekst", fr: "Texte", de: "Text", en: "Text" },
	html: { nl: "Opmaak", fr: "Mise en page", de: "Formatiert", en: "Formatted" },
	raw: { nl: "Bron", fr: "Source", de: "Quelltext", en: "Source" },
	empty: { nl: "Postbus leegmaken", fr: "Vider la boîte", de: "Postfach leeren", en: "Empty the mailbox" },
	untitled: { nl: "(geen onderwerp)", fr: "(sans objet)", de: "(kein Betreff)", en: "(no subject)" },
	missing: {
		nl: "Dit bericht is er niet (meer).",
		fr: "Ce message n'existe pas (ou plus).",
		de: "Diese Nachricht gibt es nicht (mehr).",
		en: "This message is not here (any more).",
	},
} satisfies Record<string, Words>;

export type Word = keyof typeof words;

export function word(name: Word, language: Language): string {
	return words[name][language];
}
