import type { Language, Words } from "@stipt/shared/wire/language";

const words: Record<string, Words> = {
	intro: {
		nl: "Een oefenpagina met de vorm van Statuspage. Wat hier gebeurt, blijft op deze computer.",
		fr: "Une page d'essai qui a la forme de Statuspage. Ce qui s'y passe reste sur cet ordinateur.",
		de: "Eine Übungsseite in der Form von Statuspage. Was hier geschieht, bleibt auf diesem Rechner.",
		en: "A practice page in Statuspage's shape. What happens here stays on this machine.",
	},
	components: { nl: "Onderdelen", fr: "Composants", de: "Komponenten", en: "Components" },
	incidents: { nl: "Incidenten", fr: "Incidents", de: "Vorfälle", en: "Incidents" },
	none: { nl: "Geen incidenten.", fr: "Aucun incident.", de: "Keine Vorfälle.", en: "No incidents." },
	report: {
		nl: "Zelf een incident melden",
		fr: "Signaler un incident",
		de: "Vorfall melden",
		en: "Report an incident by hand",
	},
	name: { nl: "Titel", fr: "Titre", de: "Titel", en: "Title" },
	status: { nl: "Status", fr: "État", de: "Status", en: "Status" },
	message: { nl: "Bericht", fr: "Message", de: "Nachricht", en: "Message" },
	affected: {
		nl: "Getroffen onderdelen",
		fr: "Composants touchés",
		de: "Betroffene Komponenten",
		en: "Affected components",
	},
	publish: { nl: "Publiceren", fr: "Publier", de: "Veröffentlichen", en: "Publish" },
	update: { nl: "Bericht toevoegen", fr: "Ajouter un message", de: "Nachricht hinzufügen", en: "Add an update" },
	investigating: { nl: "In onderzoek", fr: "En cours d'analyse", de: "Wird untersucht", en: "Investigating" },
	identified: { nl: "Oorzaak gekend", fr: "Cause identifiée", de: "Ursache bekannt", en: "Identified" },
	monitoring: { nl: "In opvolging", fr: "Sous surveillance", de: "Wird beobachtet", en: "Monitoring" },
	resolved: { nl: "Opgelost", fr: "Résolu", de: "Behoben", en: "Resolved" },
	scheduled: { nl: "Gepland", fr: "Planifié", de: "Geplant", en: "Scheduled" },
	in_progress: { nl: "Bezig", fr: "En cours", de: "In Arbeit", en: "In progress" },
	verifying: { nl: "Controle", fr: "Vérification", de: "Prüfung", en: "Verifying" },
	completed: { nl: "Voltooid", fr: "Terminé", de: "Abgeschlossen", en: "Completed" },
	operational: { nl: "Werkt", fr: "Opérationnel", de: "In Betrieb", en: "Operational" },
	under_maintenance: { nl: "In onderhoud", fr: "En maintenance", de: "In Wartung", en: "Under maintenance" },
	degraded_performance: { nl: "Trager", fr: "Performances réduites", de: "Eingeschränkt", en: "Degraded performance" },
	partial_outage: { nl: "Gedeeltelijk onbeschikbaar", fr: "Panne partielle", de: "Teilausfall", en: "Partial outage" },
	major_outage: { nl: "Onbeschikbaar", fr: "Panne majeure", de: "Ausfall", en: "Major outage" },
	missing: {
		nl: "Deze pagina bestaat niet.",
		fr: "Cette page n'existe pas.",
		de: "Diese Seite gibt es nicht.",
		en: "This page does not exist.",
	},
	untitled: { nl: "Storing", fr: "Panne", de: "Störung", en: "Disruption" },
};

/** A word of the page; a name it does not know stays as it is. */
export function word(name: string, language: Language): string {
	return words[name]?.[language] ?? name;
}
