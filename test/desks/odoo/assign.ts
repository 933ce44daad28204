import type { Env } from "./environment.ts";
import * as fail from "./failure.ts";
import { idsOf, type Row, type Value } from "./state.ts";

/** Makes the records of a field like `action_server_ids` that are given as new ones; answers their ids. */
export type MakeNested = (model: string, values: Record<string, unknown>) => Promise<number>;

/**
 * Reads the values of a `create` or `write`: names, selections, references, dates and commands as Odoo takes them.
 * `row`: what is there, for commands that add and remove.
 */
export async function assigned(
	env: Env,
	model: string,
	values: Record<string, unknown>,
	row: Row | undefined,
	make: MakeNested,
): Promise<Record<string, Value>> {
	const result: Record<string, Value> = {};
	const { label } = env.core.registry.model(model);
	for (const [name, given] of Object.entries(values)) {
		const { type, relation = "", selection } = env.core.registry.field(model, name);
		if (type === "many2many" || type === "one2many") {
			result[name] = await commanded(env, relation, idsOf(row?.[name]), given, make);
		} else if (given === null || given === undefined || given === false) {
			result[name] = false;
		} else if (type === "many2one") {
			if (typeof given !== "number") {
				throw new fail.OdooFailure(
					"psycopg2.errors.InvalidTextRepresentation",
					`invalid input syntax for type integer: "${String(given)}"\n`,
				);
			}
			if (env.core.registry.has(relation) && env.cursor.row(relation, given) === undefined) {
				// The stage is looked at before it is written; the rest is found by the database.
				throw name === "stage_id" ? fail.missing(relation, given, env.uid) : fail.dangling(label, model, name);
			}
			result[name] = given;
		} else if (type === "selection" && selection !== undefined) {
			if (!selection.some(([key]) => key === given))
				throw fail.value(`Wrong value for ${model}.${name}: ${quoted(given)}`);
			result[name] = given as string;
		} else if (type === "datetime") {
			if (!/^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/.test(String(given))) {
				throw fail.value(`time data '${String(given)}' does not match format '%Y-%m-%d %H:%M:%S'`);
			}
			result[name] = String(given).length === 10 ? `${given} 00:00:00` : String(given);
		} else {
			result[name] = typeof given === "number" || typeof given === "boolean" ? given : String(given);
		}
	}
	return result;
}

const quoted = (value: unknown): string => (typeof value === "string" ? `'${value}'` : String(value));

/** Commands on a list of references: `[0,0,values]`, `[3,id]`, `[4,id]`, `[5]`, `[6,0,ids]`, or plain ids. */
async function commanded(
	env: Env,
	relation: string,
	now: number[],
	given: unknown,
	make: MakeNested,
): Promise<number[]> {
	let ids = now;
	if (given === false || given === null) return [];
	if (!Array.isArray(given)) throw fail.value(`Wrong value for ${relation}: ${quoted(given)}`);
	if (given.every((one) => typeof one === "number")) return given as number[];
	for (const command of given as unknown[][]) {
		const [code, id, extra] = command;
		if (code === 0) ids = [...ids, await make(relation, extra as Record<string, unknown>)];
		else if (code === 3 || code === 2) ids = ids.filter((one) => one !== id);
		else if (code === 4 && typeof id === "number") {
			if (env.cursor.row(relation, id) === undefined) throw fail.missing(relation, id, env.uid);
			ids = ids.includes(id) ? ids : [...ids, id];
		} else if (code === 5) ids = [];
		else if (code === 6) ids = [...(extra as number[])];
	}
	return ids;
}
