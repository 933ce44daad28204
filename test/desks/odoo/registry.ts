import * as fail from "./failure.ts";
import type { Field, Model } from "./model.ts";
import { baseModels } from "./models-base.ts";
import { helpdeskModels, matrixFields } from "./models-helpdesk.ts";
import { type DeskState, nextId } from "./state.ts";

/** What this Odoo tracks by itself of a ticket. */
const tracked: readonly string[] = ["user_id", "stage_id"];

/** The models of a desk, by name. */
export type Registry = {
	model(name: string): Model;
	has(name: string): boolean;
	field(model: string, name: string): Field;
};

/** All models; `matrix`: whether tickets have the selects `x_impact` and `x_urgency`. */
export function createRegistry({ matrix }: { matrix: boolean }): Registry {
	const models = new Map([...helpdeskModels, ...baseModels].map((one) => [one.name, one]));
	const ticket = models.get("helpdesk.ticket");
	if (matrix && ticket !== undefined) {
		models.set(ticket.name, { ...ticket, fields: { ...ticket.fields, ...matrixFields() } });
	}
	const registry: Registry = {
		has: (name) => models.has(name),
		model(name) {
			const found = models.get(name);
			if (found === undefined) throw fail.user(`Object ${name} doesn't exist`);
			return found;
		},
		field(name, key) {
			const found = registry.model(name).fields[key];
			if (found === undefined) throw fail.value(`Invalid field '${key}' on model '${name}'`);
			return found;
		},
	};
	return registry;
}

/** Gives every model and field its record, once: ids stay the same for a state that is kept. */
export function describeModels(state: DeskState, { matrix }: { matrix: boolean }): void {
	const models = [...helpdeskModels, ...baseModels];
	const rows = (name: string) => {
		state.tables[name] ??= [];
		return state.tables[name];
	};
	for (const { name, label, fields } of models) {
		let described = rows("ir.model").find((row) => row.model === name);
		if (described === undefined) {
			described = { id: nextId(state, "ir.model"), name: label, model: name };
			rows("ir.model").push(described);
		}
		const all = name === "helpdesk.ticket" && matrix ? { ...fields, ...matrixFields() } : fields;
		const known = new Set(
			rows("ir.model.fields")
				.filter((row) => row.model === name)
				.map((row) => row.name),
		);
		for (const [key, { type, string, relation, store }] of Object.entries(all)) {
			if (known.has(key)) continue;
			rows("ir.model.fields").push({
				id: nextId(state, "ir.model.fields"),
				name: key,
				model: name,
				model_id: described.id,
				field_description: string,
				ttype: type,
				relation: relation ?? false,
				store,
				tracking: name === "helpdesk.ticket" && tracked.includes(key) ? 100 : 0,
			});
		}
	}
}
