import { h, icon } from "./dom.js";
import { avatar, fromNow, hook } from "./pieces.js";
import { t } from "./words.js";

/** Number and age under the title. */
export function metaLine(ticket) {
	return h(
		"small",
		{ class: "task-subline" },
		h("span", { class: "ticket-number js-objectNumber", "data-number": hook(ticket) }, hook(ticket)),
		` - ${t("created")} `,
		fromNow(ticket.created_at),
	);
}

function navigator() {
	return h(
		"div",
		{ class: "js-overviewNavigatorContainer overview-navigator" },
		h("a", { class: "btn btn--split--first btn--small", href: "#ticket/view", title: t("Overviews") }, icon("left")),
	);
}

const highlighter = () => h("div", { class: "js-highlighterContainer highlighter" });
const titleBox = (title) => h("div", { class: "js-ticketTitleContainer ticket-title" }, title);

/** What the agent scrolls through: header, articles, the box to write in. */
function mainPart({ ticket, title, box, scrolled }) {
	const header = h(
		"div",
		{ class: "flex vertical center" },
		h("div", { class: "js-avatar" }, avatar(ticket.customer_id, 50)),
		titleBox(title()),
		h("div", { class: "js-ticketMetaContainer" }, metaLine(ticket)),
	);
	return h(
		"div",
		{ class: "main no-padding flex tabsSidebar-sidebarSpacer tabsSidebar-tabsSpacer", on: { scroll: scrolled } },
		h(
			"div",
			{ class: "ticketZoom" },
			h(
				"div",
				{ class: "ticketZoom-controls" },
				h("div", { class: "js-settingContainer" }),
				highlighter(),
				navigator(),
			),
			h("div", { class: "ticketZoom-header" }, header),
			h("div", { class: "ticket-article" }),
			h("div", { class: "article-new" }, box),
		),
	);
}

/** Everything of a ticket's page, added in one go. */
export function holder({ sidebar, ...main }) {
	return h(
		"div",
		{ class: "tabsSidebar-holder" },
		h(
			"div",
			{ class: "scrollPageHeader tabsSidebar-sidebarSpacer", style: "transform: translateY(-64px)" },
			h("small", {}, h("span", { class: "ticket-number" }, `${hook(main.ticket)} `)),
			titleBox(main.title()),
			highlighter(),
			navigator(),
		),
		mainPart(main),
		sidebar,
		h("div", { class: "attributeBar" }, h("div", { class: "attributeBar-inner js-attributeBar" })),
	);
}

/** Buttons at the bottom. */
export function attributeBarParts({ changed, reset, submit }) {
	return [
		h("div", { class: "attributeBar-avatars horizontal js-avatars hidden-xs" }),
		h("div", { class: "attributeBar-draft hide js-draft" }),
		h(
			"div",
			{
				class: `attributeBar-reset buttonDropdown btn js-reset${changed ? "" : " hide"}`,
				role: "button",
				tabindex: "0",
				on: { click: reset, keydown: (event) => event.key === "Enter" && reset() },
			},
			t("Discard your unsaved changes."),
		),
		h(
			"div",
			{ class: "buttonDropdown dropdown dropdown--actions dropup" },
			h("div", { class: "btn btn--text" }, h("span", { class: "js-secondaryActionButtonLabel" }, t("Stay on tab"))),
			h(
				"ul",
				{ class: "dropdown-menu" },
				["closeTab", "closeNextInOverview", "stayOnTab"].map((type) =>
					h("li", { class: "js-secondaryAction", "data-type": type }, type),
				),
			),
		),
		h(
			"form",
			{ class: "buttonDropdown", on: { submit: (event) => event.preventDefault() } },
			h(
				"div",
				{ class: "buttonDropdown dropdown dropup js-submitDropdown" },
				h(
					"button",
					{ type: "button", class: "btn btn--primary btn--split--first js-submit", on: { click: submit } },
					t("Update"),
				),
				h(
					"button",
					{ type: "button", class: "btn btn--primary js-openDropdownMacro", "aria-label": "Macro" },
					icon("arrow"),
				),
				h(
					"ul",
					{ class: "dropdown-menu" },
					h("li", { class: "js-dropdownActionMacro", "data-id": "1" }, "Close & Tag as Spam"),
				),
			),
		),
	];
}
