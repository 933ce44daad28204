import { h, markup, refill } from "./dom.js";
import { call, learn, session, store, userName, wait } from "./remote.js";

const names = { group_id: "Group", owner_id: "Owner", state_id: "State", priority_id: "Priority" };
const rowsOf = { group_id: "Group", state_id: "TicketState", priority_id: "TicketPriority" };

/** One ticket's page. Fields are no native selects; what somebody else changes is patched in place, within 0.3 s. */
export function createDetail(id) {
	let touched = {};
	const articles = h("div", { class: "flex flex-col gap-6 p-4 articles" });
	const titles = [0, 1].map(() => h("div", { role: "heading", "aria-level": "2", class: "text-xl" }));
	const number = h("span", { class: "whitespace-nowrap" });
	const header = (title, isSpacer) =>
		h(
			"header",
			{ class: isSpacer ? "invisible" : "z-10", "aria-hidden": isSpacer ? "true" : null },
			h("nav", { class: "breadcrumb" }, h("span", {}, "Ticket "), isSpacer ? h("span") : number),
			title,
			h("div", { class: "badges" }, h("span", { role: "alert", class: "badge" }, "escalation")),
		);
	const fields = h("div", { class: "flex flex-col gap-3 fields" });
	const discard = h("button", { type: "button", hidden: "" }, "Discard your unsaved changes");
	const section = (name, ...children) =>
		h("div", { id: `ticket-${name}`, "data-test-id": `ticket-${name}`, class: "section" }, ...children);
	const element = h(
		"div",
		{ class: "page detail" },
		h("div", { class: "overflow-y-auto content" }, header(titles[0], false), header(titles[1], true), articles),
		h(
			"aside",
			{ id: "content-sidebar", "aria-label": "Content sidebar" },
			h(
				"div",
				{ id: "ticketSidebar", class: "p-4" },
				section("attributes", h("div", { id: "ticketEditAttributeForm" }, fields)),
				section("tags"),
				section("links"),
				section("subscribers"),
			),
			h(
				"div",
				{ id: "wrapper-form-ticket-edit", style: "width:0;height:0;overflow:hidden" },
				h("form", { id: `form-ticket-edit-${id}` }),
			),
			h("div", { class: "bar" }, discard, h("button", { type: "button", class: "update" }, "Update")),
		),
	);

	const attributes = () => [...Object.keys(names), ...session.attributes.map((one) => one.name)];
	const optionsOf = (name) => {
		const own = session.attributes.find((one) => one.name === name);
		if (own !== undefined) return Object.entries(own.options);
		if (name === "owner_id")
			return [["1", "-"], ...Object.keys(store.User).map((user) => [user, userName(Number(user))])];
		return Object.values(store[rowsOf[name]]).map((row) => [String(row.id), row.name]);
	};
	const currentOf = (name) => String(touched[name] ?? store.Ticket[id][name] ?? "");

	function field(name) {
		const uuid = crypto.randomUUID();
		const label = names[name] ?? session.attributes.find((one) => one.name === name)?.display ?? name;
		const output = h("output", {
			role: "combobox",
			name,
			id: `${name}-${uuid}`,
			"aria-labelledby": `label-${name}-${uuid}`,
			tabindex: "0",
		});
		const list = h("div", { role: "listbox", hidden: "" });
		output.addEventListener("click", () => {
			list.hidden = !list.hidden;
			refill(
				list,
				optionsOf(name).map(([value, text]) =>
					h(
						"div",
						{
							role: "option",
							"data-value": value,
							on: {
								click: () => {
									touched[name] = value;
									list.hidden = true;
									patch();
								},
							},
						},
						text,
					),
				),
			);
		});
		return h(
			"div",
			{ class: "formkit-outer" },
			h("label", { id: `label-${name}-${uuid}`, for: `${name}-${uuid}` }, label),
			output,
			list,
		);
	}

	function patch() {
		const ticket = store.Ticket[id];
		for (const title of titles) if (title.textContent !== ticket.title) title.textContent = ticket.title;
		number.textContent = ticket.number;
		for (const name of attributes()) {
			const output = fields.querySelector(`output[name="${name}"]`);
			const text = optionsOf(name).find(([value]) => value === currentOf(name))?.[1] ?? "";
			if (output.textContent !== text) output.textContent = text;
		}
		discard.hidden = Object.keys(touched).length === 0;
	}

	async function read() {
		const answer = await call("GET", `tickets/${id}?all=true`);
		learn(answer.assets);
		for (const article of answer.ticket_article_ids) {
			if (articles.querySelector(`#article-${article}`)) continue;
			const { body } = store.TicketArticle[article];
			articles.append(h("article", { id: `article-${article}`, class: "bubble" }, h("div", {}, markup(body))));
		}
		patch();
	}

	discard.addEventListener("click", () => {
		touched = {};
		patch();
	});
	element.querySelector(".update").addEventListener("click", async () => {
		// All attributes travel, touched or not.
		const values = Object.fromEntries(attributes().map((name) => [name, currentOf(name)]));
		const { number, title, customer_id } = store.Ticket[id];
		await call("PUT", `tickets/${id}?all=true`, { number, title, customer_id, id, ...values });
		touched = {};
		await read();
	});

	return {
		element,
		async start() {
			refill(fields, attributes().map(field));
			await read();
		},
		async pushed() {
			await wait(300 * session.pace);
			await read();
		},
	};
}
