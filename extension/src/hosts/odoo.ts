import { type Box, before, find, type Host, type Page, type Row, type Slot } from "./host.ts";

/**
 * Odoo's web client with the helpdesk_mgmt module. Its form stays in the page while the pager walks through records,
 * so the timer is not put inside it: one root lies over the status bar, and the drawn number must agree with it.
 */
const selectors = {
	webClient: "body.o_web_client",
	manager: ".o_action_manager",
	content:
		".o_action_manager > .o_action > .o_content, .o_action_manager > .o_action > .o_form_view_container > .o_content",
	form: ".o_action_manager > .o_form_view",
	controlPanel: ".o_control_panel",
	statusBar: ".o_form_statusbar",
	statusButtons: ".o_form_statusbar > .o_statusbar_buttons",
	stages: '.o_form_statusbar > .o_field_widget[name="stage_id"]',
	currentStage: '.o_field_widget[name="stage_id"] [aria-current="step"]',
	number: '.o_form_sheet .o_field_widget[name="number"]',
	team: '.o_form_sheet .o_field_widget[name="team_id"]',
	stars: '.o_form_sheet .o_field_widget[name="priority"] .fa-star',
	list: ".o_action_manager > .o_list_view",
	row: "tr.o_data_row",
	numberHead: 'th[data-name="number"]',
	stageHead: 'th[data-name="stage_id"]',
	numberCell: 'td[name="number"]',
	nameCell: 'td[name="name"]',
} as const;

const model = "helpdesk.ticket";
/** The least room in which a bar can be read; below it the bar goes to the corner of the window. */
const leastWidth = 260;
const gap = 12;

export const odoo: Host = {
	id: "odoo",
	name: "Odoo",
	pages: [
		{
			url: "https://erp.example.org/web#id=19&menu_id=113&cids=1&action=184&model=helpdesk.ticket&view_type=form",
			ticket: "19",
		},
		{ url: "https://erp.example.org/web#cids=1&action=184&model=helpdesk.ticket&view_type=form&id=7", ticket: "7" },
		{
			url: "https://erp.example.org/web#menu_id=113&cids=1&action=184&model=helpdesk.ticket&view_type=form",
			ticket: null,
		},
		{ url: "https://erp.example.org/web#action=184&model=helpdesk.ticket&view_type=list&cids=1", ticket: null },
		{ url: "https://erp.example.org/web#id=19&model=res.partner&view_type=form", ticket: null },
		{ url: "https://erp.example.org/odoo/helpdesk.ticket/15", ticket: "15" },
		{ url: "https://erp.example.org/odoo/action-180/15/helpdesk.ticket/16", ticket: "16" },
		{ url: "https://erp.example.org/odoo/action-180/15/res.partner/11", ticket: null },
		{ url: "https://erp.example.org/odoo/action-180/new", ticket: null },
	],
	selectors,

	recognises: ({ document }) => find(document, selectors.webClient) !== null,
	root: ({ document }) => find(document, selectors.manager),

	ticketAt: (page) => recordInAddress(page.url, isTicketForm(page)),
	numberAt: ({ document }) => {
		const form = find(document, selectors.form);
		const shown = form === null ? null : find(form, selectors.number);
		// Read-only fields are text; where a database lets people edit the number, it is an input.
		return (shown?.querySelector("input")?.value ?? shown?.textContent ?? "").trim() || null;
	},

	slots: (page, ticket) => {
		const { document } = page;
		const content = find(document, selectors.content);
		// Notices are of no record, so they may stand in the page.
		const banner: Slot[] =
			content === null ? [] : [{ name: "banner", shape: "banner", place: before(content, "8px 16px 4px") }];
		const form = find(document, selectors.form);
		if (ticket === null || form === null) return [...banner, ...unreadableList(page)];
		const bar = find(form, selectors.statusBar);
		return [
			{ name: "bar", shape: "bar", place: bar === null ? null : { kind: "over", box: () => freeBox(form, bar) } },
			...banner,
		];
	},

	corner: () => ({ left: 16, bottom: 16 }),

	rows: (page) => {
		const list = find(page.document, selectors.list);
		if (list === null || !isTicketList(page, list)) return [];
		return [...list.querySelectorAll(selectors.row)].flatMap((row) => rowOf(row));
	},

	freshness: ({ document }) => {
		const form = find(document, selectors.form);
		if (form === null) return "";
		const stage = find(form, selectors.currentStage)?.getAttribute("data-value") ?? "";
		return `${stage}/${form.querySelectorAll(selectors.stars).length}`;
	},

	// Only fields that were changed are saved, and an unsaved star saves itself at once.
	hasUnsavedPriority: () => false,
	showsWrites: false,

	lookup: {
		path: `/web/dataset/call_kw/${model}/search_read`,
		body: (numbers) => ({
			jsonrpc: "2.0",
			method: "call",
			params: {
				model,
				method: "search_read",
				args: [],
				kwargs: { domain: [["number", "in", [...numbers]]], fields: ["number"], limit: numbers.length },
			},
		}),
		read: (answer) => {
			const result = (answer as { result?: unknown } | null)?.result;
			if (!Array.isArray(result)) return {};
			return Object.fromEntries(
				result.flatMap((record: { id?: unknown; number?: unknown } | null) =>
					typeof record?.id === "number" && typeof record.number === "string"
						? [[record.number, String(record.id)]]
						: [],
				),
			);
		},
	},
	layer: { chip: 500, panel: 1000 },
	look: {
		light: {
			font: '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Ubuntu, "Noto Sans", Arial, sans-serif',
			size: "14px",
			text: "#495057",
			strong: "#212529",
			muted: "#5f676e",
			panel: "#fff",
			raised: "#f1f2f4",
			line: "#dee2e6",
			accent: "#71639e",
			"on-accent": "#fff",
			radius: "4px",
			control: "4px",
			"label-size": "14px",
			"label-case": "none",
			"label-spacing": "0",
			label: "#212529",
			shadow: "0 4px 16px rgba(0,0,0,.18)",
		},
		dark: {
			font: '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Ubuntu, "Noto Sans", Arial, sans-serif',
			size: "14px",
			text: "#d1d5db",
			strong: "#f3f4f6",
			muted: "#a3a9b3",
			panel: "#262a36",
			raised: "#323746",
			line: "#454b5c",
			accent: "#b3a6e0",
			"on-accent": "#1b1d26",
			radius: "4px",
			control: "4px",
			"label-size": "14px",
			"label-case": "none",
			"label-spacing": "0",
			label: "#f3f4f6",
			shadow: "0 4px 18px rgba(0,0,0,.6)",
		},
	},
};

