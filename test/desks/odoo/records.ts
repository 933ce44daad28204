import { leafText, matches } from "./domain.ts";
import { type Env, isIn } from "./environment.ts";
import * as fail from "./failure.ts";
import type { Look } from "./model.ts";
import { need, needFields, needVisible, visible } from "./rights.ts";
import { cut } from "./stamp.ts";
import type { Row, Value } from "./state.ts";

export const lookIn =
	(env: Env): Look =>
	(model, id) =>
		env.cursor.row(model, id);

/** A field of a record, in the language of the context where it is translated. */
export function fieldValue(env: Env, model: string, row: Row, name: string): Value {
	const field = env.core.registry.field(model, name);
	if (field.names !== undefined) return fieldValue(env, model, row, field.names);
	if (field.compute !== undefined) return field.compute(row, lookIn(env));
	if (name === "message_ids" && model === "helpdesk.ticket") {
		const own = env.cursor.rows("mail.message").filter((one) => one.model === model && one.res_id === row.id);
		return own.map(({ id }) => id).sort((a, b) => b - a);
	}
	const translated = row[`${name}:${String(env.context.lang ?? "")}`];
	return translated ?? row[name] ?? (field.type.endsWith("2many") ? [] : emptyOf(field.type));
}

/** What is read of a field that was never filled. */
export function emptyOf(type: string): Value {
	return type === "integer" || type === "float" ? 0 : false;
}

export function nameOf(env: Env, model: string, id: number): string | false {
	if (!env.core.registry.has(model)) return String(id);
	const row = env.cursor.row(model, id);
	if (row === undefined) return false;
	const found = fieldValue(env, model, row, "display_name");
	return found === false ? false : String(found);
}

function reachFrom(env: Env, model: string, row: Row) {
	return (path: string, leaf: [string, string, unknown]): Value => {
		const [first = "", ...rest] = path.split(".");
		const field = env.core.registry.model(model).fields[first];
		if (field === undefined) throw fail.value(`Invalid field ${model}.${first} in leaf ${leafText(leaf)}`);
		const value = fieldValue(env, model, row, first);
		if (rest.length > 0) {
			const next = field.relation === undefined ? undefined : env.cursor.row(field.relation, value);
			return next === undefined
				? false
				: reachFrom(env, field.relation ?? "", next)(rest.join("."), [rest.join("."), leaf[1], leaf[2]]);
		}
		const wantsText = typeof leaf[2] === "string" || String(leaf[1]).includes("like");
		if (field.type === "many2one" && typeof value === "number" && wantsText) {
			return nameOf(env, field.relation ?? "", value);
		}
		return value;
	};
}

/** Whether a record is of a domain. */
export function holdsFor(env: Env, model: string, row: Row, domain: readonly unknown[]): boolean {
	return matches(domain, reachFrom(env, model, row));
}

export type Query = { domain: readonly unknown[]; limit?: number; offset?: number; order?: string };

/** Records of a domain that the user may see. Archived ones only when the context or the domain asks for them. */
export function find(env: Env, model: string, { domain, limit = 0, offset = 0, order = "" }: Query): Row[] {
	need(env, model, "read");
	const { fields, order: usual } = env.core.registry.model(model);
	const asksActive = domain.some((leaf) => Array.isArray(leaf) && leaf[0] === "active");
	const hides = "active" in fields && env.context.active_test !== false && !asksActive;
	if (domain.length > 0) reachAll(env, model, domain);
	const found = env.cursor
		.rows(model)
		.filter((row) => !hides || row.active !== false)
		.filter((row) => holdsFor(env, model, row, domain) && visible(env, model, row))
		.sort(byOrder(env, model, order || usual));
	return found.slice(offset, limit > 0 ? offset + limit : undefined);
}

/** Refuses unknown fields also where no record would have reached them. */
function reachAll(env: Env, model: string, domain: readonly unknown[]): void {
	matches(domain, reachFrom(env, model, { id: 0 }));
	for (const leaf of domain) if (Array.isArray(leaf)) matches([leaf], reachFrom(env, model, { id: 0 }));
}

