import { h, icon, refill, stateIcon } from "./dom.js";
import { avatar } from "./pieces.js";
import { call, learn, session, stateMark, store } from "./remote.js";
import { t } from "./words.js";

/** The dark bar at the left: search, menu, and one tab per open page. */
export function createNavigation() {
	const tasks = h("div", { class: "tasks tasks-navigation ui-sortable" });
	const menu = h("div", { class: "menu js-menu" });
	const results = h("ul", { class: "global-search-result js-global-search-result" });
	const search = h("div", { class: "search" });
	const input = h("input", {
		id: "global-search",
		type: "search",
		autocomplete: "off",
		"aria-label": t("Search"),
		placeholder: t("Search"),
	});
	const form = h("form", { class: "search-holder" }, icon("search"), input);
	search.append(
		form,
		h(
			"div",
			{ class: "logo js-toggleNotifications" },
			h("span", { class: "logo-mark" }),
			h("div", { class: "activity-counter js-notificationsCounter" }),
		),
		h(
			"div",
			{ class: "global-search-menu" },
			h(
				"a",
				{ class: "global-search-detail-link nav-tab nav-tab--search js-details-link", href: "#search" },
				t("Search"),
			),
			results,
		),
	);
	const element = h(
		"div",
		{ id: "navigation", class: "navigation vertical" },
		search,
		menu,
		tasks,
		h(
			"ul",
			{ class: "user-menu navbar-items-personal" },
			h("li", {}, avatar(session.user.id, 40)),
			h(
				"li",
				{},
				h(
					"a",
					{ class: "user-menu-add", href: "#ticket/create", title: t("New ticket"), "aria-label": t("New ticket") },
					"+",
				),
			),
		),
	);
	let typed = 0;
	input.addEventListener("input", () => {
		const mine = ++typed;
		search.classList.toggle("filled", input.value !== "");
		setTimeout(async () => {
			if (mine !== typed) return;
			if (input.value === "") return search.classList.remove("open");
			const found = await call("POST", "tickets/search", { query: input.value, per_page: 10 });
			learn(found.assets);
			search.classList.add("open");
			refill(
				results,
				[...new Set(found.tickets)].map((id) =>
					h(
						"li",
						{},
						h(
							"a",
							{
								class: `nav-tab nav-tab--search task-state-${stateMark(store.Ticket[id])} ticket-popover`,
								href: `#ticket/zoom/${id}`,
								"data-id": id,
							},
							h("div", { class: "nav-tab-icon" }, stateIcon(stateMark(store.Ticket[id]))),
							h(
								"div",
								{ class: "nav-tab-name u-textTruncate flex" },
								`#${store.Ticket[id].number} - ${store.Ticket[id].title}`,
							),
						),
					),
				),
			);
		}, 300);
	});
	results.addEventListener("click", () => {
		input.value = "";
		search.classList.remove("open", "filled");
	});
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		if (input.value !== "") location.hash = `#search/${encodeURIComponent(input.value)}`;
		input.value = "";
		search.classList.remove("open", "filled");
	});

	const tabs = new Map();

	function tabNode({ key, href, title, name, mark, active, modified, close }) {
		return h(
			"a",
			{
				class: `nav-tab task js-item js-locationVerify${mark ? ` task-state-${mark}` : ""}${active ? " is-active" : ""}${modified ? " is-modified" : ""}`,
				href,
				"data-key": key,
				title,
			},
			h("div", { class: "nav-tab-icon" }, mark ? stateIcon(mark) : icon("plus")),
			h("div", { class: "nav-tab-name u-textTruncate flex" }, name),
			h(
				"div",
				{
					class: "nav-tab-close js-close",
					on: {
						click: (event) => {
							event.preventDefault();
							event.stopPropagation();
							close();
						},
					},
				},
				icon("cross"),
			),
		);
	}

	return {
		element,
		menu(active) {
			refill(
				menu,
				[
					["#dashboard", "dashboard", "Dashboard", "js-dashboardMenuItem"],
					["#ticket/view", "overviews", "Overviews", "js-overviewsMenuItem"],
				].map(([href, name, label, extra]) =>
					h(
						"a",
						{ class: `menu-item ${extra}${active === href ? " is-active" : ""}`, href },
						h("span", { class: "menu-item-icon" }, icon(name)),
						h("span", { class: "menu-item-name" }, t(label)),
					),
				),
			);
		},
		/** A tab is made anew whenever anything about it changes. */
		tab(key, change) {
			const had = tabs.get(key);
			const next = { key, ...had?.what, ...change };
			const node = tabNode(next);
			if (had) had.node.replaceWith(node);
			else tasks.append(node);
			tabs.set(key, { what: next, node });
		},
		has: (key) => tabs.has(key),
		keys: () => [...tabs.keys()],
		drop(key) {
			tabs.get(key)?.node.remove();
			tabs.delete(key);
		},
		activate(key) {
			for (const [other, { what }] of tabs) {
				const active = other === key;
				if (active || what.active) this.tab(other, { active, ...(active ? { modified: false } : {}) });
			}
		},
	};
}
