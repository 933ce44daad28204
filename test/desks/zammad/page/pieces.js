import { h } from "./dom.js";
import { session, store, userName } from "./remote.js";
import { ago, localTime } from "./words.js";

const colours = ["#5c9fd6", "#38ad69", "#e0a43a", "#9a6fc4", "#d6655c", "#4aa5a0"];

/** A person's initials in a circle. */
export function avatar(id, size = 40) {
	const user = store.User[id];
	const initials = `${user?.firstname?.[0] ?? "-"}${user?.lastname?.[0] ?? ""}`;
	return h(
		"span",
		{
			class: `avatar size-${size} user-popover`,
			"data-id": id,
			title: userName(id),
			style: `background-color: ${colours[id % colours.length]}`,
		},
		initials,
	);
}

/** How long ago; its text is renewed as time passes. */
export function fromNow(stamp, extra = "") {
	return h("time", { class: `humanTimeFromNow ${extra}`.trim(), datetime: stamp, title: localTime(stamp) }, ago(stamp));
}

/** Renews the texts of all times on the page. */
export function renewTimes(root = document) {
	for (const time of root.querySelectorAll("time.humanTimeFromNow")) {
		const stamp = time.getAttribute("datetime");
		const text = stamp ? ago(stamp) : "";
		if (stamp && time.textContent !== text && time.childElementCount === 0) time.firstChild.data = text;
	}
}

let timer;

/** A message at the top of the page. */
export function notify(type, text) {
	const host = document.querySelector("#notify");
	host.replaceChildren(h("div", { class: `noty_bar alert alert--${type}`, role: "status" }, text));
	clearTimeout(timer);
	timer = setTimeout(() => host.replaceChildren(), 3500);
}

export const hook = (ticket) => `${session.config.ticket_hook}${ticket.number}`;
