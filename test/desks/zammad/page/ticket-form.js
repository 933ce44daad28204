import { h } from "./dom.js";
import { session, store } from "./remote.js";
import { t } from "./words.js";

/** Options of a select, sorted by their texts as the reader sees them. */
function options(list, value) {
	const sorted = list.slice().sort((a, b) => (a.value === "" ? -1 : b.value === "" ? 1 : a.text.localeCompare(b.text)));
	return sorted.map((option) =>
		h("option", { value: option.value, selected: String(option.value) === value }, option.text),
	);
}

function named(rows, { empty = false } = {}) {
	const list = Object.values(rows)
		.filter((row) => row.active !== false)
		.map((row) => ({ value: String(row.id), text: t(row.name) }));
	return empty ? [{ value: "", text: "-" }, ...list] : list;
}

function owners(group) {
	const able = Object.values(store.User).filter((user) => user.active && user.group_ids?.[group]);
	return [
		{ value: "", text: "-" },
		...able.map((user) => ({ value: String(user.id), text: `${user.firstname} ${user.lastname}` })),
	];
}

function group(name, label, control, kind = "select", hidden = false) {
	return h(
		"div",
		{ class: `${kind} form-group${hidden ? " hide is-hidden is-removed" : ""}`, "data-attribute-name": name },
		h("div", { class: "formGroup-label" }, h("label", { for: `Ticket_${name}` }, t(label))),
		h("div", { class: "controls" }, control),
	);
}

function select(name, list, value, disabled = false) {
	return h("select", { class: "form-control", name, id: `Ticket_${name}`, disabled }, options(list, value));
}

const isPending = (state) => [3, 4].includes(store.TicketState[state]?.state_type_id);

/** What the form shows of a ticket: everything as text, an owner nobody as nothing. */
export function formValues(ticket) {
	const values = {
		group_id: String(ticket.group_id ?? ""),
		owner_id: ticket.owner_id === 1 || !ticket.owner_id ? "" : String(ticket.owner_id),
		state_id: String(ticket.state_id),
		pending_time: ticket.pending_time ?? "",
		priority_id: String(ticket.priority_id),
	};
	for (const { name } of session.attributes) values[name] = ticket[name] ?? "";
	return values;
}

function pendingInput(value) {
	const local = value
		? new Date(Date.parse(value) - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
		: "";
	return h("input", {
		type: "datetime-local",
		class: "form-control",
		name: "pending_time",
		id: "Ticket_pending_time",
		value: local,
	});
}

/** The form groups of a ticket's sidebar, in their order. */
export function formGroups(values) {
	const states = named(store.TicketState).filter(({ value }) => value !== "5" || values.state_id === "5");
	return [
		group("group_id", "Group", select("group_id", named(store.Group), values.group_id)),
		group("owner_id", "Owner", select("owner_id", owners(values.group_id), values.owner_id)),
		group("state_id", "State", select("state_id", states, values.state_id)),
		group("pending_time", "Pending till", pendingInput(values.pending_time), "datetime", !isPending(values.state_id)),
		group("priority_id", "Priority", select("priority_id", named(store.TicketPriority), values.priority_id)),
		...session.attributes.map(({ name, display, options: given }) => {
			const list = [{ value: "", text: "-" }, ...Object.entries(given).map(([value, text]) => ({ value, text }))];
			return group(name, display, select(name, list, values[name]));
		}),
	];
}

/** The groups that hang on another field: who can own a ticket of a group, whether a time is asked. */
export function dependentGroup(name, values) {
	return formGroups(values).find((node) => node.dataset.attributeName === name);
}

/** What a form holds now, as text. */
export function readForm(root) {
	const values = {};
	for (const field of root.querySelectorAll("select[name], input[name]")) values[field.name] = field.value;
	if (values.pending_time) values.pending_time = new Date(values.pending_time).toISOString();
	return values;
}
