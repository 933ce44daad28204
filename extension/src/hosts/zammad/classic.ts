import { after, before, find, firstIn, type Host, notOurs, type Page, type Row, type Slot } from "../host.ts";
import { structureOf } from "../structure.ts";

/**
 * Zammad's classic interface (path `/`, routes in the hash). Panes of tickets are taken out of the document when
 * another page is shown and put back later, so everything is looked for inside the pane of the ticket in the address.
 */
const selectors = {
	app: "#app",
	navigation: "#app > #navigation",
	login: "#app > .login",
	pane: '#app > .content.active[id^="content_permanent_Ticket-"]',
	overview: "#app > #content_permanent_TicketOverview.content.active",
	activeContent: "#app > .content.active",
	refusal: ".fullscreenMessage",
	meta: ".ticketZoom-header .js-ticketMetaContainer",
	number: ".ticketZoom-header .js-objectNumber[data-number]",
	stickyHeader: ".scrollPageHeader",
	stickyEnd: ".scrollPageHeader > .js-highlighterContainer",
	ticketSidebar: '.tabsSidebar > .sidebar[data-tab="ticket"] > .sidebar-content',
	articles: ".ticketZoom > .ticket-article",
	form: "fieldset.edit[data-ticket-updated-at]",
	changedPriority:
		'.form-group.is-changed:is([data-attribute-name="priority_id"],[data-attribute-name="impact"],[data-attribute-name="urgency"])',
	overviewTable: ".main > .overview-table",
	row: "tr.item[data-id]",
	/** A ticket in a table, whatever its row is made of. */
	listed: '#app > .content.active tbody a[href^="#ticket/zoom/"]',
	titleHead: 'th[data-column-key="title"]',
	ticketLink: 'a[href^="#ticket/zoom/"]',
	/** A ticket in what people did last, whatever it is made of. */
	told: '#app > .content.active .js-activityContent a[href^="#ticket/zoom/"]',
	activity: ".activity-entry > a.activity-body",
	activityTime: ".activity-time",
	task: ".tasks--standalone .task-text > a.ticket-popover",
	/** What the search in the navigation finds. */
	found: "#navigation a.nav-tab--search.ticket-popover",
	foundName: ".nav-tab-name",
} as const;

const frame = { app: 1, navigation: 1, activeContent: 1 } as const;
const structure = structureOf(selectors, [
	{ name: "sign-in", is: ({ document }) => find(document, selectors.login) !== null, has: {} },
	{
		name: "message",
		is: ({ document }) => find(document, `${selectors.pane} ${selectors.refusal}`) !== null,
		has: frame,
	},
	{
		name: "ticket",
		is: ({ url }) => url.hash.startsWith("#ticket/zoom/"),
		has: { ...frame, pane: 1, meta: 1, number: 1, stickyEnd: 1, ticketSidebar: 1, articles: 1, form: 1 },
	},
	{
		name: "overview",
		is: ({ url, document }) => url.hash.startsWith("#ticket/view") && find(document, selectors.listed) === null,
		has: { ...frame, overview: 1, overviewTable: 1 },
	},
	{
		name: "overview with tickets",
		is: ({ url }) => url.hash.startsWith("#ticket/view"),
		has: { ...frame, overview: 1, overviewTable: 1, row: "some" },
	},
	{ name: "list", is: ({ document }) => find(document, selectors.listed) !== null, has: { ...frame, row: "some" } },
	{
		name: "activity",
		is: ({ document }) => find(document, selectors.told) !== null,
		has: { ...frame, activity: "some", activityTime: "some" },
	},
	{ name: "page", is: () => true, has: frame },
]);

