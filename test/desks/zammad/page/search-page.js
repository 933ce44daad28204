import { h, refill } from "./dom.js";
import { ticketRow } from "./overview.js";
import { call, learn, store } from "./remote.js";
import { t } from "./words.js";

/** Search in full: not updated by what others do. */
export function createSearch() {
	const input = h("input", {
		class: "js-search form-control",
		name: "query",
		type: "search",
		"aria-label": t("Search"),
	});
	const content = h("div", { class: "js-content" });
	const counter = h("span", { class: "tab-badge js-counter" });
	const container = h(
		"div",
		{ id: "content_permanent_Search", class: "content horizontal flex" },
		h(
			"div",
			{ class: "flex main vertical" },
			h(
				"div",
				{ class: "detail-search" },
				h(
					"div",
					{ class: "detail-search-header" },
					h("div", { class: "searchfield" }, input),
					h(
						"div",
						{ class: "tabs tabs-wide" },
						h(
							"div",
							{ class: "tab js-tab js-tabTicket active", "data-tab-content": "Ticket" },
							h("span", { class: "tab-name" }, t("Ticket")),
							counter,
						),
					),
				),
				content,
			),
		),
	);
	async function run(query) {
		const found = await call("POST", "tickets/search", { query });
		learn(found.assets);
		counter.textContent = String(found.tickets.length);
		const heads = ["icon", "title", "customer_id", "group_id", "state_id", "owner_id", "created_at"];
		refill(
			content,
			h("div", { class: "js-pager" }),
			h(
				"table",
				{ class: "table table-hover" },
				h(
					"thead",
					{},
					h(
						"tr",
						{},
						h("th", { class: "table-checkbox", style: "width: 40px" }),
						heads.map((column) =>
							h(
								"th",
								{ class: "js-tableHead", "data-column-key": column, style: column === "icon" ? "width: 36px" : null },
								h("div", { class: "table-column-head js-sort" }, ""),
							),
						),
					),
				),
				h(
					"tbody",
					{ class: "js-tableBody" },
					found.tickets.map((id) => ticketRow(store.Ticket[id])),
				),
			),
		);
	}
	input.addEventListener("change", () => {
		location.hash = `#search/${encodeURIComponent(input.value)}`;
	});
	return {
		container,
		async show(query) {
			if (query === undefined) return;
			input.value = query;
			await run(query);
		},
	};
}
