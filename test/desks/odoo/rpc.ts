import type { Answer, Asked } from "../serve.ts";
import { type Asking, type Core, type Env, transaction } from "./environment.ts";
import * as fail from "./failure.ts";
import { formatMessages, postMessage } from "./messages.ts";
import { callMethod } from "./methods.ts";
import { browseAll, find } from "./records.ts";
import { opens, sessionUser } from "./session.ts";
import { idsOf, type Row, textOf } from "./state.ts";
import { behaviour } from "./tickets.ts";

export const version = {
	server_version: "17.0-20240709",
	server_version_info: [17, 0, 0, "final", 0, ""],
	server_serie: "17.0",
	protocol_version: 1,
};

type Params = Record<string, unknown>;

export type Rpc = {
	core: Core;
	/** Password of every person of the desk; `null` lets nobody in by password. */
	password: string | null;
};

/** Runs a method of a model as a user, in a transaction of its own. */
export function call(
	core: Core,
	asking: Asking,
	model: string,
	method: string,
	args: unknown[],
	named: Params = {},
): Promise<unknown> {
	return inTransaction(core, asking, (env) => callMethod(env, model, method, args, named));
}

export function inTransaction<T>(core: Core, asking: Asking, body: (env: Env) => Promise<T>): Promise<T> {
	return transaction(core, asking, behaviour, body);
}

function userBy(core: Core, known: (row: Row) => boolean): Row | undefined {
	return core.state.tables["res.users"]?.find((row) => row.active !== false && known(row));
}

function needDatabase({ core }: Rpc, db: unknown): void {
	if (db === core.db) return;
	throw new fail.OdooFailure("psycopg2.OperationalError", `FATAL:  database "${String(db)}" does not exist\n`);
}

/** `authenticate` and `login`: the user's id, or `false`. */
function authenticate(rpc: Rpc, [db, login, secret]: unknown[]): number | false {
	needDatabase(rpc, db);
	const { core, password } = rpc;
	const user = userBy(core, (row) => row.login === login);
	return user !== undefined && opens(core.state, user, secret, password, { keys: true }) ? user.id : false;
}

async function executeKw(rpc: Rpc, args: unknown[]): Promise<unknown> {
	const [db, uid, secret, model, method, positions = [], named = {}] = args;
	needDatabase(rpc, db);
	const user = userBy(rpc.core, (row) => row.id === uid);
	if (user === undefined || !opens(rpc.core.state, user, secret, rpc.password, { keys: true })) throw fail.denied();
	const list = Array.isArray(positions) ? positions : [];
	return call(rpc.core, { uid: user.id }, String(model), String(method), list, (named ?? {}) as Params);
}

async function external(rpc: Rpc, { service, method, args }: Params): Promise<unknown> {
	const given = Array.isArray(args) ? args : [];
	if (service === "common") {
		if (method === "version") return version;
		if (method === "authenticate" || method === "login") return authenticate(rpc, given);
	}
	if (service === "object" && method === "execute_kw") return executeKw(rpc, given);
	if (service === "object" && method === "execute") {
		return executeKw(rpc, [...given.slice(0, 5), given.slice(5)]);
	}
	throw new fail.OdooFailure("builtins.KeyError", String(service === "common" ? method : service));
}

const sessionExpired = new fail.OdooFailure("odoo.http.SessionExpiredException", "Session expired");

/** What the web client asks of a signed-in user. */
type Route = (core: Core, user: Row, params: Params) => Promise<unknown>;

const sessionRoutes: Record<string, Route> = {
	"/web/session/get_session_info": async (core, user) => sessionInfo(core, user),
	"/web/session/check": async () => undefined,
	"/web/action/load": async (_, __, { action_id }) => {
		if ([184, "184", "helpdesk_mgmt.helpdesk_ticket_action"].includes(action_id as number)) return ticketAction;
		throw new fail.OdooFailure(
			"odoo.addons.web.controllers.action.MissingActionError",
			`The action ${String(action_id)} does not exist`,
		);
	},
	"/mail/thread/messages": (core, user, { thread_model, thread_id, limit, context }) =>
		inTransaction(core, { uid: user.id, context: (context ?? {}) as Params }, async (env) => {
			const domain = [
				["model", "=", thread_model],
				["res_id", "=", thread_id],
				["message_type", "!=", "user_notification"],
			];
			return { messages: formatMessages(env, find(env, "mail.message", { domain, limit: Number(limit) || 30 })) };
		}),
	"/mail/thread/data": (core, user, { thread_model, thread_id }) =>
		inTransaction(core, { uid: user.id }, async (env) => {
			const [row] = browseAll(env, String(thread_model), [Number(thread_id)], "read");
			const followers = idsOf(row?.followers).map((id) => {
				const partner = env.cursor.row("res.partner", id);
				const [name, email] = [textOf(partner?.name), textOf(partner?.email)];
				return { id, partner_id: id, name, display_name: name, email, is_active: true };
			});
			const access = { hasWriteAccess: true, hasReadAccess: true, canPostOnReadonly: true };
			return { ...access, activities: [], followersCount: followers.length, selfFollower: null, followers };
		}),
	"/mail/message/post": (core, user, { thread_id, post_data, context }) =>
		inTransaction(core, { uid: user.id, context: (context ?? {}) as Params }, async (env) => {
			browseAll(env, "helpdesk.ticket", [Number(thread_id)], "read");
			const posted = await postMessage(env, Number(thread_id), (post_data ?? {}) as Params);
			const id = typeof posted === "number" ? posted : Number(/\d+/.exec(posted)?.[0]);
			return formatMessages(env, browseAll(env, "mail.message", [id], "read"))[0];
		}),
};

