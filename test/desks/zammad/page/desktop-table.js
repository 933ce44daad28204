import { h, refill } from "./dom.js";
import { call, learn, session, stateMark, store, userName, wait } from "./remote.js";

/** An overview. Its rows carry no id; a changed or sorted row is the same row, with its texts patched. */
export function createTable() {
	const heading = h("h1", { class: "text-xl" });
	const body = h("tbody");
	const head = h(
		"tr",
		{},
		["", "Number", "Title", "Customer", "State", "Priority"].map((name) => h("th", { class: "text-xs" }, name)),
	);
	const element = h(
		"div",
		{ class: "flex h-full flex-col page" },
		h("header", { class: "p-4" }, heading),
		h("div", { class: "overflow-y-auto" }, h("table", { class: "w-full table-fixed" }, h("thead", {}, head), body)),
	);
	const rows = new Map();
	let link = "all_open";
	let falling = true;
	head.children[2].addEventListener("click", () => {
		falling = !falling;
		draw();
	});

	function rowOf({ id }) {
		const anchor = () => h("a", { class: "link", href: `/desktop/tickets/${id}`, tabindex: "-1" }, h("span"));
		const cells = [
			h("svg", { class: "icon shrink-0", "aria-labelledby": `gid://zammad/Ticket/${id}`, viewBox: "0 0 16 16" }),
			anchor(),
			anchor(),
			...["", "", ""].map((text) => h("span", {}, text)),
		];
		const row = h(
			"tr",
			{ class: "group", tabindex: "0" },
			cells.map((cell) => h("td", { class: "h-10 truncate" }, cell)),
		);
		const patch = () => {
			const ticket = store.Ticket[id];
			const texts = [
				ticket.number,
				ticket.title,
				userName(ticket.customer_id),
				store.TicketState[ticket.state_id]?.name,
				store.TicketPriority[ticket.priority_id]?.name,
			];
			cells[0].setAttribute("class", `icon shrink-0 ${stateMark(ticket)}`);
			cells.slice(1).forEach((cell, n) => {
				const place = cell.firstElementChild ?? cell;
				if (place.textContent !== texts[n]) place.textContent = texts[n] ?? "";
			});
		};
		return { row, patch };
	}

	function draw() {
		const wanted = table.ids.toSorted((a, b) => (falling ? b - a : a - b));
		for (const id of wanted) {
			if (!rows.has(id)) rows.set(id, rowOf({ id }));
			rows.get(id).patch();
			body.append(rows.get(id).row);
		}
		for (const [id, { row }] of rows) if (!wanted.includes(id)) row.remove();
	}

	async function read() {
		const answer = await call("GET", `ticket_overviews?view=${link}`);
		learn(answer.assets);
		table.ids = answer.index.tickets.map(({ id }) => id);
		refill(heading, answer.index.overview.name);
		draw();
	}

	const table = {
		element,
		ids: [],
		async show(wanted) {
			link = wanted;
			await read();
		},
		async pushed() {
			await wait(300 * session.pace);
			if (element.isConnected) await read();
		},
	};
	return table;
}
