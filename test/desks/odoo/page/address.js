/** Which of the two generations of addresses this page speaks: 17 keeps everything in the hash, 18 has paths. */
export const generation = location.pathname.startsWith("/odoo") ? 18 : 17;

const action = 184;
const common = "cids=1&menu_id=113";

/** The address of a view; `id` is a record's, `null` for a new one in a form. */
export function addressOf(view, id) {
	if (generation === 18) {
		const root = `/odoo/action-${action}`;
		if (view === "form") return `${root}/${id ?? "new"}`;
		return view === "list" ? root : `${root}?view_type=${view}`;
	}
	const here = `${location.pathname}${location.search}`;
	if (view === "form" && id !== null)
		return `${here}#id=${id}&${common}&action=${action}&model=helpdesk.ticket&view_type=form`;
	return `${here}#action=${action}&model=helpdesk.ticket&view_type=${view}&${common}`;
}

export const isHere = (address) => address === `${location.pathname}${location.search}${location.hash}`;

/** What the address says: a view and a record; a form without a record is a new one. */
export function readAddress() {
	if (generation === 18) {
		const last = location.pathname.split("/").filter(Boolean).at(-1);
		if (last === "new") return { view: "form", id: 0 };
		const id = location.pathname.split("/").filter(Boolean).length > 2 ? Number(last) || 0 : 0;
		return { view: id > 0 ? "form" : (new URLSearchParams(location.search).get("view_type") ?? "list"), id };
	}
	const hash = new URLSearchParams(location.hash.slice(1));
	const id = Number(hash.get("id"));
	return { view: hash.get("view_type") ?? (id > 0 ? "form" : "list"), id };
}

/** 18 keeps the state of a view in its history before it is left, under the same address. */
export function leaveTrace() {
	if (generation === 18) history.replaceState({ nextState: { action, globalState: "{}" } }, "", location.href);
}

export const titleOf = (name) => (generation === 18 ? name : `Odoo - ${name}`);
