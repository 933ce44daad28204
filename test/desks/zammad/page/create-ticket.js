import { h, refill } from "./dom.js";
import { notify } from "./pieces.js";
import { call, learn } from "./remote.js";
import { formGroups, readForm } from "./ticket-form.js";
import { t } from "./words.js";

function field(name, label, control, kind = "input") {
	return h(
		"div",
		{ class: `${kind} form-group`, "data-attribute-name": name },
		h("div", { class: "formGroup-label" }, h("label", { for: `Create_${name}` }, t(label))),
		h("div", { class: "controls" }, control),
	);
}

/** The page on which an agent makes a ticket for a customer. */
export function createTicketScreen(number, { done, cancelled }) {
	const container = h("div", {
		id: `content_permanent_TicketCreateScreen-${number}`,
		class: "content horizontal flex",
	});
	const title = h("input", {
		class: "form-control",
		type: "text",
		name: "title",
		id: "Create_title",
		autocomplete: "off",
	});
	const customer = h("select", { class: "form-control", name: "customer_id", id: "Create_customer_id" });
	const body = h("textarea", { class: "form-control", name: "body", id: "Create_body", rows: "6" });
	const form = h("form", { class: "ticket-create" });

	async function fill() {
		const users = await call("GET", "users?per_page=500");
		learn({ User: Object.fromEntries(users.map((user) => [user.id, user])) });
		const customers = users.filter((user) => user.active && user.role_ids.includes(3));
		refill(
			customer,
			customers.map((user) => h("option", { value: user.id }, `${user.firstname} ${user.lastname} <${user.email}>`)),
		);
		const groups = formGroups({ group_id: "1", owner_id: "", state_id: "2", pending_time: "", priority_id: "2" });
		refill(
			form,
			field("title", "Title", title),
			field("customer_id", "Customer", customer, "select"),
			field("body", "Text", body, "richtext"),
			h("fieldset", { class: "ticket-form-middle" }, groups),
			h(
				"div",
				{ class: "form-controls" },
				h("button", { type: "button", class: "btn btn--text js-cancel", on: { click: cancelled } }, "×"),
				h("button", { type: "submit", class: "btn btn--success js-submit" }, t("Create")),
			),
		);
	}

	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const { title: _, customer_id: __, pending_time, ...chosen } = readForm(form);
		try {
			const ticket = await call("POST", "tickets", {
				...chosen,
				title: title.value,
				customer_id: Number(customer.value),
				...(pending_time ? { pending_time } : {}),
				article: {
					body: body.value || title.value,
					type: "phone",
					sender: "Customer",
					internal: false,
					content_type: "text/plain",
				},
			});
			notify("success", t("Ticket created."));
			done(ticket.id);
		} catch (error) {
			notify("danger", error.message);
		}
	});
	refill(
		container,
		h("div", { class: "main flex newTicket" }, h("div", { class: "box" }, h("h1", {}, t("New ticket")), form)),
	);
	return { container, show: fill };
}