function byOrder(env: Env, model: string, order: string) {
	const keys = order.split(",").map((part) => {
		const [name = "id", way = "asc"] = part.trim().split(/\s+/);
		env.core.registry.field(model, name);
		return { name, sign: way.toLowerCase() === "desc" ? -1 : 1 };
	});
	const rank = (row: Row, name: string): number | string => {
		const { type, relation } = env.core.registry.field(model, name);
		const value = fieldValue(env, model, row, name);
		if (type === "many2one" && typeof value === "number") {
			const other = env.cursor.row(relation ?? "", value);
			return typeof other?.sequence === "number" ? other.sequence : String(nameOf(env, relation ?? "", value));
		}
		// The database puts empty ones last.
		if (value === false && type !== "boolean") return "\uffff";
		return typeof value === "number" ? value : String(value);
	};
	return (a: Row, b: Row): number => {
		for (const { name, sign } of keys) {
			const [x, y] = [rank(a, name), rank(b, name)];
			if (x !== y) return (x < y ? -1 : 1) * sign;
		}
		return a.id - b.id;
	};
}

/** The records of some ids, refusing hidden ones; missing ones are left out, as `read` does. */
export function browse(env: Env, model: string, ids: readonly number[], operation: "read" | "write" = "read"): Row[] {
	need(env, model, operation);
	return ids.flatMap((id) => {
		const row = env.cursor.row(model, id);
		if (row === undefined) return [];
		needVisible(env, model, row, operation);
		return [row];
	});
}

/** The same for a method that needs all of them. */
export function browseAll(env: Env, model: string, ids: readonly number[], operation: "read" | "write"): Row[] {
	for (const id of ids) if (env.cursor.row(model, id) === undefined) throw fail.missing(model, id, env.uid);
	return browse(env, model, ids, operation);
}

/** Rows as `read` answers them. `classic`: references with their names. */
export function readRows(env: Env, model: string, rows: Row[], wanted: readonly string[], classic = true) {
	const { fields } = env.core.registry.model(model);
	const readable = Object.keys(fields).filter((name) => fields[name]?.group === undefined);
	const names = wanted.length === 0 ? readable : wanted;
	for (const name of names) env.core.registry.field(model, name);
	needFields(env, model, names);
	return rows.map((row) => {
		const answer: Record<string, unknown> = { id: row.id };
		for (const name of names) answer[name] = shown(env, model, row, name, classic);
		return answer;
	});
}

function shown(env: Env, model: string, row: Row, name: string, classic: boolean): unknown {
	const { type, relation } = env.core.registry.field(model, name);
	const value = fieldValue(env, model, row, name);
	if (type === "datetime" && typeof value === "string") return cut(value);
	if (type === "many2one" && typeof value === "number" && classic) {
		return [value, nameOf(env, relation ?? "", value)];
	}
	return value;
}

/** Rows as the web client reads them, by a specification. */
export function webRows(env: Env, model: string, rows: Row[], specification: Record<string, { fields?: object }>) {
	return rows.map((row) => {
		const answer: Record<string, unknown> = { id: row.id };
		for (const [name, { fields }] of Object.entries(specification)) {
			const { type, relation = "" } = env.core.registry.field(model, name);
			const value = shown(env, model, row, name, false);
			const nested = (id: number) => {
				const [one] = webRows(
					env,
					relation,
					browse(env, relation, [id]),
					fields as Record<string, { fields?: object }>,
				);
				return one ?? { id };
			};
			if (fields === undefined || value === false) answer[name] = value;
			else if (type === "many2one") answer[name] = nested(value as number);
			else answer[name] = (value as number[]).map(nested);
		}
		return answer;
	});
}

/** What `fields_get` tells. */
export function fieldsGet(env: Env, model: string, wanted: readonly string[], attributes: readonly string[]) {
	const { fields } = env.core.registry.model(model);
	const told = Object.entries(fields).filter(
		([name, { group }]) => (wanted.length === 0 || wanted.includes(name)) && (group === undefined || isIn(env, group)),
	);
	return Object.fromEntries(
		told.map(([name, field]) => {
			const all: Record<string, unknown> = {
				type: field.type,
				string: field.string,
				name,
				readonly: field.readonly ?? false,
				required: field.required ?? false,
				store: field.store,
				searchable: field.store || field.compute !== undefined,
				sortable: field.store && !field.type.endsWith("2many"),
				manual: name.startsWith("x_"),
				depends: [],
				...(field.help === undefined ? {} : { help: field.help }),
				...(field.relation === undefined ? {} : { relation: field.relation }),
				...(field.selection === undefined ? {} : { selection: field.selection }),
			};
			const kept = Object.entries(all).filter(([key]) => attributes.length === 0 || attributes.includes(key));
			return [name, Object.fromEntries(kept)];
		}),
	);
}
