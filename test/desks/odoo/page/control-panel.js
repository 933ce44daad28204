import { session } from "./client.js";
import { h, refill } from "./dom.js";
import { avatar, icon } from "./pieces.js";
import { t } from "./words.js";

/** The bar at the top of every page. */
export function navbar() {
	const entry = (action, xmlid, name, href) =>
		h(
			"a",
			{
				class: "dropdown-item o_nav_entry",
				role: "menuitem",
				tabindex: "0",
				href,
				"data-menu-xmlid": xmlid,
				"data-section": action,
			},
			t(name),
		);
	const list = "#menu_id=115&action=184";
	return h(
		"header",
		{ class: "o_navbar" },
		h(
			"nav",
			{ class: "o_main_navbar", "data-command-category": "disabled" },
			h(
				"div",
				{ class: "o-dropdown dropdown o_navbar_apps_menu o-dropdown--no-caret" },
				h(
					"button",
					{ type: "button", class: "dropdown-toggle", title: "Home Menu", "data-hotkey": "h" },
					icon("apps", "oi"),
				),
			),
			h(
				"a",
				{
					class: "dropdown-item o_menu_brand d-none d-md-flex",
					role: "menuitem",
					tabindex: "0",
					href: list,
					"data-section": "113",
				},
				t("Helpdesk"),
			),
			h(
				"div",
				{ class: "o_menu_sections d-none d-md-flex flex-grow-1 flex-shrink-1 w-0", role: "menu" },
				entry(114, "helpdesk_mgmt.helpdesk_ticket_dashboard_menu", "Dashboard", list),
				entry(115, "helpdesk_mgmt.helpdesk_ticket_menu", "Tickets", list),
			),
			h(
				"div",
				{ class: "o_menu_systray d-flex flex-shrink-0 ms-auto", role: "menu" },
				h(
					"div",
					{ class: "o-dropdown dropdown o-mail-DiscussSystray-class" },
					h("button", { type: "button", class: "dropdown-toggle" }, icon("comments", "fa", "fa-lg")),
				),
				h(
					"div",
					{ class: "o-dropdown dropdown o-mail-DiscussSystray-class" },
					h("button", { type: "button", class: "dropdown-toggle" }, icon("clock-o", "fa", "fa-lg")),
				),
				h(
					"div",
					{ class: "o-dropdown dropdown o_user_menu d-none d-md-block pe-0 o-dropdown--no-caret" },
					h(
						"button",
						{ type: "button", class: "dropdown-toggle py-1 py-lg-0", title: session.name },
						avatar(session.uid, "o_avatar o_user_avatar rounded"),
					),
				),
			),
		),
	);
}