/**
 * The record in an address. The older ones name the model; of the newer ones (`/odoo/…`, pairs of which the last is on
 * screen) only some do, and then what is drawn must be a ticket.
 */
function recordInAddress(url: URL, isTicketDrawn: boolean): string | null {
	if (url.pathname === "/web") {
		const hash = new URLSearchParams(url.hash.slice(1));
		const named = hash.get("model");
		if (named === null ? !isTicketDrawn : named !== model) return null;
		return asId(hash.get("id"));
	}
	const parts = url.pathname.split("/").filter(Boolean);
	if (parts[0] !== "odoo" || parts.length < 3) return null;
	const [owner = "", id = ""] = parts.slice(-2);
	const named = owner.replace(/^m-/, "");
	if (named.includes(".") ? named !== model : !isTicketDrawn) return null;
	return asId(id);
}

function asId(text: string | null): string | null {
	return text !== null && /^[1-9]\d*$/.test(text) ? text : null;
}

function isTicketForm({ document }: Page): boolean {
	const form = find(document, selectors.form);
	return (
		form !== null &&
		[selectors.number, selectors.team, selectors.stages].every((selector) => find(form, selector) !== null)
	);
}

function isTicketList({ url }: Page, list: Element): boolean {
	const named = new URLSearchParams(url.hash.slice(1)).get("model");
	if (named !== null) return named === model;
	return find(list, selectors.numberHead) !== null && find(list, selectors.stageHead) !== null;
}

/** Without the column of numbers, which people can hide, no row tells its ticket. */
function unreadableList(page: Page): Slot[] {
	const list = find(page.document, selectors.list);
	if (list === null || !isTicketList(page, list) || find(list, selectors.row) === null) return [];
	return find(list, selectors.numberHead) === null ? [{ name: "badges", shape: "brief", place: null }] : [];
}

/** Row ids are counters of the page, so the number has to tell which ticket it is. */
function rowOf(row: Element): Row[] {
	const numberCell = find(row, selectors.numberCell);
	const number = numberCell?.textContent?.trim() ?? "";
	const cell = find(row, selectors.nameCell) ?? numberCell;
	if (number === "" || cell === null) return [];
	return [{ ticket: null, number, cell, before: cell.firstChild }];
}

/** The free part of the status bar, between its buttons and the stages; under the control panel once it scrolls away. */
function freeBox(form: Element, bar: Element): Box | null {
	const frame = bar.getBoundingClientRect();
	if (frame.width === 0) return null;
	const buttons = find(form, selectors.statusButtons);
	const last = buttons?.lastElementChild?.getBoundingClientRect();
	const stages = find(form, selectors.stages)?.getBoundingClientRect();
	const left = last && last.width > 0 ? last.right + gap : frame.left;
	const right = stages && stages.width > 0 ? stages.left - gap : frame.right;
	const ceiling = (find(form, selectors.controlPanel)?.getBoundingClientRect().bottom ?? 0) + 4;
	if (right - left < leastWidth) return null;
	return { left, top: Math.max(frame.top, ceiling), width: right - left, height: frame.height };
}
