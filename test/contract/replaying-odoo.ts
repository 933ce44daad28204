import { people } from "../desks/odoo/base.ts";
import { createOdooDesk } from "../desks/odoo/desk.ts";
import type { Asked } from "../desks/serve.ts";
import { serve } from "../desks/serve.ts";
import { differences, type Shape } from "./recorded-shape.ts";

/** A rule as it was made at a real Odoo: what it watches and what it sends. */
export type Rule = { name: string; trigger: string; watched?: string[]; sent: string[]; filter?: string; pre?: string };

/** A call of a model's method, as whom. */
type ModelCall = { as: string; model: string; method: string; args: unknown[]; named: Record<string, unknown> };

/** One save, and what its rules sent: in order, about which of its tickets, and what it said of them. */
export type Change = ModelCall & {
	name: string;
	/** Its answer is the tickets that later changes are about. */
	makes?: true;
	/** It is about the first of them only. */
	only?: 1;
	deliveries: { rule: string; ticket: number; values: Record<string, unknown> }[];
};

/** One request and its answer: of a model's method, of the service `common`, or of something else. */
export type Exchange = Partial<ModelCall> & {
	name: string;
	common?: string;
	http?: { method: string; path: string; type: string | null; body?: string };
	password?: "wrong";
	db?: string;
	status: number;
	shape?: Shape;
	value?: unknown;
	/** Fields of a model by what they hold: those that the desk has hold the same. */
	fields?: Record<string, string>;
	/** The class of an exception, and the first line of its words. */
	error?: string | null;
	message?: string;
	code?: number;
};

export type Replayed = { rules: Rule[]; shape: Shape; changes: Change[]; exchanges: Exchange[] };

const uids: Record<string, number> = { admin: 2, agent: 3, colleague: 4, bot: 5, customer: 6 };
const practice = "practice";

