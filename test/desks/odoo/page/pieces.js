import { generation } from "./address.js";
import { session } from "./client.js";
import { h } from "./dom.js";
import { t } from "./words.js";

/** An icon of one of the two sets, drawn by the style sheet. */
export const icon = (name, set = "fa", extra = "", attributes = {}) =>
	h("i", { class: `${set} ${set}-${name} ${extra}`.trim(), ...attributes });

export const avatar = (user, extra = "rounded") =>
	h("img", { class: extra, src: `/web/image/res.users/${user}/avatar_128`, alt: "" });

/** The stars of a priority; `picked` gets "0" to "3". `update` changes the same nodes. */
export function stars(value, picked) {
	const options = session.fields.priority.selection;
	let current = value;
	const nodes = options.slice(1).map(([key, label], index) =>
		h("a", {
			href: "#",
			role: "radio",
			tabindex: "-1",
			"data-tooltip": `${t("Priority")}: ${t(label)}`,
			"aria-label": t(label),
			on: {
				click: (event) => {
					event.preventDefault();
					event.stopPropagation();
					picked(current === key ? options[0][0] : key, index);
				},
			},
		}),
	);
	const group = h(
		"div",
		{ class: "o_priority", role: "radiogroup", name: "priority", "aria-label": t("Priority") },
		nodes,
	);
	const element = h("div", { name: "priority", class: "o_field_widget o_field_priority" }, group);
	const update = (next) => {
		current = next;
		const filled = options.findIndex(([key]) => key === next);
		nodes.forEach((node, index) => {
			node.className = `o_priority_star fa fa-star${index < filled ? "" : "-o"}`;
			if (generation === 18 && index === filled - 1) node.setAttribute("aria-checked", "true");
			else if (generation === 17 && index < filled) node.setAttribute("aria-checked", "");
			else node.removeAttribute("aria-checked");
		});
	};
	update(value);
	return { element, update };
}

/** A tag's pill. */
export function tag({ display_name, color }, remove) {
	return h(
		"span",
		{
			class: `o_tag position-relative d-inline-flex align-items-center user-select-none badge rounded-pill o_tag_color_${color}`,
			tabindex: "-1",
		},
		h("div", { class: "o_tag_badge_text text-truncate" }, display_name),
		remove &&
			h(
				"a",
				{ class: "opacity-100-hover opacity-75 o_delete", href: "#", "aria-label": t("Remove"), on: { click: remove } },
				icon("close", "oi"),
			),
	);
}

/** A button that opens a list of choices below itself. */
export function choices(owner, offered, chosen) {
	const old = document.querySelector(".o-overlay-container .dropdown-menu");
	old?.remove();
	const box = owner.getBoundingClientRect();
	const menu = h(
		"div",
		{ class: "dropdown-menu show o-dropdown--menu", role: "menu" },
		offered.map(([key, label]) =>
			h(
				"a",
				{
					class: "dropdown-item",
					role: "menuitem",
					href: "#",
					on: {
						mousedown: (event) => event.preventDefault(),
						click: (event) => {
							event.preventDefault();
							menu.remove();
							chosen(key, label);
						},
					},
				},
				label,
			),
		),
	);
	menu.style.position = "fixed";
	menu.style.top = `${box.bottom}px`;
	menu.style.minWidth = `${Math.min(box.width, 240)}px`;
	if (box.left > window.innerWidth - 260) menu.style.right = `${window.innerWidth - box.right}px`;
	else menu.style.left = `${box.left}px`;
	document.querySelector(".o-overlay-container").append(menu);
	setTimeout(() => window.addEventListener("click", () => menu.remove(), { once: true }), 0);
	return menu;
}

/** A message at the top right that goes away by itself. */
export function notify(title, text) {
	const toast = h(
		"div",
		{ class: "o_notification border-danger show", role: "alert" },
		h("div", { class: "o_notification_title" }, title),
		h("div", { class: "o_notification_content" }, text),
	);
	document.querySelector(".o_notification_manager").append(toast);
	setTimeout(() => toast.remove(), 4_000);
}
