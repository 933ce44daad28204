import { after, find, firstIn, type Host, type Page, type Place, type Slot } from "../host.ts";
import { structureOf } from "../structure.ts";

/** Best Practical's Request Tracker 5: pages that the server draws, each with its ticket in the address. */
const selectors = {
	page: ".main-container",
	navigation: "#main-navigation",
	/** Only who is signed in can sign out. */
	signOut: "#preferences-logout",
	title: "#header > h1",
	content: "#body",
	skipTarget: "#body > #skipnav",
	summary: "#body > .summary",
	basicsBody: ".titlebox.ticket-info-basics > .titlebox-content > .card-body",
	/** A form that is open sends the priority that it was opened with. */
	priorityInForm: '.titlebox.editing [name="Priority"], form:not(.inline-edit, .editor) [name="Priority"]',
	row: "tbody.list-item[data-record-id]",
	ticketLink: 'a[href*="/Ticket/Display.html?id="]',
	/** A ticket in what a search found, whatever its row is made of. */
	listed: '#body table a[href*="/Ticket/Display.html?id="]',
	/** The subject in its cell, which people can edit in place. */
	subjectLink: '.value a[href*="/Ticket/Display.html?id="]',
} as const;

const frame = { page: 1, navigation: 1, signOut: 1, content: 1 } as const;

export const requestTracker: Host = {
	id: "request-tracker",
	kind: "request-tracker",
	name: "Request Tracker",
	selectors,
	serves: () => true,
	structure: structureOf(selectors, [
		{ name: "sign-in", is: ({ url }) => url.pathname.endsWith("/NoAuth/Login.html"), has: {} },
		{
			name: "ticket",
			is: ({ url }) => ticketInAddress(url) !== null && url.pathname.endsWith("/Display.html"),
			has: { ...frame, title: 1, summary: 1, basicsBody: 1 },
		},
		{
			name: "list",
			is: ({ url, document }) => url.pathname.endsWith("/Results.html") && find(document, selectors.listed) !== null,
			has: { ...frame, row: "some" },
		},
		{ name: "page", is: () => true, has: frame },
	]),

	recognises: ({ document }) =>
		find(document, selectors.navigation) !== null && find(document, selectors.signOut) !== null,
	root: ({ document }) => find(document, selectors.page),

	ticketAt: ({ url }) => ticketInAddress(url),
	numberAt: ({ document }) => /^#(\d+):/.exec(find(document, selectors.title)?.textContent?.trim() ?? "")?.[1] ?? null,

	slots: (page, ticket) => {
		const banner: Slot = { name: "banner", shape: "banner", place: topOf(page) };
		if (ticket === null) return [banner];
		// The page of its history, and the forms, show the ticket without its summary.
		const basics = find(page.document, selectors.basicsBody);
		const matrix: Slot[] =
			basics === null ? [] : [{ name: "matrix", shape: "picker", place: firstIn(basics, "0 0 10px") }];
		return [{ name: "timer", shape: "bar", place: topOf(page) }, ...matrix, banner];
	},

	corner: () => ({ left: 16, bottom: 16 }),

	rows: ({ document }) =>
		[...document.querySelectorAll(selectors.row)].flatMap((row) => {
			const link = find(row, selectors.subjectLink) ?? find(row, selectors.ticketLink);
			const ticket = ticketIn(link?.getAttribute("href") ?? "");
			const cell = link?.parentElement ?? null;
			return cell === null || ticket === null ? [] : [{ ticket, number: null, cell, before: link }];
		}),

	// What changed is drawn by a new page, which asks by itself.
	freshness: () => "",
	// A page is loaded anew for every save.
	saves: { paths: [], ticketOf: () => null },
	hasUnsavedPriority: ({ document }) => find(document, selectors.priorityInForm) !== null,
	showsWrites: false,
	lookup: null,
	layer: () => ({ chip: 90, panel: 1040 }),
	look: {
		light: {
			font: "Inter, sans-serif",
			size: "13px",
			text: "rgb(33,37,41)",
			strong: "rgb(49,54,62)",
			muted: "rgb(96,104,112)",
			panel: "#fff",
			raised: "rgb(243,245,248)",
			line: "rgb(221,228,235)",
			accent: "rgb(72,104,179)",
			"on-accent": "#fff",
			radius: "3px",
			control: "3px",
			"label-size": "13px",
			"label-case": "none",
			"label-spacing": "0",
			label: "rgb(33,37,41)",
			shadow: "0 4px 16px rgba(0,0,0,.18)",
		},
		dark: {
			font: "Inter, sans-serif",
			size: "13px",
			text: "rgb(237,237,237)",
			strong: "#fff",
			muted: "rgb(176,184,188)",
			panel: "rgb(44,53,57)",
			raised: "rgb(56,66,71)",
			line: "rgb(81,88,92)",
			accent: "rgb(150,175,235)",
			"on-accent": "rgb(20,24,32)",
			radius: "3px",
			control: "3px",
			"label-size": "13px",
			"label-case": "none",
			"label-spacing": "0",
			label: "rgb(237,237,237)",
			shadow: "0 4px 18px rgba(0,0,0,.6)",
		},
	},
};

/** The ticket's own pages are in `/Ticket/`; the parts of its queries may be parted by `;` too. */
function ticketInAddress({ pathname, search }: URL): string | null {
	return /\/Ticket\/\w+\.html$/.test(pathname) ? ticketIn(search) : null;
}

function ticketIn(query: string): string | null {
	return /[?;&]id=(\d+)(?:[;&#]|$)/.exec(query)?.[1] ?? null;
}

/** Below the page's title, above everything that it says. */
function topOf({ document }: Page): Place | null {
	return after(find(document, selectors.skipTarget), "12px 0");
}
