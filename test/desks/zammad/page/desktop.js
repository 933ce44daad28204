import { createDetail } from "./desktop-detail.js";
import { createTable } from "./desktop-table.js";
import { h, refill } from "./dom.js";
import { learn, listen, session, signIn, store } from "./remote.js";

await signIn();

const main = h("main", { id: "main-content", class: "relative h-full w-full" });
const tabs = h("ul", { id: "taskbarTabListExpanded", class: "flex flex-col" });
document
	.querySelector("#app")
	.append(
		h(
			"div",
			{ class: "grid h-full" },
			h(
				"aside",
				{ id: "main-sidebar", "aria-label": "Main sidebar" },
				h(
					"nav",
					{ id: "page-navigation" },
					h("a", { class: "link", href: "/desktop/tickets/view/all_open" }, "Overviews"),
				),
				h("div", { id: "user-taskbar-tabs" }, tabs),
				h("div", { id: "user-menu" }, `${session.user.firstname} ${session.user.lastname}`),
			),
			main,
		),
		h("div", { id: "Notifications", class: "fixed z-50" }),
	);

const details = new Map();
const table = createTable();
let shown = null;

/** Pages are kept: what leaves the document comes back as it was. The main area itself is one for all of them. */
function put(page) {
	if (shown === page) return;
	shown?.element.remove();
	main.prepend(page.element);
	shown = page;
}

/** An older form of an address stays as it was typed. */
const ticketIn = (path) => Number(/^\/desktop\/(?:tickets|ticket\/zoom|ticket)\/(\d+)/.exec(path)?.[1] ?? 0);

async function route() {
	const id = ticketIn(location.pathname);
	if (id > 0) {
		const detail = details.get(id) ?? createDetail(id);
		if (!details.has(id)) {
			details.set(id, detail);
			await detail.start();
			const link = h("a", { class: "link", href: `/desktop/tickets/${id}` }, store.Ticket[id]?.title ?? "");
			tabs.append(h("li", { class: "group/tab" }, link));
		}
		put(detail);
		document.title = `${session.config.product_name} - ${store.Ticket[id]?.title ?? ""}`;
		return;
	}
	const link = location.pathname.split("/")[4];
	if (link === undefined) history.replaceState({}, "", "/desktop/tickets/view/all_open");
	await table.show(link ?? "all_open");
	put(table);
	document.title = `${session.config.product_name} - Overviews`;
}

document.addEventListener("click", (event) => {
	const link = event.target.closest?.('a[href^="/desktop"]');
	if (!link || event.defaultPrevented) return;
	event.preventDefault();
	history.pushState({}, "", link.getAttribute("href"));
	void route();
});
addEventListener("popstate", () => void route());

listen((event) => {
	if (event.event !== "Ticket:update") return;
	for (const page of [...details.values(), table]) void page.pushed(event);
});

/** For looking at what happens after a migration: the page tells, and does not reload. */
window.desktop = {
	tell: (text) => refill(document.querySelector("#Notifications"), h("div", { role: "alert" }, text)),
	learn,
};
await route();
