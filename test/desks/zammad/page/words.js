const nl = {
	Dashboard: "Dashboard",
	Overviews: "Overzichten",
	Search: "Zoeken",
	"New ticket": "Nieuw ticket",
	Group: "Groep",
	Owner: "Eigenaar",
	State: "Status",
	Priority: "Prioriteit",
	Impact: "Impact",
	Urgency: "Urgentie",
	"Pending till": "Wachten tot",
	Title: "Titel",
	Customer: "Klant",
	Organization: "Organisatie",
	"Created at": "Aangemaakt op",
	Text: "Tekst",
	Ticket: "Ticket",
	Tags: "Tags",
	Links: "Koppelingen",
	Subscribers: "Abonnees",
	Subscribe: "Abonneren",
	Update: "Bijwerken",
	Create: "Aanmaken",
	"Discard your unsaved changes.": "Niet-opgeslagen wijzigingen verwerpen.",
	"Stay on tab": "Op tabblad blijven",
	created: "aangemaakt",
	"Enter note or reply …": "Notitie of antwoord invoeren …",
	note: "notitie",
	phone: "telefoon",
	email: "e-mail",
	internal: "intern",
	public: "openbaar",
	reply: "beantwoorden",
	Email: "E-mail",
	"Open Tickets": "Open tickets",
	"Closed Tickets": "Gesloten tickets",
	"Activity Stream": "Activiteiten",
	"No entries": "Geen items",
	"This ticket could not be found.": "Dit ticket is niet gevonden.",
	"Update successful.": "Bijgewerkt.",
	"Ticket created.": "Ticket aangemaakt.",
	"created ticket": "maakte ticket",
	"updated ticket": "wijzigde ticket",
	"wrote in ticket": "schreef in ticket",
	"My Stats": "Mijn cijfers",
	"Waiting for an answer": "Wachten op antwoord",
	"Assigned to me": "Aan mij toegewezen",
	Unassigned: "Niet toegewezen",
	History: "Geschiedenis",
	"Change Customer": "Klant wijzigen",
	Merge: "Samenvoegen",
	of: "van",
	new: "nieuw",
	open: "open",
	"pending reminder": "wachten op herinnering",
	"pending close": "wachten op sluiten",
	closed: "gesloten",
	merged: "samengevoegd",
	removed: "verwijderd",
	"1 low": "1 laag",
	"2 normal": "2 normaal",
	"3 high": "3 hoog",
};

export const language = document.documentElement.lang;

/** A word of the interface in the page's language. */
export function t(text) {
	return language === "nl" ? (nl[text] ?? text) : text;
}

const spans = [
	["day", 86_400_000],
	["hour", 3_600_000],
	["minute", 60_000],
];

/** How long ago, as the page writes it. */
export function ago(stamp) {
	const passed = Date.now() - Date.parse(stamp);
	for (const [unit, span] of spans) {
		if (Math.abs(passed) >= span) {
			return new Intl.RelativeTimeFormat(language, { numeric: "always" }).format(-Math.trunc(passed / span), unit);
		}
	}
	return language === "nl" ? "zojuist" : "just now";
}

export function localTime(stamp) {
	return new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" }).format(Date.parse(stamp));
}