export async function startDesk() {
	let now = Date.parse("2026-11-22T04:38:00.000Z");
	const got: Asked[] = [];
	const face = await serve(
		(asked) => {
			got.push(asked);
			return { status: 200, text: "{}" };
		},
		{ port: 0 },
	);
	const desk = createOdooDesk({ now: () => now, port: 0, seed: false, pace: 0, password: practice });
	await desk.listen();

	const post = async (path: string, body: string | undefined, type: string | null, method = "POST") => {
		now += 1000;
		const response = await fetch(`${desk.url}${path}`, {
			method,
			headers: type === null ? {} : { "Content-Type": type },
			...(body === undefined ? {} : { body }),
		});
		const text = await response.text();
		return { status: response.status, answered: /^\s*\{/.test(text) ? (JSON.parse(text) as Answered) : text };
	};
	const remote = (service: string, method: string, args: unknown[]) =>
		post(
			"/jsonrpc",
			JSON.stringify({ jsonrpc: "2.0", method: "call", id: 1, params: { service, method, args } }),
			"application/json",
		);
	const execute = (
		{ as, model, method, args, named }: ModelCall,
		{ password = practice, db = desk.db }: { password?: string; db?: string } = {},
	) => remote("object", "execute_kw", [db, uids[as] ?? 0, password, model, method, args, named]);
	const result = async (call: ModelCall): Promise<unknown> => {
		const { answered } = await execute(call);
		if (typeof answered === "string" || !("result" in answered)) {
			throw new Error(`Expected ${call.model}.${call.method} to be done, found ${JSON.stringify(answered)}`);
		}
		return answered.result;
	};
	const admin = (model: string, method: string, args: unknown[], named = {}) =>
		result({ as: "admin", model, method, args, named });

	let made: number[] = [];
	const models = new Map<string, number>();
	const fields = new Map<string, number>();
	const placed = (value: unknown): unknown => {
		if (value === "{made}") return made;
		const text = typeof value === "string" ? value : "";
		const [, kind, name = ""] = /^\{(model|field):(.+)\}$/.exec(text) ?? [];
		if (kind !== undefined) return (kind === "model" ? models : fields).get(name) ?? 0;
		if (Array.isArray(value)) return value.map(placed);
		if (typeof value !== "object" || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, placed(each)]));
	};

	return {
		/** A ticket for exchanges to be about: like the one that a real Odoo was asked about. */
		async open(): Promise<void> {
			const values = { name: "Printer", description: "<p>It burns</p>", team_id: 1, partner_id: 6, priority: "1" };
			made = [(await admin("helpdesk.ticket", "create", [values])) as number];
			type Named = { id: number; model: string; name: string };
			const rows = (model: string, domain: unknown[]) =>
				admin(model, "search_read", [domain], { fields: ["model", "name"] }) as Promise<Named[]>;
			for (const { id, model } of await rows("ir.model", [])) models.set(model, id);
			for (const { id, name } of await rows("ir.model.fields", [["model", "=", "helpdesk.ticket"]]))
				fields.set(name, id);
		},
		async install(rules: readonly Rule[]): Promise<void> {
			const [model] = (await admin("ir.model", "search", [[["model", "=", "helpdesk.ticket"]]])) as number[];
			const rows = (await admin("ir.model.fields", "search_read", [[["model", "=", "helpdesk.ticket"]]], {
				fields: ["name"],
			})) as { id: number; name: string }[];
			const ids = (names: readonly string[]) =>
				names.flatMap((name) => rows.filter((row) => row.name === name).map(({ id }) => id));
			for (const { name, trigger, watched = [], sent, filter = false, pre = false } of rules) {
				const action = {
					...{ name, model_id: model, state: "webhook", webhook_url: `${face.url}/hook/${name}?secret=s3cr3t` },
					webhook_field_ids: [[6, 0, ids(sent)]],
				};
				const rule = { name, model_id: model, trigger, filter_domain: filter, filter_pre_domain: pre };
				const parts = { trigger_field_ids: [[6, 0, ids(watched)]], action_server_ids: [[0, 0, action]] };
				await admin("base.automation", "create", [{ ...rule, ...parts }]);
			}
		},
		async change(change: Change): Promise<Asked[]> {
			got.length = 0;
			const tickets = made;
			if (change.only !== undefined) made = made.slice(0, change.only);
			const answer = await result({ ...change, args: placed(change.args) as unknown[] });
			if (change.makes) made = [answer].flat() as number[];
			else if (change.only !== undefined) made = tickets;
			return got.splice(0);
		},
		ask({ common, http, password, db, ...call }: Exchange) {
			if (http !== undefined) return post(http.path, http.body, http.type, http.method);
			if (common !== undefined) {
				const words: Record<string, unknown> = {
					"{db}": desk.db,
					"{admin}": people.admin,
					"{password}": practice,
					"{key}": desk.act.key(people.admin),
				};
				const args = (call.args ?? []).map((each) => (typeof each === "string" ? (words[each] ?? each) : each));
				return remote("common", common, args);
			}
			const { as = "", model = "", method = "", args = [], named = {} } = call;
			return execute(
				{ as, model, method, args: placed(args) as unknown[], named },
				{ ...(password === undefined ? {} : { password }), ...(db === undefined ? {} : { db }) },
			);
		},
		made: () => made,
		async close() {
			await desk.close();
			await face.close();
		},
	};
}

type Answered = { result?: unknown; error?: { code: number; data?: { name: string; message: string } } };
export type Replaying = Awaited<ReturnType<typeof startDesk>>;

