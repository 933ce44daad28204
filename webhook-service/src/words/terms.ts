import type { Words } from "@stipt/shared/wire/language";

/** The names of things: goals, states, kinds, statuses. Keys end in the value that they name. */
export const terms = {
	"goal.pickup": { nl: "Opname", fr: "Prise en charge", de: "Annahme", en: "Pick-up" },
	"goal.first-response": { nl: "Eerste reactie", fr: "Première réponse", de: "Erste Antwort", en: "First response" },
	"goal.next-update": {
		nl: "Volgende update",
		fr: "Prochaine mise à jour",
		de: "Nächste Rückmeldung",
		en: "Next update",
	},
	"goal.resolution": { nl: "Oplossing", fr: "Résolution", de: "Lösung", en: "Resolution" },
	"goal.handover": { nl: "Overdracht", fr: "Transfert", de: "Übergabe", en: "Hand-over" },

	"goal-is.left": {
		nl: "{goal}: nog {duration}",
		fr: "{goal} : encore {duration}",
		de: "{goal}: noch {duration}",
		en: "{goal}: {duration} left",
	},
	"goal-is.overdue": {
		nl: "{goal}: {duration} te laat",
		fr: "{goal} : {duration} de retard",
		de: "{goal}: {duration} überfällig",
		en: "{goal}: {duration} overdue",
	},
	"goal-is.due": {
		nl: "{goal}: nu verstreken",
		fr: "{goal} : échu à l’instant",
		de: "{goal}: soeben überschritten",
		en: "{goal}: just missed",
	},

	"clock.running": { nl: "Loopt", fr: "En cours", de: "Läuft", en: "Running" },
	"clock.paused": { nl: "Gepauzeerd", fr: "En pause", de: "Angehalten", en: "Paused" },
	"clock.met": { nl: "Gehaald", fr: "Respecté", de: "Eingehalten", en: "Met" },
	"clock.missed": { nl: "Niet gehaald", fr: "Dépassé", de: "Überschritten", en: "Missed" },
	"clock.cancelled": { nl: "Vervallen", fr: "Annulé", de: "Entfallen", en: "Cancelled" },

	"ticket.new": { nl: "Nieuw", fr: "Nouveau", de: "Neu", en: "New" },
	"ticket.open": { nl: "Open", fr: "Ouvert", de: "Offen", en: "Open" },
	"ticket.waiting": { nl: "Wachtend", fr: "En attente", de: "Wartend", en: "Waiting" },
	"ticket.solved": { nl: "Opgelost", fr: "Résolu", de: "Gelöst", en: "Solved" },
	"ticket.closed": { nl: "Gesloten", fr: "Clos", de: "Geschlossen", en: "Closed" },
	"ticket.merged": { nl: "Samengevoegd", fr: "Fusionné", de: "Zusammengeführt", en: "Merged" },
	"ticket.deleted": { nl: "Verwijderd", fr: "Supprimé", de: "Gelöscht", en: "Deleted" },

	"notice.warning": { nl: "Waarschuwing", fr: "Avertissement", de: "Warnung", en: "Warning" },
	"notice.breach": { nl: "Termijn verstreken", fr: "Délai dépassé", de: "Frist überschritten", en: "Deadline missed" },
	"notice.escalation": { nl: "Escalatie", fr: "Escalade", de: "Eskalation", en: "Escalation" },
	"notice.re-opened": {
		nl: "Toezegging verstreken",
		fr: "Engagement échu",
		de: "Zusage abgelaufen",
		en: "Promise expired",
	},

	"notice.request": {
		nl: "Aandacht gevraagd",
		fr: "Attention demandée",
		de: "Aufmerksamkeit erbeten",
		en: "Attention asked for",
	},

	"status.investigating": { nl: "In onderzoek", fr: "En cours d’analyse", de: "Wird untersucht", en: "Investigating" },
	"status.identified": { nl: "Oorzaak gevonden", fr: "Cause identifiée", de: "Ursache gefunden", en: "Identified" },
	"status.monitoring": { nl: "Wordt opgevolgd", fr: "Sous surveillance", de: "Wird beobachtet", en: "Monitoring" },
	"status.resolved": { nl: "Opgelost", fr: "Résolu", de: "Behoben", en: "Resolved" },
	"status.scheduled": { nl: "Gepland", fr: "Planifiée", de: "Geplant", en: "Scheduled" },
	"status.in_progress": { nl: "Bezig", fr: "En cours", de: "Läuft", en: "In progress" },
	"status.verifying": { nl: "Wordt nagekeken", fr: "En vérification", de: "Wird überprüft", en: "Verifying" },
	"status.completed": { nl: "Afgerond", fr: "Terminée", de: "Abgeschlossen", en: "Completed" },
	"status.cancelled": { nl: "Geannuleerd", fr: "Annulée", de: "Abgesagt", en: "Cancelled" },

	"impact.none": { nl: "Geen hinder", fr: "Sans impact", de: "Keine Auswirkung", en: "No impact" },
	"impact.minor": { nl: "Kleine hinder", fr: "Impact mineur", de: "Geringe Auswirkung", en: "Minor impact" },
	"impact.major": { nl: "Grote hinder", fr: "Impact majeur", de: "Große Auswirkung", en: "Major impact" },
	"impact.critical": {
		nl: "Ernstige hinder",
		fr: "Impact critique",
		de: "Kritische Auswirkung",
		en: "Critical impact",
	},
	"impact.maintenance": { nl: "Onderhoud", fr: "Maintenance", de: "Wartung", en: "Maintenance" },

	"component.operational": { nl: "Werkt normaal", fr: "Fonctionne normalement", de: "In Betrieb", en: "Operational" },
	"component.degraded": {
		nl: "Verminderde werking",
		fr: "Fonctionnement dégradé",
		de: "Beeinträchtigt",
		en: "Degraded",
	},
	"component.partial_outage": {
		nl: "Gedeeltelijke storing",
		fr: "Panne partielle",
		de: "Teilausfall",
		en: "Partial outage",
	},
	"component.major_outage": { nl: "Grote storing", fr: "Panne majeure", de: "Größerer Ausfall", en: "Major outage" },
	"component.under_maintenance": {
		nl: "In onderhoud",
		fr: "En maintenance",
		de: "In Wartung",
		en: "Under maintenance",
	},
	"component.unknown": { nl: "Onbekend", fr: "Inconnu", de: "Unbekannt", en: "Unknown" },

	"language.nl": { nl: "Nederlands", fr: "Nederlands", de: "Nederlands", en: "Nederlands" },
	"language.fr": { nl: "Français", fr: "Français", de: "Français", en: "Français" },
	"language.de": { nl: "Deutsch", fr: "Deutsch", de: "Deutsch", en: "Deutsch" },
	"language.en": { nl: "English", fr: "English", de: "English", en: "English" },
} as const satisfies Record<string, Words>;
