import { h, refill, stateIcon } from "./dom.js";
import { fromNow, renewTimes } from "./pieces.js";
import { between, call, learn, session, stateMark, store, userName, wait } from "./remote.js";
import { language, t } from "./words.js";

const columns = [
	["icon", "", 36],
	["title", "Title", 161],
	["customer_id", "Customer", null],
	["group_id", "Group", null],
	["state_id", "State", null],
	["owner_id", "Owner", null],
	["created_at", "Created at", null],
];

const colour = (ticket) => store.TicketPriority[ticket.priority_id]?.ui_color;

function cells(ticket) {
	const state = t(store.TicketState[ticket.state_id].name);
	return [
		h(
			"td",
			{ class: "table-checkbox js-checkbox-field" },
			h(
				"label",
				{ class: "checkbox-replacement" },
				h("input", { type: "checkbox", name: "bulk", value: ticket.id, "aria-label": ticket.number }),
			),
		),
		h("td", { class: "noTruncate", title: state }, stateIcon(stateMark(ticket))),
		h("td", { title: ticket.title }, h("a", { href: `#ticket/zoom/${ticket.id}` }, ticket.title)),
		h(
			"td",
			{ title: userName(ticket.customer_id) },
			h("span", { class: "user-popover", "data-id": ticket.customer_id }, userName(ticket.customer_id)),
		),
		h("td", {}, store.Group[ticket.group_id]?.name ?? "-"),
		h("td", {}, state),
		h("td", {}, h("span", { class: "user-popover", "data-id": ticket.owner_id }, userName(ticket.owner_id))),
		h("td", {}, fromNow(ticket.created_at)),
	];
}

/** A row of a list of tickets; a click anywhere in it opens the ticket. */
export function ticketRow(ticket) {
	const tone = colour(ticket);
	return h(
		"tr",
		{
			class: `item${tone ? ` item--${tone}` : ""}`,
			"data-id": ticket.id,
			on: {
				click: (event) => {
					if (event.target.closest(".js-checkbox-field, a")) return;
					location.hash = `#ticket/zoom/${ticket.id}`;
				},
			},
		},
		cells(ticket),
	);
}

/** What a row says, without its times: rows are the same as long as this is. */
function sameness(ticket) {
	return JSON.stringify([
		ticket.id,
		ticket.title,
		ticket.customer_id,
		ticket.group_id,
		ticket.state_id,
		ticket.owner_id,
		colour(ticket),
		userName(ticket.customer_id),
	]);
}

const sorters = {
	icon: (ticket) => stateMark(ticket),
	title: (ticket) => ticket.title,
	customer_id: (ticket) => userName(ticket.customer_id),
	group_id: (ticket) => store.Group[ticket.group_id]?.name ?? "",
	state_id: (ticket) => t(store.TicketState[ticket.state_id].name),
	owner_id: (ticket) => userName(ticket.owner_id),
	created_at: (ticket) => ticket.created_at,
};