/** How an answer differs from the recorded one, a line each. */
export function drift(exchange: Exchange, { status, answered }: Awaited<ReturnType<Replaying["ask"]>>): string[] {
	if (status !== exchange.status) return [`status: expected ${exchange.status}, found ${status}`];
	if (exchange.fields !== undefined) return fieldDrift(exchange.fields, answered);
	if (exchange.error === undefined && exchange.shape === undefined) return [];
	if (typeof answered === "string") return [`answer: expected JSON, found ${answered.slice(0, 80)}`];
	if (exchange.error !== undefined) {
		const { code, data } = answered.error ?? { code: null };
		return [
			...(code === exchange.code ? [] : [`code: expected ${exchange.code}, found ${code} ${JSON.stringify(answered)}`]),
			...((data?.name ?? null) === exchange.error ? [] : [`class: expected ${exchange.error}, found ${data?.name}`]),
			// A database says where it looked, in words of its own.
			...(exchange.error?.startsWith("psycopg2.") || words(data?.message) === words(exchange.message)
				? []
				: [`words: expected ${exchange.message}, found ${data?.message}`]),
		];
	}
	if (answered.error !== undefined)
		return [`expected an answer, found ${JSON.stringify(answered.error).slice(0, 200)}`];
	const isSame = !("value" in exchange) || JSON.stringify(answered.result) === JSON.stringify(exchange.value);
	return [
		...differences(exchange.shape ?? "null", withoutFalse(answered.result ?? null)),
		...(isSame ? [] : [`expected ${JSON.stringify(exchange.value)}, found ${JSON.stringify(answered.result)}`]),
	];
}

function fieldDrift(wanted: Record<string, string>, answered: Answered | string): string[] {
	const found = typeof answered === "string" ? {} : ((answered.result ?? {}) as Record<string, Record<string, string>>);
	if (Object.keys(found).length === 0) return ["expected fields, found none"];
	return Object.entries(found).flatMap(([name, { type, relation }]) => {
		const holds = relation === undefined ? type : `${type} ${relation}`;
		// A desk may have fields of its own.
		return wanted[name] === holds || name.startsWith("x_")
			? []
			: [`${name}: expected ${wanted[name] ?? "no such field"}, found ${holds}`];
	});
}

/** How what a save sent differs from what a real one sent, a line each. */
export function deliveryDrift(change: Change, shape: Shape, made: readonly number[], sent: readonly Asked[]): string[] {
	const rule = ({ path }: Asked) => path.replace("/hook/", "");
	const wanted = change.deliveries.map((delivery) => delivery.rule).join(" ");
	const found = sent.map(rule).join(" ");
	if (wanted !== found) return [`expected the rules ${wanted}, found ${found}`];
	return change.deliveries.flatMap(({ ticket, values }, index) => {
		const { raw = Buffer.from("{}"), headers = {}, path = "" } = sent[index] ?? {};
		const { _action, ...body } = JSON.parse(raw.toString("utf8")) as Record<string, unknown>;
		const says: Record<string, unknown> = {
			...body,
			assigned: body.user_id !== false,
			by: Object.keys(uids).find((name) => uids[name] === body.write_uid),
		};
		const place = `${index + 1} (${path})`;
		return [
			...(headers["content-type"] === "application/json" ? [] : [`${place}: not JSON`]),
			...(/^Send Webhook Notification\(#\d+\)$/.test(String(_action)) ? [] : [`${place}: _action ${_action}`]),
			...(body._id === made[ticket] ? [] : [`${place}: about ${body._id}, expected ${made[ticket]}`]),
			...differences(shape, withoutFalse(body)).map((line) => `${place}: ${line}`),
			...Object.entries(values).flatMap(([key, value]) =>
				JSON.stringify(says[key]) === JSON.stringify(value)
					? []
					: [`${place}: ${key}: expected ${JSON.stringify(value)}, found ${JSON.stringify(says[key])}`],
			),
		];
	});
}

/** Odoo says `false` for nothing. */
function withoutFalse(value: unknown): unknown {
	if (value === false) return null;
	if (Array.isArray(value)) return value.map(withoutFalse);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutFalse(each)]));
}

/** Words without what is theirs alone: numbers, names, quotes. */
function words(text: string | undefined): string {
	return (
		(text ?? "")
			.split("\n")[0]
			?.replace(/\d+/g, "#")
			.replace(/'[^']*'|"[^"]*"/g, "…") ?? ""
	);
}