const ticketAction = {
	id: 184,
	name: "Tickets",
	type: "ir.actions.act_window",
	xml_id: "helpdesk_mgmt.helpdesk_ticket_action",
	binding_model_id: false,
	binding_type: "action",
	binding_view_types: "list,form",
	display_name: "Tickets",
	view_id: false,
	domain: false,
	context: "{}",
	res_id: 0,
	res_model: "helpdesk.ticket",
	target: "current",
	view_mode: "list,kanban,form",
	mobile_view_mode: "kanban",
	views: [
		[false, "list"],
		[false, "kanban"],
		[false, "form"],
	],
	limit: 80,
	groups_id: [],
	search_view_id: false,
	filter: false,
};

export function sessionInfo(core: Core, user: Row) {
	const system = textOf(user.groups).includes("base.group_system");
	return {
		...{ uid: user.id, is_system: system, is_admin: system, is_internal_user: user.share !== true },
		user_context: { lang: user.lang || "en_US", tz: user.tz || false, uid: user.id },
		...{ db: core.db, server_version: version.server_version, server_version_info: version.server_version_info },
		...{ name: user.name, username: user.login, partner_display_name: user.name, partner_id: user.partner_id },
		"web.base.url": core.publicUrl,
	};
}

const isSessionRoute = (path: string): boolean => /^\/web\/dataset\/call_kw(\/|$)/.test(path) || path in sessionRoutes;
const isPlain = (path: string): boolean => path === "/jsonrpc" || path === "/web/webclient/version_info";

/** Whether a path takes JSON-RPC, of one kind or the other; `/web/session/authenticate` is answered where sessions are made. */
export const takesJson = (path: string): boolean =>
	isPlain(path) || isSessionRoute(path) || path === "/web/session/authenticate";

function bodyOf(asked: Asked): Params | null {
	try {
		const read: unknown = JSON.parse(asked.raw.toString("utf8"));
		return read !== null && typeof read === "object" && !Array.isArray(read) ? (read as Params) : null;
	} catch {
		return null;
	}
}

/** Answers a JSON-RPC request: always 200, also for errors; not JSON at all is 400. */
export async function answerJson(
	rpc: Rpc,
	asked: Asked,
	signIn: (params: Params) => { result: unknown; cookie: string },
): Promise<Answer> {
	const { core } = rpc;
	if (asked.method !== "POST" || !(asked.headers["content-type"] ?? "").startsWith("application/json")) {
		const why = `Request inferred type is compatible with [&#39;http&#39;] but &#39;${asked.path}&#39; is type=&#39;json&#39;.`;
		const text = `<!doctype html>\n<html lang=en>\n<title>400 Bad Request</title>\n<h1>Bad Request</h1>\n<p>${why}</p>\n`;
		return { status: 400, text, headers: { "Content-Type": "text/html; charset=utf-8" } };
	}
	const body = bodyOf(asked);
	if (body === null)
		return { status: 400, text: "Invalid JSON data", headers: { "Content-Type": "text/html; charset=utf-8" } };
	const params = (body.params ?? {}) as Params;
	const base = { jsonrpc: "2.0", id: body.id ?? null };
	const headers: Record<string, string> = { "X-Content-Type-Options": "nosniff" };
	try {
		let result: unknown;
		if (asked.path === "/jsonrpc") result = await external(rpc, params);
		else if (isPlain(asked.path)) result = version;
		else if (asked.path === "/web/session/authenticate") {
			const signed = signIn(params);
			result = signed.result;
			headers["Set-Cookie"] = signed.cookie;
		} else {
			const user = sessionUser(core.state, asked.headers);
			if (user === undefined) throw sessionExpired;
			const route = sessionRoutes[asked.path];
			const { model, method, args, kwargs } = params;
			result =
				route === undefined
					? await call(
							core,
							{ uid: user.id },
							String(model),
							String(method),
							(args ?? []) as unknown[],
							(kwargs ?? {}) as Params,
						)
					: await route(core, user, params);
		}
		return { status: 200, headers, json: { ...base, ...(result === undefined ? {} : { result }) } };
	} catch (error) {
		if (!(error instanceof fail.OdooFailure)) throw error;
		const expired = error === sessionExpired;
		const told = expired ? fail.errorOf(error, 100, "Odoo Session Expired") : fail.errorOf(error);
		return { status: 200, headers: {}, json: { ...base, error: told } };
	}
}

/** The user behind a login and password of the login page; API keys do not open it. */
export function byPassword({ core, password }: Rpc, login: unknown, secret: unknown): Row {
	const user = userBy(core, (row) => row.login === login);
	if (user === undefined || !opens(core.state, user, secret, password, { keys: false })) throw fail.denied();
	return user;
}