export const zammad: Host = {
	id: "zammad",
	kind: "zammad",
	name: "Zammad",
	selectors,
	serves: isClassic,
	structure,

	// Logged out, there is no navigation.
	recognises: ({ document }) => find(document, selectors.navigation) !== null,
	root: ({ document }) => find(document, selectors.app),

	ticketAt: (page) => ticketInAddress(page.url) ?? ticketOnScreen(page),

	numberAt: (page) => {
		const pane = paneOf(page, ticketInAddress(page.url) ?? ticketOnScreen(page));
		const shown = pane === null ? null : find(pane, selectors.number);
		return shown?.getAttribute("data-number") ?? null;
	},

	slots: (page, ticket) => {
		if (ticket === null) return pageSlots(page);
		const pane = paneOf(page, ticket);
		// Empty for a moment after opening; a ticket that is missing or forbidden has a message instead.
		if (pane === null || pane.childElementCount === 0 || find(pane, selectors.refusal) !== null) return [];
		return [
			{ name: "timer", shape: "bar", place: after(find(pane, selectors.meta), "10px 0 4px") },
			{ name: "sticky", shape: "chip", place: before(find(pane, selectors.stickyEnd), "0 12px") },
			{ name: "matrix", shape: "picker", place: firstIn(find(pane, selectors.ticketSidebar), "0 -3px 16px") },
			{ name: "banner", shape: "banner", place: before(find(pane, selectors.articles), "16px 20px 12px") },
		];
	},

	// Beside the navigation, which has the person's own menu at its foot.
	corner: ({ document }) => ({
		left: (find(document, selectors.navigation)?.getBoundingClientRect().right ?? 0) + 16,
		bottom: 16,
	}),

	rows: ({ document }) => {
		const content = find(document, selectors.activeContent);
		if (content === null) return [];
		const titleColumns = new Map<Element, number>();
		return [
			...[...content.querySelectorAll(selectors.row)].flatMap((row) => rowOf(row, titleColumns)),
			...[...content.querySelectorAll(selectors.activity)].flatMap(activityRow),
			// On profiles, and in what pops up over customers and organisations, which hangs in the body.
			// Each is a line of its own there, so the timer goes into it.
			...[...document.querySelectorAll(selectors.task)].flatMap((link) => linkRow(link, link)),
			...[...document.querySelectorAll(selectors.found)].flatMap((link) =>
				linkRow(link, find(link, selectors.foundName)),
			),
		];
	},

	freshness: (page) => {
		const pane = paneOf(page, ticketInAddress(page.url) ?? ticketOnScreen(page));
		const form = pane === null ? null : find(pane, selectors.form);
		return form?.getAttribute("data-ticket-updated-at") ?? "";
	},

	saves: {
		paths: ["/api/v1/tickets/*"],
		ticketOf: ({ pathname }) => /\/api\/v1\/tickets\/(\d+)$/.exec(pathname)?.[1] ?? null,
	},

	hasUnsavedPriority: (page) => {
		const pane = paneOf(page, ticketInAddress(page.url) ?? ticketOnScreen(page));
		return pane !== null && find(pane, selectors.changedPriority) !== null;
	},

	showsWrites: true,
	lookup: null,
	layer: () => ({ chip: 550, panel: 950 }),
	look: {
		light: {
			font: '"Fira Sans", "Helvetica Neue", Helvetica, Arial, sans-serif',
			size: "14px",
			text: "rgb(88,88,86)",
			strong: "rgb(66,73,77)",
			muted: "rgb(102,112,118)",
			panel: "#fff",
			raised: "rgb(248,249,250)",
			line: "rgb(230,230,230)",
			accent: "rgb(26,108,164)",
			"on-accent": "#fff",
			radius: "4px",
			control: "3px",
			"label-size": "13px",
			"label-case": "uppercase",
			"label-spacing": "0.65px",
			label: "rgb(96,116,125)",
			shadow: "0 1px 14px rgba(0,8,14,.25)",
		},
		dark: {
			font: '"Fira Sans", "Helvetica Neue", Helvetica, Arial, sans-serif',
			size: "14px",
			text: "rgb(219,219,220)",
			strong: "#fff",
			muted: "rgb(165,169,174)",
			panel: "rgb(46,47,51)",
			raised: "rgb(56,58,63)",
			line: "rgb(72,74,80)",
			accent: "rgb(112,190,240)",
			"on-accent": "rgb(20,26,32)",
			radius: "4px",
			control: "3px",
			"label-size": "13px",
			"label-case": "uppercase",
			"label-spacing": "0.65px",
			label: "rgb(165,169,174)",
			shadow: "0 1px 14px rgba(0,0,0,.6)",
		},
	},
};

function isClassic(url: URL): boolean {
	return !/^\/(desktop|mobile)(\/|$)/.test(url.pathname);
}

function ticketInAddress(url: URL): string | null {
	if (!isClassic(url)) return null;
	return /^#ticket\/zoom\/(\d+)(?:\/|$)/.exec(url.hash)?.[1] ?? null;
}

/** By the pane on screen: for addresses that name a ticket by its number. */
function ticketOnScreen({ url, document }: Page): string | null {
	if (!isClassic(url) || !url.hash.startsWith("#ticket/zoom/")) return null;
	return /^content_permanent_Ticket-(\d+)$/.exec(find(document, selectors.pane)?.id ?? "")?.[1] ?? null;
}

function paneOf({ document }: Page, ticket: string | null): Element | null {
	const pane = find(document, selectors.pane);
	return pane !== null && ticket !== null && pane.id === `content_permanent_Ticket-${ticket}` ? pane : null;
}

function pageSlots({ document }: Page): Slot[] {
	const overview = find(document, selectors.overview);
	if (overview === null) return [];
	return [{ name: "banner", shape: "banner", place: before(find(overview, selectors.overviewTable), "0 0 16px") }];
}

/** Rows of users and organisations look the same, so the link decides. The title's cell is the widest. */
function rowOf(row: Element, titleColumns: Map<Element, number>): Row[] {
	const table = row.closest("table");
	if (table === null) return [];
	let column = titleColumns.get(table);
	if (column === undefined) {
		const head = find(table, selectors.titleHead);
		column = head?.parentElement ? [...head.parentElement.children].indexOf(head) : -1;
		titleColumns.set(table, column);
	}
	const cell = row.children[column];
	const link = (cell ? find(cell, selectors.ticketLink) : null) ?? find(row, selectors.ticketLink);
	return link === null ? [] : linkRow(link, link.parentElement, link);
}

/** Its text fills its lines, but the time below it leaves room. */
function activityRow(link: Element): Row[] {
	const time = find(link, selectors.activityTime);
	return linkRow(link, time?.parentElement ?? null, time ?? undefined).map((row) => ({ ...row, atEnd: true }));
}

/** The row of a link to a ticket, with its place in `cell`: before `before`, else first. */
function linkRow(link: Element, cell: Element | null, before?: Element): Row[] {
	const ticket = /^#ticket\/zoom\/(\d+)/.exec(link.getAttribute("href") ?? "")?.[1];
	return cell === null || ticket === undefined
		? []
		: [{ ticket, number: null, cell, before: before ?? notOurs(cell.firstChild) }];
}
