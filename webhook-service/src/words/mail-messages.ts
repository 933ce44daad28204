import type { Words } from "@stipt/shared/wire/language";

/** What alerts by mail say. */
export const mailMessages = {
	"mail.subject": {
		nl: "[{priority}] {what}: #{number} {title} (stap {step} van {of})",
		fr: "[{priority}] {what} : #{number} {title} (étape {step} sur {of})",
		de: "[{priority}] {what}: #{number} {title} (Stufe {step} von {of})",
		en: "[{priority}] {what}: #{number} {title} (step {step} of {of})",
	},
	"mail.due-in": {
		nl: "Nog {duration}",
		fr: "Encore {duration}",
		de: "Noch {duration}",
		en: "Due in {duration}",
	},
	"mail.overdue-by": {
		nl: "{duration} te laat",
		fr: "{duration} de retard",
		de: "{duration} überfällig",
		en: "Overdue by {duration}",
	},
	"mail.re-opened": {
		nl: "Toezegging verstreken, {what}",
		fr: "Engagement échu, {what}",
		de: "Zusage abgelaufen, {what}",
		en: "Promise expired, {what}",
	},
	"mail.lead.warning": {
		nl: "Dit ticket dreigt te laat te zijn.",
		fr: "Ce ticket risque d’être en retard.",
		de: "Dieses Ticket droht sich zu verspäten.",
		en: "This ticket is about to be late.",
	},
	"mail.lead.breach": {
		nl: "De termijn van dit ticket is verstreken.",
		fr: "Le délai de ce ticket est dépassé.",
		de: "Die Frist dieses Tickets ist überschritten.",
		en: "The deadline of this ticket has passed.",
	},
	"mail.lead.escalation": {
		nl: "Nog niemand heeft dit bevestigd. Daarom krijgt u nu dit bericht.",
		fr: "Personne n’a encore accusé réception. C’est pourquoi vous recevez ce message.",
		de: "Bisher hat niemand bestätigt. Deshalb erhalten Sie jetzt diese Nachricht.",
		en: "Nobody has acknowledged this yet. That is why you hear of it now.",
	},
	"mail.lead.re-opened": {
		nl: "Er was nieuws toegezegd, maar dat tijdstip is verstreken. De escalatie loopt weer.",
		fr: "Des nouvelles étaient promises, mais l’échéance est passée. L’escalade reprend.",
		de: "Eine Rückmeldung war zugesagt, aber der Zeitpunkt ist verstrichen. Die Eskalation läuft wieder.",
		en: "News was promised, but that time has passed. The escalation is running again.",
	},
	"mail.reminder": {
		nl: "Herinnering {count}: dit wacht op een bevestiging.",
		fr: "Rappel {count} : un accusé de réception est attendu.",
		de: "Erinnerung {count}: Eine Bestätigung steht aus.",
		en: "Reminder {count}: this is waiting for an acknowledgement.",
	},
	"mail.possibly-repeated": {
		nl: "Mogelijk kreeg u dit bericht al: een vorige poging om het te versturen werd onderbroken.",
		fr: "Vous avez peut-être déjà reçu ce message : un envoi précédent a été interrompu.",
		de: "Vielleicht haben Sie diese Nachricht schon erhalten: Ein früherer Versand wurde unterbrochen.",
		en: "You may have received this already: an earlier attempt to send it was interrupted.",
	},
	"mail.ticket": { nl: "Ticket", fr: "Ticket", de: "Ticket", en: "Ticket" },
	"mail.service": { nl: "Dienst", fr: "Service", de: "Service", en: "Service" },
	"mail.priority": { nl: "Prioriteit", fr: "Priorité", de: "Priorität", en: "Priority" },
	"mail.goal": { nl: "Doel", fr: "Objectif", de: "Ziel", en: "Goal" },
	"mail.deadline": { nl: "Uiterlijk", fr: "Échéance", de: "Frist", en: "Deadline" },
	"mail.left": { nl: "Resterend", fr: "Reste", de: "Verbleibend", en: "Time left" },
	"mail.overdue": { nl: "Te laat", fr: "Retard", de: "Überfällig", en: "Overdue" },
	"mail.open-time": {
		nl: "{duration} openingstijd",
		fr: "{duration} d’heures ouvrées",
		de: "{duration} Servicezeit",
		en: "{duration} of service hours",
	},
	"mail.escalation": { nl: "Escalatie", fr: "Escalade", de: "Eskalation", en: "Escalation" },
	"mail.rung": {
		nl: "stap {step} van {of}",
		fr: "étape {step} sur {of}",
		de: "Stufe {step} von {of}",
		en: "step {step} of {of}",
	},
	"mail.acknowledge": { nl: "Bevestigen", fr: "Accuser réception", de: "Bestätigen", en: "Acknowledge" },
	"mail.acknowledge-hint": {
		nl: "De pagina openen verandert niets. Daar bevestigt u met één knop en zegt u wanneer er weer nieuws is; tot dan stopt de escalatie.",
		fr: "Ouvrir la page ne change rien. Vous y accusez réception d’un clic et indiquez quand il y aura des nouvelles ; d’ici là, l’escalade s’arrête.",
		de: "Das Öffnen der Seite ändert nichts. Dort bestätigen Sie mit einem Klick und sagen, wann es Neues gibt; bis dahin ruht die Eskalation.",
		en: "Opening the page changes nothing. There you acknowledge with one press and say when there will be news; until then the escalation stops.",
	},
	"mail.open-ticket": { nl: "Ticket openen", fr: "Ouvrir le ticket", de: "Ticket öffnen", en: "Open the ticket" },
	"mail.why": {
		nl: "U krijgt dit bericht als {role} van de dienst {service}. Automatisch verstuurd door Stipt.",
		fr: "Vous recevez ce message en tant que {role} du service {service}. Envoyé automatiquement par Stipt.",
		de: "Sie erhalten diese Nachricht als {role} für den Service {service}. Automatisch gesendet von Stipt.",
		en: "You receive this as {role} of the service {service}. Sent automatically by Stipt.",
	},
} as const satisfies Record<string, Words>;
