import { before, find, type Host, notOurs, type Page, type Place, type Row, type Slot } from "../host.ts";
import { structureOf } from "../structure.ts";
import { readAddress } from "./address.ts";
import { freeBox } from "./free-box.ts";
import { look } from "./look.ts";
import { community, enterprise, project, type Tickets } from "./tickets.ts";

/** What its pages call to save one of these, to press a button on one, and to send a message. */
const saving = (model: string): string[] => [
	...["web_save", "write"].map((method) => `/web/dataset/call_kw/${model}/${method}`),
	`/web/dataset/call_button/${model}/*`,
	"/mail/message/post",
];

export const odoo = odooWith(community);
export const odooEnterprise = odooWith(enterprise);
export const odooProject = odooWith(project);

/**
 * Odoo's web client, 17 and 18. Its form stays in the page while the pager walks through records, so the timer is not
 * put inside it: one root lies over the status bar, and the drawn number must agree with it.
 */
function odooWith({ id, name, model, number, marks, onCard }: Tickets): Host {
	const numbered = number ?? "name";
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
		number: `.o_form_sheet .o_field_widget[name="${numbered}"]`,
		stars: '.o_form_sheet .o_field_widget[name="priority"] .fa-star',
		list: ".o_action_manager > .o_list_view",
		row: "tr.o_data_row",
		numberHead: `th[data-name="${numbered}"]`,
		stageHead: 'th[data-name="stage_id"]',
		numberCell: `td[name="${numbered}"]`,
		nameCell: 'td[name="name"]',
		cards: ".o_action_manager > .o_kanban_view, .o_action_manager > .o_activity_view",
		card: ".o_kanban_record, .o_activity_record",
		cardText: "span:not(:has(:not([data-stipt])))",
	} as const;
	const frame = { webClient: 1, manager: 1 } as const;

	const isTicketForm = ({ document }: Page): boolean => {
		const form = find(document, selectors.form);
		return form !== null && marks.every((field) => find(form, `.o_field_widget[name="${field}"]`) !== null);
	};

	const isTicketList = ({ url }: Page, list: Element): boolean => {
		const named = readAddress(url).model;
		if (named !== null) return named === model;
		return find(list, selectors.numberHead) !== null && find(list, selectors.stageHead) !== null;
	};

	const ticketList = (page: Page): Element | null => {
		const list = number === null ? null : find(page.document, selectors.list);
		return list !== null && isTicketList(page, list) ? list : null;
	};

	const ticketAt = (page: Page): string | null => {
		const named = readAddress(page.url);
		return (named.model === null ? isTicketForm(page) : named.model === model) ? named.record : null;
	};

	/** Row ids are counters of the page, so the number has to tell which ticket it is. */
	const rowOf = (row: Element): Row[] => {
		const numberCell = find(row, selectors.numberCell);
		const drawn = numberCell?.textContent?.trim() ?? "";
		const cell = find(row, selectors.nameCell) ?? numberCell;
		return drawn === "" || cell === null
			? []
			: [{ ticket: null, number: drawn, cell, before: notOurs(cell.firstChild) }];
	};

	/** Texts of a card have no names. Where two could be its number, none is. A part of a card may be a line, so it goes into one. */
	const cardRow = (card: Element, isSure: boolean): Row[] => {
		const [found, another] = [...card.querySelectorAll(selectors.cardText)].filter(
			({ textContent }) => onCard?.test(textContent?.trim() ?? "") ?? false,
		);
		if (found === undefined || another !== undefined) return [];
		return [{ ticket: null, number: found.textContent?.trim() ?? "", cell: found, before: null, isSure }];
	};

	/** Without the column of numbers, which people can hide, no row tells its ticket. */
	const unreadableList = (page: Page): Slot[] => {
		const list = find(page.document, selectors.list);
		if (number === null || list === null || !isTicketList(page, list) || find(list, selectors.row) === null) return [];
		return find(list, selectors.numberHead) === null ? [{ name: "badges", shape: "brief", place: null }] : [];
	};

	return {
		id,
		kind: id,
		name,
		selectors,
		serves: () => true,
		structure: structureOf(selectors, [
			{ name: "sign-in", is: ({ url }) => url.pathname.startsWith("/web/login"), has: {} },
			{
				name: "ticket",
				is: (page) => ticketAt(page) !== null,
				has: { ...frame, form: 1, content: 1, statusBar: 1, stages: 1, ...(number === null ? {} : { number: 1 }) },
			},
			{
				name: "list of tickets",
				is: (page) => {
					const list = ticketList(page);
					return list !== null && find(list, `${selectors.row}, ${selectors.numberCell}`) !== null;
				},
				has: { ...frame, list: 1, content: 1, numberHead: 1, row: "some", numberCell: "some" },
			},
			{
				name: "list",
				is: (page) => ticketList(page) !== null,
				has: { ...frame, list: 1, content: 1, numberHead: 1 },
			},
			{ name: "page", is: () => true, has: frame },
		]),

		recognises: ({ document }) => find(document, selectors.webClient) !== null,
		root: ({ document }) => find(document, selectors.manager),

		ticketAt,
		numberAt: ({ document }) => {
			const form = number === null ? null : find(document, selectors.form);
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
			const place: Place | null = bar === null ? null : { kind: "over", box: () => freeBox(bar, form, selectors) };
			return [{ name: "bar", shape: "bar", place }, ...banner];
		},

		corner: () => ({ left: 16, bottom: 16 }),

		rows: (page) => {
			if (number === null) return [];
			const list = find(page.document, selectors.list);
			if (list !== null)
				return isTicketList(page, list) ? [...list.querySelectorAll(selectors.row)].flatMap(rowOf) : [];
			const cards = onCard === null ? null : find(page.document, selectors.cards);
			// Newer addresses name no model here: then it is for the look-up, which knows tickets only, to tell.
			const named = readAddress(page.url).model;
			if (cards === null || (named ?? model) !== model) return [];
			return [...cards.querySelectorAll(selectors.card)].flatMap((card) => cardRow(card, named !== null));
		},

		freshness: ({ document }) => {
			const form = find(document, selectors.form);
			if (form === null) return "";
			const stage = find(form, selectors.currentStage)?.getAttribute("data-value") ?? "";
			return `${stage}/${form.querySelectorAll(selectors.stars).length}`;
		},

		// None of them names the ticket.
		saves: { paths: saving(model), ticketOf: (_, page) => (page === null ? null : ticketAt(page)) },
		// Only fields that were changed are saved, and an unsaved star saves itself at once.
		hasUnsavedPriority: () => false,
		showsWrites: false,

		lookup:
			number === null
				? null
				: {
						path: `/web/dataset/call_kw/${model}/search_read`,
						body: (numbers) => ({
							jsonrpc: "2.0",
							method: "call",
							params: {
								model,
								method: "search_read",
								args: [],
								kwargs: { domain: [[number, "in", [...numbers]]], fields: [number], limit: numbers.length },
							},
						}),
						read: (answer) => {
							const result = (answer as { result?: unknown } | null)?.result;
							if (!Array.isArray(result)) return {};
							return Object.fromEntries(
								result.flatMap((record: Record<string, unknown> | null) =>
									typeof record?.["id"] === "number" && typeof record[number] === "string"
										? [[record[number], String(record["id"])]]
										: [],
								),
							);
						},
					},
		// From 19 on the status bar has a layer of its own, and what opens over it a higher one.
		layer: ({ document }) => {
			const bar = find(document, selectors.statusBar);
			const own = Number.parseInt(bar === null ? "" : getComputedStyle(bar).zIndex, 10) || 0;
			return { chip: Math.max(500, own + 1), panel: Math.max(1000, own + 2) };
		},
		look,
	};
}
