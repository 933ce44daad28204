import { addressOf, generation, isHere, leaveTrace, readAddress, titleOf } from "./address.js";
import { begin, later } from "./client.js";
import { navbar } from "./control-panel.js";
import { h, refill } from "./dom.js";
import { createForm } from "./form.js";
import { createKanban } from "./kanban.js";
import { createList } from "./list.js";

await begin();

const manager = h("div", { class: "o_action_manager" });
document.body.append(
	navbar(),
	manager,
	h(
		"div",
		{ class: "o-main-components-container" },
		h("div", { class: "o-discuss-CallInvitations position-absolute top-0 end-0 d-flex flex-column p-2" }),
		h("div", { class: "o-mail-ChatWindowContainer" }),
		h("div", { class: "o-overlay-container" }),
		h("div", { class: "o_notification_manager", role: "status" }),
	),
);

const limit = Number(new URLSearchParams(location.search).get("limit")) || 80;
const state = { ids: [], offset: 0, limit, order: "sequence ASC", search: "", listView: "list", cameFromList: false };
let current = null;
let turn = 0;

function say(title, address, { ms, silent = false, replace = false }) {
	const mine = ++turn;
	document.title = titleOf(title);
	if (silent) return;
	later(ms, () => {
		if (mine !== turn || isHere(address)) return;
		history[replace ? "replaceState" : "pushState"]({}, "", address);
	});
}

const put = (view) => {
	if (current === view) return;
	current = view;
	refill(manager, view.element);
};

const app = {
	state,
	async openView(name, how = {}) {
		if (current?.leave && !(await current.leave())) return;
		if (current !== null) leaveTrace();
		state.listView = name;
		state.cameFromList = false;
		const view = name === "kanban" ? createKanban(app) : createList(app);
		await view.load();
		put(view);
		say(view.title(), addressOf(name, null), { ms: 70, ...how });
	},
	async openRecord(id, how = {}) {
		const form = current?.open ? current : createForm(app);
		if (current?.open && !(await current.leave())) return;
		if (current !== null && !current.open) state.cameFromList = true;
		if (current !== null) leaveTrace();
		if (!(await form.open(id))) return app.openView("list", { replace: true });
		put(form);
		say(form.title(), addressOf("form", id), { ms: how.paging ? 25 : 70, ...how });
	},
	openNew(how = {}) {
		return app.openRecord(null, how);
	},
	back: () => app.openView(state.listView),
	/** What a save made of the record on screen. */
	shown(record, { made }) {
		if (made) state.ids = [...state.ids, record.id];
		say(record.display_name, addressOf("form", record.id), { ms: 25, replace: made, silent: !made });
	},
};

/** Opens what the address says. The client completes an address that names the action alone. */
function route(how) {
	const { view, id } = readAddress();
	if (id > 0 && view === "form") return app.openRecord(id, how);
	if (view === "form") return app.openNew(how);
	return app.openView(view === "kanban" ? "kanban" : "list", how);
}

window.addEventListener("popstate", () => {
	// 18 builds its form anew when it comes back from elsewhere.
	if (generation === 18) current = null;
	void route({ silent: generation === 18 || location.hash.includes("view_type=") });
});
await route({ replace: true });
