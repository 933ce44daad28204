type Story = {
	/** Language of who writes: one of the customers' own. */
	language: "nl" | "fr" | "de" | "en";
	group: "Users" | "Portal" | "Test environment";
	priority: "1 low" | "2 normal";
	title: string;
	body: string;
};

/** What people of a public administration write about; all of it is invented. */
export const stories: readonly Story[] = [
	{
		language: "nl",
		group: "Users",
		priority: "2 normal",
		title: "Afdrukken lukt niet meer op de tweede verdieping",
		body: "Goedemorgen,\n\nsinds vanochtend blijft elke afdruk in de wachtrij staan. De printer zelf toont geen fout.\n\nAlvast bedankt",
	},
	{
		language: "nl",
		group: "Portal",
		priority: "2 normal",
		title: "Bijlage verdwijnt na opslaan van een dossier",
		body: "Dag,\n\nals ik een pdf toevoeg en daarna bewaar, staat de bijlage er niet meer bij. Het dossier zelf is wel bewaard.",
	},
	{
		language: "nl",
		group: "Test environment",
		priority: "1 low",
		title: "Testgegevens vernieuwen voor de volgende demo",
		body: "Kunnen de testdossiers van vorige maand vervangen worden? Het mag gerust deze week nog.",
	},
	{
		language: "nl",
		group: "Users",
		priority: "1 low",
		title: "Toegang tot de gedeelde map Vergunningen",
		body: "Een nieuwe collega heeft leesrechten nodig op de map Vergunningen. Bedankt!",
	},
	{
		language: "nl",
		group: "Portal",
		priority: "2 normal",
		title: "Zoeken op adres geeft een leeg resultaat",
		body: "Wanneer ik op straat en huisnummer zoek, krijg ik geen enkel dossier. Zoeken op nummer werkt wel.",
	},
	{
		language: "nl",
		group: "Users",
		priority: "2 normal",
		title: "Agenda van vergaderzaal 3 is niet zichtbaar",
		body: "De zaal staat niet meer in de lijst bij het plannen van een vergadering.",
	},
	{
		language: "fr",
		group: "Portal",
		priority: "2 normal",
		title: "Le formulaire de permis s'arrête à l'étape 3",
		body: "Bonjour,\n\naprès avoir cliqué sur « Suivant » à l'étape 3, la page reste blanche. J'ai essayé avec deux navigateurs.\n\nCordialement",
	},
	{
		language: "fr",
		group: "Users",
		priority: "1 low",
		title: "Demande d'un second écran",
		body: "Bonjour, est-il possible d'obtenir un second écran pour le guichet ? Ce n'est pas urgent.",
	},
	{
		language: "fr",
		group: "Users",
		priority: "2 normal",
		title: "Messages reçus deux fois dans la boîte du service",
		body: "Depuis hier, chaque message arrive en double dans la boîte commune du service.",
	},
	{
		language: "fr",
		group: "Test environment",
		priority: "1 low",
		title: "Compte de test bloqué après trois essais",
		body: "Le compte de test du guichet est bloqué. Pouvez-vous le rouvrir ?",
	},
	{
		language: "de",
		group: "Portal",
		priority: "2 normal",
		title: "Bescheid wird ohne Anlagen erzeugt",
		body: "Guten Tag,\n\nbeim Erzeugen des Bescheids fehlen seit heute die Anlagen. Die Vorschau zeigt sie noch an.\n\nMit freundlichen Grüßen",
	},
	{
		language: "de",
		group: "Users",
		priority: "2 normal",
		title: "Kartendienst lädt sehr langsam",
		body: "Die Karte braucht fast eine Minute, bis sie erscheint. Gestern ging es noch sofort.",
	},
	{
		language: "de",
		group: "Users",
		priority: "1 low",
		title: "Neue Vorlage für Einladungen",
		body: "Wir bräuchten die Vorlage für Einladungen mit dem neuen Logo. Es eilt nicht.",
	},
	{
		language: "en",
		group: "Portal",
		priority: "2 normal",
		title: "Export of the inspection list ends with an error",
		body: "Hello,\n\nexporting the list of inspections to a spreadsheet stops at 80 % with an error message.\n\nThank you",
	},
	{
		language: "en",
		group: "Test environment",
		priority: "2 normal",
		title: "Test environment shows last week's version",
		body: "The release notes mention a new screen, but the test environment still shows the old one.",
	},
	{
		language: "en",
		group: "Users",
		priority: "1 low",
		title: "How do I share a calendar with another team?",
		body: "I would like the planning team to see our calendar. Where do I set this?",
	},
];

/** The ones that everybody is waiting for: high impact, high urgency. */
export const emergencies: readonly Omit<Story, "priority" | "group">[] = [
	{
		language: "nl",
		title: "Niemand kan aanmelden op het portaal",
		body: "Dringend: sinds enkele minuten krijgt iedereen een foutmelding bij het aanmelden. De balie staat vol en we kunnen geen enkel dossier openen.",
	},
	{
		language: "fr",
		title: "Le portail ne répond plus du tout",
		body: "Urgent : le portail affiche une erreur pour tous les agents et tous les citoyens. Aucun dossier n'est accessible.",
	},
	{
		language: "de",
		title: "Portal ist für alle nicht erreichbar",
		body: "Dringend: Seit wenigen Minuten erscheint für alle nur noch eine Fehlerseite. Wir können niemanden bedienen.",
	},
];

type Line = Record<Story["language"], readonly string[]>;

/** What agents answer first. */
export const answers: Line = {
	nl: [
		"Bedankt voor uw melding. We kijken dit meteen na.",
		"Dank u, ik heb dit in behandeling genomen en kom er zo op terug.",
	],
	fr: [
		"Merci pour votre message. Nous vérifions cela tout de suite.",
		"Merci, je m'en occupe et je reviens vers vous.",
	],
	de: ["Vielen Dank für Ihre Meldung. Wir prüfen das sofort.", "Danke, ich kümmere mich darum und melde mich."],
	en: [
		"Thank you for letting us know. We are looking into it now.",
		"Thanks, I have taken this and will get back to you.",
	],
};

/** What customers write while they wait. */
export const reminders: Line = {
	nl: ["Is er al nieuws?", "Het gebeurt nog steeds. Weet u al meer?"],
	fr: ["Avez-vous des nouvelles ?", "Le problème persiste. En savez-vous plus ?"],
	de: ["Gibt es schon Neuigkeiten?", "Es tritt weiterhin auf. Wissen Sie schon mehr?"],
	en: ["Any news?", "It still happens. Do you know more yet?"],
};

/** What agents write when it is done. */
export const closings: Line = {
	nl: ["Dit is opgelost. Kunt u het nog eens proberen?", "Het werkt opnieuw. Laat het ons weten als het terugkomt."],
	fr: ["C'est réglé. Pouvez-vous réessayer ?", "Tout fonctionne à nouveau. Prévenez-nous si cela revient."],
	de: [
		"Das ist behoben. Können Sie es noch einmal versuchen?",
		"Es läuft wieder. Melden Sie sich, falls es erneut auftritt.",
	],
	en: ["This has been fixed. Could you try again?", "It works again. Please tell us if it comes back."],
};

/** What agents ask when they cannot go on. */
export const questions: Line = {
	nl: ["Kunt u ons een schermafdruk bezorgen van wat u ziet?"],
	fr: ["Pouvez-vous nous envoyer une capture d'écran de ce que vous voyez ?"],
	de: ["Können Sie uns einen Screenshot davon schicken?"],
	en: ["Could you send us a screenshot of what you see?"],
};
