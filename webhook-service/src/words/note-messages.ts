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
	"note.paused": {
		nl: "{by} heeft de termijnen gepauzeerd ({owner}): {reason}",
		fr: "{by} a mis les délais en pause ({owner}) : {reason}",
		de: "{by} hat die Fristen angehalten ({owner}): {reason}",
		en: "{by} paused the clocks ({owner}): {reason}",
	},
	"note.asked-information": {
		nl: "{by} wacht op informatie van de klant: {reason}",
		fr: "{by} attend des informations du client : {reason}",
		de: "{by} wartet auf Angaben des Kunden: {reason}",
		en: "{by} waits for information from the customer: {reason}",
	},
	"note.until-answer": {
		nl: "De termijnen staan stil tot de klant antwoordt.",
		fr: "Les délais sont suspendus jusqu’à la réponse du client.",
		de: "Die Fristen ruhen, bis der Kunde antwortet.",
		en: "The clocks stand still until the customer answers.",
	},
	"note.until": {
		nl: "De termijnen lopen weer op {time}.",
		fr: "Les délais reprennent le {time}.",
		de: "Die Fristen laufen weiter ab {time}.",
		en: "The clocks go on at {time}.",
	},
	"note.resumed": {
		nl: "{by} heeft de termijnen hervat.",
		fr: "{by} a repris les délais.",
		de: "{by} hat die Fristen fortgesetzt.",
		en: "{by} resumed the clocks.",
	},
	"note.agreed": {
		nl: "Afgesproken termijn, genoteerd door {by}. {goal}: uiterlijk {time}.",
		fr: "Échéance convenue, notée par {by}. {goal} : le {time} au plus tard.",
		de: "Vereinbarte Frist, notiert von {by}. {goal}: spätestens {time}.",
		en: "Agreed deadline, noted by {by}. {goal}: {time} at the latest.",
	},
	"note.not-agreed": {
		nl: "{by} heeft de afgesproken termijn ingetrokken. {goal} volgt weer de afspraken van de dienst.",
		fr: "{by} a retiré l’échéance convenue. {goal} suit à nouveau les conventions du service.",
		de: "{by} hat die vereinbarte Frist zurückgenommen. {goal} folgt wieder den Vereinbarungen des Service.",
		en: "{by} took the agreed deadline back. {goal} follows the service’s terms again.",
	},
	"note.reason": { nl: "Reden: {reason}", fr: "Motif : {reason}", de: "Grund: {reason}", en: "Reason: {reason}" },
	"note.handed-over": {
		nl: "{by} draagt dit ticket over aan {line}:",
		fr: "{by} transfère ce ticket à {line} :",
		de: "{by} übergibt dieses Ticket an {line}:",
		en: "{by} hands this ticket over to {line}:",
	},
	"note.request": {
		nl: "{by} vraagt de aandacht van {role} (niveau {level}).",
		fr: "{by} demande l’attention de {role} (niveau {level}).",
		de: "{by} bittet {role} um Aufmerksamkeit (Stufe {level}).",
		en: "{by} asks for the attention of {role} (level {level}).",
	},
	"note.owner.customer": {
		nl: "wacht op de klant",
		fr: "attente du client",
		de: "wartet auf den Kunden",
		en: "waiting for the customer",
	},
	"note.owner.supplier": {
		nl: "wacht op de leverancier",
		fr: "attente du fournisseur",
		de: "wartet auf den Lieferanten",
		en: "waiting for the supplier",
	},
	"note.owner.planned": { nl: "gepland", fr: "planifié", de: "geplant", en: "planned" },
	"note.chosen": {
		nl: "{by} koos prioriteit {priority}: impact {impact}, dringendheid {urgency}.",
		fr: "{by} a choisi la priorité {priority} : impact {impact}, urgence {urgency}.",
		de: "{by} hat die Priorität {priority} gewählt: Auswirkung {impact}, Dringlichkeit {urgency}.",
		en: "{by} chose priority {priority}: impact {impact}, urgency {urgency}.",
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
