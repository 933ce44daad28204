import { h, icon, refill } from "./dom.js";
import { avatar } from "./pieces.js";
import { store, userName } from "./remote.js";
import { t } from "./words.js";

function heading(text, actions) {
	return h(
		"div",
		{ class: "sidebar-header" },
		h("h2", { class: "sidebar-header-headline js-headline" }, text),
		h("div", { class: "sidebar-header-actions js-actions" }, actions),
		h("div", { class: "tabsSidebar-close" }, icon("right")),
	);
}

function menu() {
	return h(
		"div",
		{ class: "dropdown dropdown--actions" },
		h("div", { class: "dropdown-toggle", id: "userAction", "data-toggle": "dropdown" }, icon("arrow")),
		h(
			"ul",
			{ class: "dropdown-menu dropdown-menu-right" },
			["ticket-history", "ticket-merge", "customer-change"].map((type) => h("li", { "data-type": type }, type)),
		),
	);
}

/** Who follows the ticket. */
export function fillSubscriptions(root) {
	refill(
		root.querySelector(".js-subscriptions"),
		h("label", {}, t("Subscribers")),
		h(
			"form",
			{ class: "ui-front mentionWidget" },
			h("div", { class: "js-subscribe btn btn--text" }, t("Subscribe")),
			h("div", { class: "js-unsubscribe hidden" }),
		),
	);
}

export function fillTags(root, tags) {
	refill(
		root.querySelector(".js-tags"),
		h("label", {}, t("Tags")),
		h(
			"div",
			{ class: "list" },
			tags.map((tag) => h("span", { class: "list-item" }, tag)),
		),
	);
}

function ticketList(label, ids) {
	return h(
		"div",
		{ class: "sidebar-block" },
		h("label", {}, t(label)),
		h(
			"div",
			{ class: "tasks tasks--standalone" },
			ids
				.slice(-5)
				.map((id) =>
					h(
						"div",
						{ class: "task" },
						h(
							"div",
							{ class: "task-text" },
							h(
								"a",
								{ class: "name ticket-popover", href: `#ticket/zoom/${id}`, "data-id": id },
								store.Ticket[id]?.title ?? `#${id}`,
							),
						),
					),
				),
		),
	);
}

/** Renews what the customer's and the organisation's tabs hold. */
export function fillCustomer(root, ticket, related) {
	const customer = store.User[ticket.customer_id];
	const organization = store.Organization[ticket.organization_id];
	const content = root.querySelector('.sidebar[data-tab="customer"] .sidebar-content');
	refill(
		content,
		h(
			"div",
			{ class: "sidebar-block" },
			h("div", { class: "js-avatar" }, avatar(ticket.customer_id, 50)),
			h("h3", {}, userName(ticket.customer_id)),
		),
		h("div", { class: "sidebar-block" }, h("label", {}, t("Email")), h("div", {}, customer?.email ?? "-")),
		ticketList("Open Tickets", related.ticket_ids_open),
		ticketList("Closed Tickets", related.ticket_ids_closed),
	);
	const counter = root.querySelector('.tabsSidebar-tab[data-tab="customer"] .js-counter');
	refill(counter, String(related.ticket_ids_open.length));
	const own = root.querySelector('.sidebar[data-tab="organization"] .sidebar-content');
	if (own) refill(own, h("div", { class: "sidebar-block" }, h("h3", {}, organization?.name ?? "-")));
}

function block(tab, title, content, active) {
	return h(
		"div",
		{ class: `sidebar bottom-form-shadow flex${active ? "" : " hide"}`, "data-tab": tab },
		heading(title, tab === "ticket" ? menu() : null),
		h("hr"),
		h("div", { class: "sidebar-content" }, content),
	);
}

/** The tabs at the right of a ticket and what they open. */
export function sidebarParts(ticket, fieldset) {
	const parts = [
		block(
			"ticket",
			t("Ticket"),
			[
				h("form", { on: { submit: (event) => event.preventDefault() } }, fieldset),
				h("div", { class: "js-tags tags" }),
				h("div", { class: "js-links links" }, h("label", {}, t("Links"))),
				h("div", { class: "js-linkKbAnswers link_kb_answers" }),
				h("div", { class: "js-timeUnit" }),
				h("div", { class: "js-subscriptions" }),
			],
			true,
		),
		block("customer", t("Customer"), null, false),
	];
	const tabs = [
		["ticket", "message"],
		["customer", "person"],
	];
	if (ticket.organization_id) {
		parts.push(block("organization", t("Organization"), null, false));
		tabs.push(["organization", "organization"]);
	}
	const bar = h(
		"div",
		{ class: "tabsSidebar-tabs" },
		tabs.map(([tab, name], index) =>
			h(
				"div",
				{
					class: `tabsSidebar-tab${index === 0 ? " active" : ""}`,
					"data-tab": tab,
					role: "button",
					tabindex: "0",
					title: tab,
				},
				icon(name),
				tab === "customer" ? h("span", { class: "tabsSidebar-tab-count js-counter" }) : null,
			),
		),
	);
	return [...parts, bar];
}

/** Makes the tabs of a sidebar work. */
export function workTabs(sidebar) {
	sidebar.addEventListener("click", (event) => {
		const tab = event.target.closest(".tabsSidebar-tab");
		if (event.target.closest(".tabsSidebar-close")) sidebar.classList.add("is-closed");
		if (!tab) return;
		const closed = sidebar.classList.contains("is-closed");
		if (tab.classList.contains("active") && !closed) sidebar.classList.add("is-closed");
		else sidebar.classList.remove("is-closed");
		for (const other of sidebar.querySelectorAll(".tabsSidebar-tab")) other.classList.toggle("active", other === tab);
		for (const part of sidebar.querySelectorAll(":scope > .sidebar")) {
			part.classList.toggle("hide", part.dataset.tab !== tab.dataset.tab);
		}
	});
}
