import { serverLanguage } from "./words.js";

const script = document.querySelector("script[data-pace]");
const pace = Number(script?.dataset.pace ?? 1);
let calls = 0;

/** One request of the web client. Throws the server's own words. */
export async function request(path, params) {
	const response = await fetch(path, {
		method: "POST",
		headers: { "Content-Type": "application/json" },
		credentials: "same-origin",
		body: JSON.stringify({ id: calls++, jsonrpc: "2.0", method: "call", params }),
	});
	const answer = await response.json();
	if (answer.error) throw Object.assign(new Error(answer.error.data.message), { kind: answer.error.data.name });
	return answer.result;
}

export const session = { uid: 0, partner: 0, name: "", context: {}, fields: {}, stages: [] };

/** Calls a method of a model as the signed-in user. */
export function call(model, method, args, kwargs = {}) {
	return request(`/web/dataset/call_kw/${model}/${method}`, {
		model,
		method,
		args,
		kwargs: { ...kwargs, context: { ...session.context, ...kwargs.context } },
	});
}

/** Who is signed in, which fields tickets have, and the stages. */
export async function begin() {
	const info = await request("/web/session/get_session_info", {});
	session.uid = info.uid;
	session.partner = info.partner_id;
	session.name = info.name;
	session.context = { ...info.user_context, lang: serverLanguage, allowed_company_ids: [1] };
	session.fields = await call("helpdesk.ticket", "fields_get", [], { attributes: ["type", "string", "selection"] });
	session.stages = await call("helpdesk.ticket.stage", "search_read", [], {
		domain: [],
		fields: ["display_name", "fold"],
	});
}

const reference = { fields: { display_name: {} } };

/** What a form reads and gets back after a save. */
export function formSpecification() {
	const matrix = ["x_impact", "x_urgency"].filter((name) => name in session.fields);
	return {
		stage_id: reference,
		number: {},
		name: {},
		active: {},
		team_id: reference,
		user_id: reference,
		priority: {},
		...Object.fromEntries(matrix.map((name) => [name, {}])),
		create_date: {},
		channel_id: reference,
		partner_id: reference,
		partner_name: {},
		partner_email: {},
		category_id: reference,
		tag_ids: { fields: { display_name: {}, color: {} } },
		description: {},
		last_stage_update: {},
		assigned_date: {},
		closed_date: {},
		display_name: {},
	};
}

/** What lists and cards read. */
export const rowSpecification = {
	priority: {},
	sequence: {},
	number: {},
	name: {},
	partner_id: reference,
	partner_name: {},
	user_id: reference,
	unattended: {},
	closed: {},
	kanban_state: {},
	tag_ids: { fields: { display_name: {}, color: {} } },
	create_date: {},
	last_stage_update: {},
	stage_id: reference,
};

export function save(id, changes, specification) {
	return call("helpdesk.ticket", "web_save", [id === null ? [] : [id], changes], { specification });
}

/** What follows a change of the page only later on a real one: at once where the desk says so. */
export function later(ms, what) {
	if (pace === 0) what();
	else setTimeout(what, ms * pace);
}

let counter = 0;
/** The next of the page's own numbers for rows and cards: nothing to do with records' ids. */
export const datapoint = () => `datapoint_${++counter}`;
