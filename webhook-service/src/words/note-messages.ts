import type { Words } from "@stipt/shared/wire/language";

/** What the notes in a ticket say. */
export const noteMessages = {
	"note.escalation": {
		nl: "Escalatie, stap {step} van {of}: {what}.",
		fr: "Escalade, étape {step} sur {of} : {what}.",
		de: "Eskalation, Stufe {step} von {of}: {what}.",
		en: "Escalation, step {step} of {of}: {what}.",
	},
	"note.deadline": {
		nl: "Uiterlijk: {time}.",
		fr: "Échéance : {time}.",
		de: "Frist: {time}.",
		en: "Deadline: {time}.",
	},
	"note.told": {
		nl: "Verwittigd: {roles}.",
		fr: "Prévenus : {roles}.",
		de: "Benachrichtigt: {roles}.",
		en: "Told: {roles}.",
	},
	"note.not-told": {
		nl: "Kon niet verwittigd worden: {roles}. Neem zelf contact op.",
		fr: "N’ont pas pu être prévenus : {roles}. Contactez-les directement.",
		de: "Konnten nicht benachrichtigt werden: {roles}. Bitte selbst kontaktieren.",
		en: "Could not be told: {roles}. Please contact them yourself.",
	},
	"note.acknowledged": {
		nl: "{by} heeft de escalatie bevestigd. Nieuws is toegezegd tegen {time}.",
		fr: "{by} a accusé réception de l’escalade. Des nouvelles sont promises pour le {time}.",
		de: "{by} hat die Eskalation bestätigt. Neues ist bis {time} zugesagt.",
		en: "{by} acknowledged the escalation. News is promised by {time}.",
	},
	"note.page-says": {
		nl: "De statuspagina meldt: {title} ({status}).",
		fr: "La page d’état signale : {title} ({status}).",
		de: "Die Statusseite meldet: {title} ({status}).",
		en: "The status page reports: {title} ({status}).",
	},
	"note.page-over": {
		nl: "Het ticket blijft open: kijk na of het ook hier opgelost is.",
		fr: "Le ticket reste ouvert : vérifiez si c’est aussi résolu ici.",
		de: "Das Ticket bleibt offen: Bitte prüfen, ob es auch hier gelöst ist.",
		en: "The ticket stays open: check whether it is solved here too.",
	},
} as const satisfies Record<string, Words>;