/** The lists of tickets. */
export function createOverview(opened) {
	const container = h(
		"div",
		{ id: "content_permanent_TicketOverview", class: "content horizontal flex overviews" },
		h("div", { class: "js-error hide fullscreenMessage" }),
		h("div", { class: "sidebar" }),
		h("div", { class: "main flex" }, h("div", { class: "overview-header" }), h("div", { class: "overview-table" })),
	);
	let index = [];
	let link = "all_open";
	let tickets = [];
	let keys = [];
	let sort = { column: "created_at", down: true };
	let refreshing = false;
	const find = (selector) => container.querySelector(selector);

	const name = (overview) => overview.names[language === "nl" ? "nl" : "en"];

	function fillLists() {
		refill(
			find(":scope > .sidebar"),
			h("h2", { class: "sidebar-headline" }, t("Overviews")),
			h(
				"ul",
				{ class: "nav nav-pills nav-stacked" },
				index.map((overview) =>
					h(
						"li",
						{ class: overview.link === link ? "active" : null },
						h(
							"a",
							{ class: "horizontal center", href: `#ticket/view/${overview.link}` },
							h("span", { class: "local u-textTruncate" }, name(overview)),
							h("span", { class: "badge badge--text" }, String(overview.count)),
						),
					),
				),
			),
		);
		refill(
			find(".overview-header"),
			h(
				"div",
				{ class: "tabsHolder js-tabsHolder" },
				h(
					"div",
					{ class: "tabs tabs--inline tabs--big js-tabs" },
					index.map((overview) =>
						h(
							"a",
							{ class: `tab js-tab${overview.link === link ? " active" : ""}`, href: `#ticket/view/${overview.link}` },
							`${name(overview)} `,
							h("span", { class: "tab-badge" }, String(overview.count)),
						),
					),
				),
			),
			h("a", { class: "btn btn--success btn--quad", href: "#ticket/create", "aria-label": t("New ticket") }, "+"),
			h("div", { class: "tabs tabs-clone u-invisible js-tabsClone" }),
		);
	}

	function sorted(rows) {
		const key = sorters[sort.column];
		return rows
			.slice()
			.sort((a, b) => (sort.down ? -1 : 1) * String(key(a)).localeCompare(String(key(b))) || b.id - a.id);
	}

	function fillTable() {
		tickets = sorted(tickets);
		keys = tickets.map(sameness);
		const heads = columns.map(([column, label, width]) =>
			h(
				"th",
				{ class: "js-tableHead", "data-column-key": column, style: width ? `width: ${width}px` : null },
				h(
					"div",
					{
						class: "table-column-head js-sort",
						on: {
							click: () => {
								sort = { column, down: sort.column === column ? !sort.down : false };
								fillTable();
							},
						},
					},
					h("div", { class: "table-column-title" }, t(label)),
					h("div", { class: "table-column-sortIcon" }, sort.column === column ? (sort.down ? "▾" : "▴") : ""),
				),
				h("div", { class: "table-col-resize js-col-resize" }),
			),
		);
		refill(
			find(".table-overview"),
			h("div", { class: "js-pager" }),
			h(
				"table",
				{ class: "table table-hover" },
				h("thead", {}, h("tr", {}, h("th", { class: "table-checkbox", style: "width: 40px" }), heads)),
				h("tbody", { class: "js-tableBody" }, tickets.map(ticketRow)),
			),
			h("div", { class: "js-pager" }),
		);
	}

	function fillPage() {
		const current = index.find((overview) => overview.link === link);
		refill(
			find(".overview-table"),
			h(
				"div",
				{ class: "page-header" },
				h("div", { class: "page-header-title" }, h("h2", {}, current ? name(current) : link)),
				h("div", { class: "page-header-meta" }, h("div", { class: "btn btn--action", "data-type": "settings" }, "⚙")),
			),
			h("div", { class: "page-content" }, h("div", { class: "table-overview" })),
			h("div", { class: "bulkAction hide" }, h("form", { class: "update-box bulkAction-form" })),
		);
		fillTable();
	}

	/** Rows are compared by their place: a changed one is taken away and a new one put there. */
	function diffRows(next) {
		const body = find(".js-tableBody");
		const wanted = next.map(sameness);
		const ids = next.map((ticket) => ticket.id);
		for (let place = tickets.length - 1; place >= 0; place--) {
			if (ids.includes(tickets[place].id) && wanted.includes(keys[place])) continue;
			body.children[place]?.remove();
			tickets.splice(place, 1);
			keys.splice(place, 1);
		}
		if (keys.some((key, place) => wanted.filter((other) => keys.includes(other))[place] !== key)) {
			tickets = next;
			fillTable();
			return;
		}
		for (const [place, ticket] of next.entries()) {
			if (keys[place] === wanted[place]) continue;
			body.insertBefore(ticketRow(ticket), body.children[place] ?? null);
			tickets.splice(place, 0, ticket);
			keys.splice(place, 0, wanted[place]);
		}
		tickets = next;
	}

	async function read() {
		const [lists, answer] = await Promise.all([
			call("GET", "ticket_overviews"),
			call("GET", `ticket_overviews?view=${link}`),
		]);
		learn(answer.assets);
		index = lists;
		return answer.index.tickets.map(({ id }) => store.Ticket[id]);
	}

	return {
		container,
		async show(wanted) {
			const other = wanted !== undefined && wanted !== link;
			if (!other && find(".table-overview")) return;
			link = wanted ?? link;
			opened(link);
			tickets = await read();
			fillLists();
			fillPage();
		},
		/** Somebody changed a ticket: the list follows after some seconds. */
		async pushed() {
			if (refreshing || !find(".table-overview")) return;
			refreshing = true;
			await wait(between(3900, 7000) * session.pace);
			refreshing = false;
			const next = sorted(await read());
			fillLists();
			diffRows(next);
			renewTimes(container);
		},
		title: () => {
			const current = index.find((overview) => overview.link === link);
			return current ? name(current) : t("Overviews");
		},
	};
}
