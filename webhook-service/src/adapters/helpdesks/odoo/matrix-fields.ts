import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import type { FieldOption, Hook } from "../helpdesk.ts";
import type { OdooRpc } from "./rpc.ts";

/** Written into a field's help text, so that only what we made is ever taken away. */
const signature = "Made by Stipt.";

const fieldRow = z.object({
	id: z.int(),
	name: z.string(),
	ttype: z.string(),
	state: z.string(),
	help: z.union([z.string(), z.literal(false)]),
	selection_ids: z.array(z.int()),
});
const optionRow = z.object({ id: z.int(), value: z.string(), field_id: z.int() });
const idRow = z.object({ id: z.int() });

const names = { x_impact: "impact", x_urgency: "urgency" } as const;
type FieldName = keyof typeof names;
const wantedNames = Object.keys(names) as FieldName[];

export type FieldState = {
	name: FieldName;
	found: "missing" | "other" | "right";
	values: string[];
	id: number | null;
	isOurs: boolean;
};

/** The fields of the matrix as they are. */
export async function lookAtFields(wanted: NonNullable<Hook["fields"]>, rpc: OdooRpc): Promise<FieldState[]> {
	const rows = await rpc.search("ir.model.fields", {
		domain: [
			["model", "=", rpc.dialect.model],
			["name", "in", wantedNames],
		],
		fields: ["name", "ttype", "state", "help", "selection_ids"],
		row: fieldRow,
	});
	const options = await rpc.search("ir.model.fields.selection", {
		domain: [["field_id", "in", rows.map(({ id }) => id)]],
		fields: ["value", "field_id"],
		row: optionRow,
	});
	return wantedNames.map((name) => {
		const row = rows.find((each) => each.name === name);
		const values = options.filter(({ field_id }) => field_id === row?.id).map(({ value }) => value);
		const isOurs = row?.state === "manual" && row.help === signature;
		if (row === undefined) return { name, found: "missing", values, id: null, isOurs };
		const isRight = row.ttype === "selection" && wanted[names[name]].every(({ value }) => values.includes(value));
		return { name, found: isRight ? "right" : "other", values, id: row.id, isOurs };
	});
}

/** Makes the fields that are missing, with changes tracked. No restart: Odoo reloads its models by itself. */
export async function installFields({ fields }: Hook, rpc: OdooRpc): Promise<string[]> {
	if (fields === undefined) return [];
	const done: string[] = [];
	for (const { name, found, values } of await lookAtFields(fields, rpc)) {
		if (found === "missing") await make(name, fields[names[name]], rpc);
		if (found === "missing") done.push(`field "${name}": made`);
		if (found === "right") done.push(`field "${name}": was right already`);
		if (found === "other") done.push(`field "${name}": left as it is, with ${values.join(", ") || "no values"}`);
	}
	return done;
}

async function make(name: FieldName, options: FieldOption[], rpc: OdooRpc): Promise<void> {
	const [model] = await rpc.search("ir.model", {
		domain: [["model", "=", rpc.dialect.model]],
		fields: ["id"],
		row: idRow,
	});
	if (model === undefined) throw new ServiceError("refused", `Expected the model ${rpc.dialect.model}, found none.`);
	const selection = options.map(({ value, name: shown }, sequence) => [0, 0, { value, name: shown, sequence }]);
	await rpc.execute("ir.model.fields", "create", [
		{
			...{ name, model_id: model.id, ttype: "selection", selection_ids: selection, help: signature, tracking: 1 },
			field_description: name === "x_impact" ? "Impact" : "Urgency",
		},
	]);
}

/** Takes our fields away with what they hold. Where Odoo refuses (a view or rule names the field), it stays. */
export async function removeFields(rpc: OdooRpc): Promise<{ removed: string[]; left: string[] }> {
	const removed: string[] = [];
	const left: string[] = [];
	for (const { name, id, isOurs } of await lookAtFields({ impact: [], urgency: [] }, rpc)) {
		if (id === null || !isOurs) continue;
		const answer = await rpc.tryExecute("ir.model.fields", "unlink", [[id]]);
		if ("result" in answer) removed.push(`field "${name}"`);
		else left.push(`field "${name}": Odoo keeps it (${answer.failure.message})`);
	}
	return { removed, left };
}
