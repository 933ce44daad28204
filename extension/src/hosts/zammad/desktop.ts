import { find, firstIn, type Host, type Page, type Row } from "../host.ts";
import { structureOf } from "../structure.ts";
import { zammad } from "./classic.ts";

/**
 * Zammad's new interface (`/desktop`), as measured on 6.5. A ticket's page is taken out of the document as a whole when
 * another one is shown, and put back later. What is put into it stays through every change that was tried; its main area
 * is shared by all pages, so nothing of a ticket hangs there, and notices stand in the corner.
 */
const selectors = {
	app: "#app",
	navigation: "#main-sidebar",
	main: "#main-content",
	/** Without a size, but it carries the id of the ticket that is drawn. */
	form: 'form[id^="form-ticket-edit-"]',
	sidebar: "#ticketSidebar",
	attributes: "#ticketEditAttributeForm",
	field: "#ticketEditAttributeForm output[name]",
	/** A line of a list, whatever it is of. */
	line: "#main-content tbody tr",
	/** Not in the left menu, and not what a customer wrote. */
	ticketLink: '#main-content a[href*="/tickets/"]:not(article a)',
} as const;

const frame = { app: 1, navigation: 1, main: 1 } as const;

export const zammadDesktop: Host = {
	id: "zammad-desktop",
	kind: "zammad",
	name: "Zammad desktop",
	selectors,
	serves: ({ pathname }) => /^\/desktop(\/|$)/.test(pathname),
	structure: structureOf(selectors, [
		{ name: "sign-in", is: ({ url }) => /\/(login|signup|password|guided)/.test(url.pathname), has: {} },
		{
			name: "ticket",
			is: ({ url }) => ticketInAddress(url) !== null,
			has: { ...frame, form: 1, sidebar: 1, attributes: 1, field: "some" },
		},
		{
			name: "list",
			is: ({ url, document }) => url.pathname.includes("/tickets/view") && find(document, selectors.line) !== null,
			has: { ...frame, ticketLink: "some" },
		},
		{ name: "page", is: () => true, has: frame },
	]),

	recognises: ({ document }) => find(document, selectors.navigation) !== null,
	root: ({ document }) => find(document, selectors.app),

	// The address may be ahead of the page: while another ticket is drawn, there is none.
	ticketAt: (page) => {
		const ticket = ticketInAddress(page.url);
		const drawn = drawnTicket(page);
		return drawn === null || drawn === ticket ? ticket : null;
	},
	// Drawn without any hook; the form's id has been compared already.
	numberAt: () => null,

	slots: (page, ticket) => {
		if (ticket === null || drawnTicket(page) !== ticket) return [];
		const { document } = page;
		return [
			{ name: "timer", shape: "bar", place: firstIn(find(document, selectors.sidebar), "0 0 12px") },
			{ name: "matrix", shape: "picker", place: firstIn(find(document, selectors.attributes), "0 0 12px") },
		];
	},

	corner: ({ document }) => ({
		left: (find(document, selectors.navigation)?.getBoundingClientRect().right ?? 0) + 16,
		bottom: 16,
	}),

	// A row links its ticket more than once: the last time with its title.
	rows: ({ document }) => {
		const rows = new Map<Element, Row>();
		for (const link of document.querySelectorAll(selectors.ticketLink)) {
			const ticket = ticketIn(link.getAttribute("href") ?? "");
			const cell = link.parentElement;
			if (ticket !== null && cell !== null)
				rows.set(link.closest("tr") ?? cell, { ticket, number: null, cell, before: link });
		}
		return [...rows.values()];
	},

	// No time is drawn, but what the fields say follows a change within half a second.
	freshness: ({ document }) =>
		[...document.querySelectorAll(selectors.field)].map(({ textContent }) => textContent).join("\n"),

	// Everything is asked at one address.
	// All that it asks goes to one address.
	saves: { paths: [], ticketOf: () => null },
	// Nothing tells a field that was touched.
	hasUnsavedPriority: () => false,
	showsWrites: true,
	lookup: null,
	// Its own layers reach 60.
	layer: () => ({ chip: 40, panel: 55 }),
	look: {
		light: {
			...zammad.look.light,
			text: "rgb(62,62,64)",
			strong: "rgb(25,25,25)",
			muted: "rgb(100,100,104)",
			radius: "8px",
			control: "8px",
			"label-size": "14px",
			"label-case": "none",
			"label-spacing": "0",
			label: "rgb(100,100,104)",
		},
		dark: {
			...zammad.look.dark,
			panel: "rgb(50,50,52)",
			raised: "rgb(62,62,66)",
			radius: "8px",
			control: "8px",
			"label-size": "14px",
			"label-case": "none",
			"label-spacing": "0",
		},
	},
};

function ticketInAddress({ pathname }: URL): string | null {
	return pathname.startsWith("/desktop/") ? ticketIn(pathname) : null;
}

/** `/tickets/19`, or one of its older forms. */
function ticketIn(path: string): string | null {
	return /\/(?:tickets|ticket|ticket\/zoom)\/(\d+)(?:[/#?]|$)/.exec(path)?.[1] ?? null;
}

function drawnTicket({ document }: Page): string | null {
	return find(document, selectors.form)?.id.replace(/\D/g, "") ?? null;
}
