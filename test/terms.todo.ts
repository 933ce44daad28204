/**
 * What the five organisations' terms ask and the product cannot do yet, by statement, with what it waits for. Every
 * other statement is an example in its policy or a test in `terms/`.
 */
export const todo: Record<string, string> = {
	"AJH-19": "One mail per subscriber of a component needs subscriptions to the status page.",
	"AJH-20":
		"Telling a colleague with whom a ticket is shared needs followers of a ticket, which no helpdesk tells us yet.",
	"KLIP-20": "Averages per aim, on request and without details of maintenance, need the monthly report.",
	"RR-11":
		"Setting a state on the public page by role, and mailing the groups concerned, need writing by a role and mail per group.",
	"RR-13": "Telling only the groups that maintenance concerns needs mail per group.",
	"RR-14": "Counts by kind, customer and subject need the monthly report, and subjects that facts do not hold yet.",
	"RR-15": "Templates in the caller's language need the language of a ticket, which facts do not hold yet.",
	"RR-16":
		"Finding archived tickets and drawing answers from them is the helpdesk's own search; nothing here adds to it yet.",
	"FOD-16": "Availability, open tickets and breaches per service for a meeting need the monthly report.",
};

/**
 * Statements whose decision is made and tested, while what carries it out comes later: the test says what is to happen,
 * nobody is told by it yet.
 */
export const decidedOnly: Record<string, string> = {
	"AJH-18":
		"Who is asked, and when that is refused, is there; telling that role at once by mail or chat needs an alert of its own.",
	"ACM-19":
		"The figures and the text of the notice are there; showing a third party's outage on the page comes with banners.",
	"ACM-21":
		"The texts are offered by kind of event; publishing them at sign-in and in a newsletter comes with banners.",
	"KLIP-14": "Short notice is found; flagging it where maintenance is typed comes with planning on the status page.",
	"KLIP-16": "A late end is found; flagging it where maintenance is typed comes with planning on the status page.",
	"KLIP-17": "The time of the restart is found; proposing it comes with planning on the status page.",
	"KLIP-18": "What is substantial and the text with both ends are there; page entry and mail come with subscriptions.",
	"KLIP-19": "Aims and verdicts are there; counting what was processed needs a feed from the portal itself.",
	"RR-12": "The texts per language are there; choosing the state on the page comes with writing by a role.",
	"FOD-11":
		"Where it belongs is found; telling the sender and moving the ticket comes with writing to a helpdesk's groups.",
	"FOD-13": "Proposed and agreed are told apart; asking partners comes with planning on the status page.",
};
