import type { Env } from "./environment.ts";
import * as fail from "./failure.ts";
import { createRecord, unlinkRecords, writeRecords } from "./make-record.ts";
import { formatMessages, postMessage } from "./messages.ts";
import type { Operation } from "./model.ts";
import { browse, browseAll, fieldsGet, find, nameOf, readRows, webRows } from "./records.ts";
import { allowed, hasGroup, need } from "./rights.ts";
import { idsOf, type Value } from "./state.ts";
import { createTickets, unlinkTickets, writeTickets } from "./tickets.ts";

type Named = Record<string, unknown>;
type Method = { takes: string[]; answer: (env: Env, model: string, given: Named) => Promise<unknown> };
type Specification = Record<string, { fields?: object }>;

const tickets = "helpdesk.ticket";

const method = (takes: string, answer: (env: Env, model: string, given: Named) => unknown): Method => ({
	takes: takes.split(" "),
	answer: async (env, model, given) => answer(env, model, given),
});

const ids = (given: Named): number[] => (typeof given.ids === "number" ? [given.ids] : idsOf(given.ids as Value));
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const values = (value: unknown): Named => (value !== null && typeof value === "object" ? (value as Named) : {});

function query(given: Named) {
	return {
		domain: Array.isArray(given.domain) ? given.domain : [],
		limit: Number(given.limit) || 0,
		offset: Number(given.offset) || 0,
		order: typeof given.order === "string" ? given.order : "",
	};
}

async function create(env: Env, model: string, given: Named): Promise<number | number[]> {
	const many = Array.isArray(given.values);
	const all = (many ? (given.values as unknown[]) : [given.values]).map(values);
	const made = model === tickets ? await createTickets(env, all) : [];
	if (model !== tickets) for (const one of all) made.push(await createRecord(env, model, one));
	return many ? made : (made[0] ?? 0);
}

async function write(env: Env, model: string, given: Named): Promise<true> {
	const change = values(given.values);
	if (model === tickets) await writeTickets(env, ids(given), change);
	else await writeRecords(env, model, ids(given), change);
	return true;
}

async function unlink(env: Env, model: string, given: Named): Promise<true> {
	if (model === tickets) await unlinkTickets(env, ids(given));
	else unlinkRecords(env, model, ids(given));
	return true;
}

/** A save of the web client: what changed goes in, the record as it then is comes out. */
async function webSave(env: Env, model: string, given: Named): Promise<unknown> {
	const old = ids(given);
	const change = values(given.values);
	const made = old.length === 0 ? await create(env, model, { values: change }) : 0;
	if (old.length > 0) await write(env, model, { ids: old, values: change });
	const saved = old.length === 0 ? [made as number] : old;
	return webRows(env, model, browse(env, model, saved), values(given.specification) as Specification);
}

function webSearchRead(env: Env, model: string, given: Named) {
	const asked = query(given);
	const length = find(env, model, { domain: asked.domain }).length;
	return {
		length,
		records: webRows(env, model, find(env, model, asked), values(given.specification) as Specification),
	};
}

function nameSearch(env: Env, model: string, given: Named) {
	const asked = String(given.name ?? "").toLowerCase();
	const named = find(env, model, { ...query({ domain: given.args }), limit: 0 }).map((row) => [
		row.id,
		nameOf(env, model, row.id) || "",
	]);
	return named.filter(([, name]) => String(name).toLowerCase().includes(asked)).slice(0, Number(given.limit) || 8);
}

function checkRights(env: Env, model: string, given: Named): boolean {
	const operation = String(given.operation) as Operation;
	if (given.raise_exception !== false) need(env, model, operation);
	return allowed(env, model, operation);
}

const anywhere: Record<string, Method> = {
	search: method("domain offset limit order", (env, model, given) =>
		find(env, model, query(given)).map(({ id }) => id),
	),
	search_count: method("domain limit", (env, model, given) => find(env, model, query(given)).length),
	search_read: method("domain fields offset limit order", (env, model, given) =>
		readRows(env, model, find(env, model, query(given)), list(given.fields), classic(given)),
	),
	read: method("ids fields load", (env, model, given) =>
		readRows(env, model, browse(env, model, ids(given)), list(given.fields), classic(given)),
	),
	fields_get: method("allfields attributes", (env, model, given) => {
		need(env, model, "read");
		return fieldsGet(env, model, list(given.allfields), list(given.attributes));
	}),
	check_access_rights: method("operation raise_exception", checkRights),
	name_search: method("name args operator limit", nameSearch),
	web_read: method("ids specification", (env, model, given) =>
		webRows(env, model, browse(env, model, ids(given)), values(given.specification) as Specification),
	),
	web_search_read: method("domain specification offset limit order count_limit", webSearchRead),
	web_save: method("ids values specification", webSave),
	create: method("values", create),
	write: method("ids values", write),
	unlink: method("ids", unlink),
};

function classic(given: Named): boolean {
	return given.load === undefined || given.load === "_classic_read";
}

const posting =
	"ids body subject message_type email_from author_id parent_id subtype_xmlid subtype_id partner_ids attachments attachment_ids body_is_html";

const own: Record<string, Record<string, Method>> = {
	[tickets]: {
		message_post: method(posting, async (env, model, given) => {
			const [id = 0] = ids(given);
			browseAll(env, model, [id], "read");
			const strange = Object.keys(given).filter((name) => !`${posting} is_internal date`.split(" ").includes(name));
			if (strange.length > 0) {
				throw fail.value(`Those values are not supported when posting or notifying: ${strange.join(", ")}`);
			}
			return postMessage(env, id, given);
		}),
		message_subscribe: method("ids partner_ids subtype_ids", (env, model, given) => {
			for (const row of browseAll(env, model, ids(given), "read")) {
				const followers = new Set([...idsOf(row.followers), ...idsOf(given.partner_ids as Value)]);
				env.cursor.change(model, row.id, { followers: [...followers] });
			}
			return true;
		}),
		assign_to_me: method("ids", async (env, _, given) => {
			await writeTickets(env, ids(given), { user_id: env.uid });
			return undefined;
		}),
	},
	"mail.message": {
		message_format: method("ids format_reply msg_vals for_current_user", (env, model, given) =>
			formatMessages(env, browse(env, model, ids(given))),
		),
	},
	"res.users": {
		has_group: method("group_ext_id", (env, _, given) => hasGroup(env, String(given.group_ext_id))),
	},
};

/** Calls a method of a model: positions first, names after. `undefined` is Python's None. */
export async function callMethod(
	env: Env,
	model: string,
	name: string,
	positions: unknown[],
	named: Named,
): Promise<unknown> {
	env.core.registry.model(model);
	if (name.startsWith("_")) {
		throw fail.access(`Private methods (such as ${name}) cannot be called remotely.`);
	}
	const found = own[model]?.[name] ?? anywhere[name];
	if (found === undefined) throw fail.attribute(`The method '${name}' does not exist on the model '${model}'`);
	const { context, ...rest } = named;
	if (positions.length > found.takes.length) {
		throw new fail.OdooFailure("builtins.TypeError", `${name}() takes ${found.takes.length} positional arguments`);
	}
	const given = { ...Object.fromEntries(positions.map((value, index) => [found.takes[index] ?? "", value])), ...rest };
	return found.answer({ ...env, context: { ...env.context, ...values(context) } }, model, given);
}