/** The panel over a view. Parts are given; `pager` and `crumb` change the same nodes. */
export function controlPanel({ create, createClass, search, switcher, status, boxes }) {
	const limit = h("span", { class: "o_pager_limit" });
	const value = h("span", { class: "o_pager_value d-inline-block border-bottom border-transparent mb-n1" });
	const turn = (side, name, label) =>
		h("button", {
			type: "button",
			class: `oi oi-chevron-${side} btn btn-secondary o_pager_${name} px-2 rounded-${side === "left" ? "start" : "end"}`,
			"aria-label": t(label),
			"data-tooltip": t(label),
			tabindex: "-1",
			"data-hotkey": label[0].toLowerCase(),
		});
	const previous = turn("left", "previous", "Previous");
	const next = turn("right", "next", "Next");
	const pager = h(
		"div",
		{ class: "o_cp_pager text-nowrap ", role: "search" },
		h(
			"nav",
			{ class: "o_pager d-flex gap-2 h-100", "aria-label": "Pager" },
			h("span", { class: "o_pager_counter align-self-center" }, value, h("span", {}, " / "), limit),
			h("span", { class: "btn-group d-print-none", "aria-atomic": "true" }, previous, next),
		),
	);
	const createButton = () =>
		h("button", { type: "button", class: `btn ${createClass}`, "data-hotkey": "c", on: { click: create } }, t("New"));
	const title = h("span", { class: "min-w-0 text-truncate" });
	const actions = h(
		"div",
		{ class: "o_control_panel_breadcrumbs_actions d-inline-flex" },
		h(
			"div",
			{ class: "o_cp_action_menus d-flex align-items-center pe-2 gap-1" },
			h(
				"div",
				{ class: "o-dropdown dropdown lh-1 o-dropdown--no-caret" },
				h(
					"button",
					{ type: "button", class: "dropdown-toggle d-print-none btn p-0 ms-1 lh-sm border-0", tabindex: "0" },
					icon("cog", "fa", "", { "data-hotkey": "u", "data-tooltip": "Actions" }),
				),
			),
		),
	);
	const breadcrumb = h("div");
	const crumb = (text, back) => {
		title.textContent = text;
		if (back === undefined) {
			breadcrumb.className = "o_breadcrumb d-flex gap-1 text-truncate";
			const last = h("div", { class: "o_last_breadcrumb_item active d-flex fs-4 min-w-0 align-items-center" }, title);
			refill(breadcrumb, last, actions);
			return;
		}
		breadcrumb.className =
			"o_breadcrumb d-flex flex-row flex-md-column align-self-stretch justify-content-between min-w-0";
		const link = h(
			"a",
			{ href: "#", class: "fw-bold text-truncate", "data-tooltip": back.text, on: { click: back.go } },
			back.text,
		);
		refill(
			breadcrumb,
			h(
				"ol",
				{ class: "breadcrumb flex-nowrap text-nowrap small lh-sm" },
				h("li", { class: "breadcrumb-item d-inline-flex min-w-0 o_back_button", "data-hotkey": "b" }, link),
			),
			h(
				"div",
				{ class: "d-flex gap-1 text-truncate" },
				h("div", { class: "o_last_breadcrumb_item active d-flex gap-2 align-items-center min-w-0 lh-sm" }, title),
				actions,
			),
		);
	};
	const element = h(
		"div",
		{ class: "o_control_panel d-flex flex-column gap-3 gap-lg-1 px-3 pt-2 pb-3", "data-command-category": "actions" },
		h(
			"div",
			{
				class:
					"o_control_panel_main d-flex flex-wrap flex-lg-nowrap justify-content-between align-items-lg-start gap-3 flex-grow-1",
			},
			h(
				"div",
				{ class: "o_control_panel_breadcrumbs d-flex align-items-center gap-1 order-0 h-lg-100" },
				h(
					"div",
					{ class: "o_control_panel_main_buttons d-flex gap-1 d-empty-none d-print-none" },
					h("div", { class: "d-xl-none o_control_panel_collapsed_create" }, createButton()),
					h("div", { class: "d-none d-xl-inline-flex gap-1" }, createButton()),
				),
				breadcrumb,
				status,
				h("span", { class: "d-none d-xl-block me-auto" }),
			),
			h(
				"div",
				{
					class:
						"o_control_panel_actions d-empty-none d-flex align-items-center justify-content-start justify-content-lg-around order-2 order-lg-1 w-100 w-lg-auto",
				},
				boxes ? h("div", { class: "oe_button_box", name: "button_box" }) : search,
			),
			h(
				"div",
				{
					class:
						"o_control_panel_navigation d-flex flex-wrap flex-md-nowrap justify-content-end gap-3 gap-lg-1 gap-xl-3 order-1 order-lg-2 flex-grow-1",
				},
				pager,
				switcher,
			),
		),
	);
	return {
		element,
		crumb,
		pager({ text, of, turns }) {
			pager.hidden = text === null;
			value.textContent = text ?? "";
			limit.textContent = of;
			previous.disabled = next.disabled = turns === null;
			previous.onclick = () => turns?.(-1);
			next.onclick = () => turns?.(1);
		},
	};
}

/** The search field; `search` gets the text once Enter is pressed, "" when the facet is removed. */
export function searchBar(text, search) {
	const input = h("input", {
		type: "text",
		class: "o_searchview_input o_input d-print-none flex-grow-1 w-auto border-0",
		accesskey: "Q",
		placeholder: t("Search..."),
		role: "searchbox",
		on: { keydown: (event) => event.key === "Enter" && search(input.value.trim()) },
	});
	const facet =
		text !== "" &&
		h(
			"div",
			{
				class: "o_searchview_facet position-relative d-inline-flex align-items-stretch rounded-2 bg-200 text-nowrap",
				role: "img",
			},
			h(
				"small",
				{ class: "o_facet_values position-relative d-flex flex-wrap align-items-center ps-2" },
				h("span", { class: "o_facet_value" }, text),
			),
			h("button", {
				class: "o_facet_remove btn oi oi-close",
				"aria-label": t("Remove"),
				on: { click: () => search("") },
			}),
		);
	return h(
		"div",
		{ class: "o_cp_searchview d-flex input-group", role: "search" },
		h(
			"div",
			{
				class: "o_searchview form-control d-print-contents d-flex align-items-center py-1",
				role: "search",
				"aria-autocomplete": "list",
			},
			icon("search", "oi", "o_searchview_icon d-print-none me-2"),
			h("div", { class: "o_searchview_input_container d-flex flex-grow-1 flex-wrap gap-1" }, facet, input),
		),
		h(
			"div",
			{ class: "o-dropdown dropdown o-dropdown--no-caret" },
			h(
				"button",
				{
					type: "button",
					class: "dropdown-toggle o_searchview_dropdown_toggler d-print-none btn btn-outline-secondary",
					tabindex: "0",
				},
				icon("caret-down"),
			),
		),
	);
}

/** The buttons between list and cards. */
export function viewSwitch(active, go) {
	const button = (name, label) =>
		h(
			"button",
			{
				class: `btn btn-secondary o_switch_view o_${name}${name === active ? " active" : ""}`,
				"data-tooltip": t(label),
				"aria-label": t(label),
				on: { click: () => go(name) },
			},
			icon(`view-${name}`, "oi"),
		);
	return h(
		"nav",
		{ class: "o_cp_switch_buttons d-print-none d-none d-xl-inline-flex btn-group" },
		button("list", "List"),
		button("kanban", "Kanban"),
	);
}
