const nl = {
	New: "Nieuw",
	Tickets: "Tickets",
	Dashboard: "Dashboard",
	Helpdesk: "Helpdesk",
	"Search...": "Zoeken...",
	Priority: "Prioriteit",
	Low: "Laag",
	Medium: "Gemiddeld",
	High: "Hoog",
	"Very High": "Zeer hoog",
	"Ticket number": "Ticketnummer",
	Title: "Titel",
	"Partner Name": "Naam relatie",
	"Assigned user": "Toegewezen gebruiker",
	Tags: "Labels",
	"Created on": "Aangemaakt op",
	"Last Stage Update": "Laatste fase-update",
	"Assigned Date": "Toewijzingsdatum",
	"Closed Date": "Sluitingsdatum",
	Stage: "Fase",
	Team: "Team",
	Channel: "Kanaal",
	Contact: "Contact",
	Email: "E-mail",
	Category: "Categorie",
	Description: "Omschrijving",
	"Other Information": "Andere informatie",
	"Send message": "Bericht versturen",
	"Log note": "Notitie loggen",
	Activities: "Activiteiten",
	Following: "Volgend",
	Send: "Versturen",
	Log: "Log",
	"Send a message to followers…": "Verstuur een bericht naar volgers…",
	"Log an internal note…": "Log een interne notitie…",
	Today: "Vandaag",
	Yesterday: "Gisteren",
	now: "nu",
	List: "Lijst",
	Kanban: "Kanban",
	Previous: "Vorige",
	Next: "Volgende",
	"Save manually": "Handmatig opslaan",
	"Discard changes": "Wijzigingen negeren",
	"Ticket created": "Ticket aangemaakt",
	"Subject:": "Onderwerp:",
	"Invalid fields:": "Ongeldige velden:",
	"No ticket found": "Geen tickets gevonden",
	Note: "Notitie",
	Message: "Bericht",
	"System notification": "Systeemmelding",
	Impact: "Impact",
	Urgency: "Urgentie",
	"Current state": "Huidige status",
	"Not active state, click to change it": "Geen actieve status, klik om te wijzigen",
	"Internal link": "Interne link",
	Settings: "Instellingen",
	"Quick add": "Snel toevoegen",
	Unfold: "Uitvouwen",
	Remove: "Verwijderen",
	"Search: Title": "Zoeken: titel",
	Count: "Aantal",
};

export const language = document.documentElement.lang;
/** The language of the interface as the server knows it. */
export const serverLanguage = language === "nl" ? "nl_NL" : "en_US";

/** A word of the interface in the page's language. */
export function t(text) {
	return language === "nl" ? (nl[text] ?? text) : text;
}

/** What the server writes as UTC without saying so. */
export const instantOf = (text) => Date.parse(`${text.replace(" ", "T")}Z`);

const two = (number) => String(number).padStart(2, "0");

/** A date and time in the browser's zone, in the order of the interface's language. */
export function longDate(text) {
	const at = new Date(instantOf(text));
	return `${shortDate(text)} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

export function shortDate(text) {
	const at = new Date(instantOf(text));
	const [day, month] = [two(at.getDate()), two(at.getMonth() + 1)];
	return language === "nl" ? `${day}-${month}-${at.getFullYear()}` : `${month}/${day}/${at.getFullYear()}`;
}

/** Whole days of the calendar between a date and today. */
export function daysAgo(text) {
	const start = (at) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
	return Math.round((start(new Date()) - start(new Date(instantOf(text)))) / 86_400_000);
}

/** A day as lists write it: today, yesterday, so many days ago, else the date. */
export function dayWord(text) {
	const days = daysAgo(text);
	if (days === 0) return t("Today");
	if (days === 1) return t("Yesterday");
	if (days > 1 && days < 100) return new Intl.RelativeTimeFormat(language).format(-days, "day");
	return shortDate(text);
}

/** How long ago, as the chatter writes it. */
export function ago(text) {
	const seconds = Math.trunc((Date.now() - instantOf(text)) / 1000);
	if (seconds < 60) return t("now");
	const [span, unit] = seconds < 3600 ? [60, "minute"] : seconds < 86_400 ? [3600, "hour"] : [86_400, "day"];
	return new Intl.RelativeTimeFormat(language).format(-Math.trunc(seconds / span), unit);
}
