import { createTicketScreen } from "./create-ticket.js";
import { createDashboard } from "./dashboard.js";
import { h } from "./dom.js";
import { createNavigation } from "./navigation.js";
import { createOverview } from "./overview.js";
import { renewTimes } from "./pieces.js";
import { call, learn, listen, session, signIn, stateMark, store } from "./remote.js";
import { createSearch } from "./search-page.js";
import { t } from "./words.js";
import { createZoom } from "./zoom.js";

await signIn();
const app = document.querySelector("#app");
const navigation = createNavigation();
app.append(navigation.element, h("div", { class: "popover popover--notifications right js-notificationsContainer" }));

const dashboard = createDashboard();
const search = createSearch();
const overview = createOverview((link) => history.replaceState(null, "", `#ticket/view/${link}`));
const zooms = new Map();
const screens = new Map();
let shown = null;

/** Pages that stay in the document, hidden; all others leave it and are put back as they were. */
const stays = (container) => /Dashboard|Search|TicketCreateScreen/.test(container.id);

function put(container) {
	if (shown === container) return;
	if (shown) {
		shown.classList.remove("active");
		shown.classList.add("hide");
		if (!stays(shown)) shown.remove();
	}
	container.classList.remove("hide");
	container.classList.add("active");
	if (!container.isConnected) app.append(container);
	shown = container;
	renewTimes(container);
}

function title(text) {
	document.title = `${session.config.product_name} - ${text}`;
}

function tabOf(id) {
	const ticket = store.Ticket[id];
	const key = `Ticket-${id}`;
	return {
		href: `#ticket/zoom/${id}`,
		title: ticket ? `#${ticket.number} - ${ticket.title}` : "",
		name: ticket?.title ?? "…",
		mark: ticket ? stateMark(ticket) : "open",
		close: () => close(key),
	};
}

const tabs = {
	changed: (id, { modified } = {}) =>
		navigation.has(`Ticket-${id}`) &&
		navigation.tab(`Ticket-${id}`, { ...tabOf(id), ...(modified === undefined ? {} : { modified }) }),
	title(id) {
		const zoom = zooms.get(id);
		if (zoom?.container === shown) title(`#${store.Ticket[id].number} - ${store.Ticket[id].title}`);
	},
};

function close(key) {
	const id = Number(key.split("-")[1]);
	const page = key.startsWith("Ticket-") ? zooms.get(id)?.container : screens.get(id)?.container;
	navigation.drop(key);
	(key.startsWith("Ticket-") ? zooms : screens).delete(id);
	page?.remove();
	if (shown === page) {
		shown = null;
		const [last] = navigation.keys().slice(-1);
		location.hash = last?.startsWith("Ticket-") ? `#ticket/zoom/${last.split("-")[1]}` : "#ticket/view";
	}
}

async function openZoom(id) {
	let zoom = zooms.get(id);
	const key = `Ticket-${id}`;
	if (!zoom) {
		zoom = createZoom(id, tabs);
		zooms.set(id, zoom);
		navigation.tab(key, tabOf(id));
		put(zoom.container);
		navigation.activate(key);
		await zoom.start();
		return;
	}
	put(zoom.container);
	zoom.shown();
	navigation.activate(key);
	if (store.Ticket[id]) tabs.title(id);
}

async function openScreen(number) {
	const key = `TicketCreateScreen-${number}`;
	if (!screens.has(number)) {
		const screen = createTicketScreen(number, {
			done(id) {
				location.hash = `#ticket/zoom/${id}`;
				setTimeout(() => close(key), 0);
			},
			cancelled: () => close(key),
		});
		screens.set(number, screen);
		navigation.tab(key, {
			href: `#ticket/create/id/${number}`,
			title: t("New ticket"),
			name: t("New ticket"),
			close: () => close(key),
		});
		put(screen.container);
		navigation.activate(key);
		await screen.show();
	}
	put(screens.get(number).container);
	navigation.activate(key);
	title(t("New ticket"));
}

async function byNumber(number) {
	const found = await call("POST", "tickets/search", {
		condition: { "ticket.number": { operator: "is", value: number } },
	});
	learn(found.assets);
	location.replace(found.tickets[0] ? `#ticket/zoom/${found.tickets[0]}` : "#dashboard");
}

async function route() {
	const [first, second, third, fourth] = location.hash.replace(/^#/, "").split("/");
	navigation.menu(first === "dashboard" ? "#dashboard" : first === "ticket" && second === "view" ? "#ticket/view" : "");
	if (first === "ticket" && second === "zoom" && third === "number") return byNumber(fourth);
	if (first === "ticket" && second === "zoom") return openZoom(Number(third));
	if (first === "ticket" && second === "create") {
		if (third !== "id") return location.replace(`#ticket/create/id/${Math.floor(Math.random() * 1e9)}`);
		return openScreen(Number(fourth));
	}
	navigation.activate(null);
	if (first === "ticket" && second === "view") {
		put(overview.container);
		await overview.show(third);
		return title(overview.title());
	}
	if (first === "search") {
		put(search.container);
		await search.show(second === undefined ? undefined : decodeURIComponent(second));
		return title(t("Search"));
	}
	if (first !== "dashboard") return location.replace("#dashboard");
	put(dashboard.container);
	await dashboard.show();
	return title(t("Dashboard"));
}

window.addEventListener("hashchange", () => void route());
listen((event) => {
	if (event.event !== "Ticket:update") return;
	for (const zoom of zooms.values()) void zoom.pushed(event);
	void overview.pushed();
	if (shown === dashboard.container) void dashboard.pushed();
});
setInterval(() => renewTimes(), 20_000);
await route();
