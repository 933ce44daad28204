let csrf = document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** One call of the API with the agent's session. Throws the desk's own words. */
export async function call(method, path, body) {
	const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
	if (body !== undefined) headers["Content-Type"] = "application/json";
	if (method !== "GET") headers["X-CSRF-Token"] = csrf;
	const response = await fetch(`/api/v1/${path}`, {
		method,
		headers,
		credentials: "same-origin",
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	csrf = response.headers.get("CSRF-TOKEN") ?? csrf;
	const answer = await response.json().catch(() => ({}));
	if (!response.ok) throw Object.assign(new Error(answer.error ?? `${response.status}`), { status: response.status });
	return answer;
}

/** What the page knows: rows by model and id, as they came with answers. */
export const store = {
	User: {},
	Group: {},
	Organization: {},
	Ticket: {},
	TicketArticle: {},
	TicketState: {},
	TicketPriority: {},
};

/** Takes the rows of an answer in. */
export function learn(assets) {
	for (const [model, rows] of Object.entries(assets ?? {})) store[model] = { ...store[model], ...rows };
}

/** Calls `heard` for every change that the desk announces. */
export function listen(heard) {
	const source = new EventSource("/practice/events");
	source.addEventListener("message", (message) => heard(JSON.parse(message.data)));
}

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A moment between two, in milliseconds. */
export const between = (least, most) => least + Math.random() * (most - least);

export const session = { user: null, config: {}, pace: 1, attributes: [], types: [], senders: [] };

/** Reads who is signed in and the short lists. */
export async function signIn() {
	const shown = await call("GET", "signshow");
	session.user = shown.session;
	session.config = shown.config;
	session.pace = shown.config.pace;
	session.attributes = shown.collections.ObjectManagerAttribute;
	session.types = shown.collections.TicketArticleType;
	session.senders = shown.collections.TicketArticleSender;
	for (const model of ["Group", "TicketState", "TicketPriority"]) {
		learn({ [model]: Object.fromEntries(shown.collections[model].map((row) => [row.id, row])) });
	}
	learn(shown.assets);
	learn({ User: { [shown.session.id]: shown.session } });
}

export function userName(id) {
	const user = store.User[id];
	return user ? `${user.firstname} ${user.lastname}`.trim() : "-";
}

const types = { 1: "open", 2: "open", 3: "pending", 4: "pending", 5: "closed", 6: "closed", 7: "closed" };

/** Which of the four state marks a ticket gets. */
export function stateMark(ticket) {
	return types[store.TicketState[ticket.state_id]?.state_type_id] ?? "open";
}
