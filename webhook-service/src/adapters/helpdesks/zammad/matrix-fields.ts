import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { FieldOption, Hook } from "../helpdesk.ts";
import type { ZammadApi } from "./api.ts";
import { allowed } from "./installed.ts";

/** Written into a field's own definition, so that only what we made is ever taken away. */
const signature = "Made by Stipt.";

const attributeRow = z.looseObject({
	id: z.int(),
	object: z.string(),
	name: z.string(),
	data_type: z.string(),
	data_option: z.looseObject({}).nullish(),
	to_create: z.boolean(),
	to_migrate: z.boolean(),
	to_delete: z.boolean(),
	to_config: z.boolean(),
});
type AttributeRow = z.infer<typeof attributeRow>;

export type MatrixFields = NonNullable<Hook["fields"]>;
type FieldName = keyof MatrixFields;
const names = ["impact", "urgency"] as const satisfies FieldName[];

/** What one field is now. `pending`: it is made, and waits for the migration. */
export type FieldState = { name: FieldName; found: "missing" | "pending" | "other" | "right"; values: string[] };

/** The fields as they are. Throws `denied` without the permission admin.object. */
export async function lookAtFields(wanted: MatrixFields, api: ZammadApi): Promise<FieldState[]> {
	const rows = await attributes(api);
	return names.map((name) => {
		const row = rows.find((each) => each.name === name);
		const values = row === undefined ? [] : valuesOf(row);
		if (row === undefined) return { name, found: "missing", values };
		if (row.to_create || row.to_migrate) return { name, found: "pending", values };
		const isRight = row.data_type === "select" && wanted[name].every(({ value }) => values.includes(value));
		return { name, found: isRight ? "right" : "other", values };
	});
}

/**
 * Makes the fields that are missing and runs Zammad's migration, which carries out everybody's pending changes and
 * restarts Zammad 6.5 and newer. A field that somebody else made differently is left as it is, and named.
 */
export async function installFields(wanted: MatrixFields, api: ZammadApi): Promise<string[]> {
	const states = await lookAtFields(wanted, api);
	const done: string[] = [];
	for (const { name, found, values } of states) {
		if (found === "missing") await api.send("POST", "/object_manager_attributes", definition(name, wanted[name]));
		if (found === "right") done.push(`field "${name}": was right already`);
		if (found === "other") done.push(`field "${name}": left as it is, with ${values.join(", ") || "no values"}`);
	}
	const made = states.filter(({ found }) => found === "missing" || found === "pending");
	if (made.length === 0) return done;
	await api.send("POST", "/object_manager_attributes_execute_migrations", {});
	return [...done, ...made.map(({ name }) => `field "${name}": made, and migrated`), await restarted(api)];
}

/**
 * Takes our fields away with what they hold. When Zammad refuses (a trigger or overview names the field), 5.2 keeps it
 * marked, and the next migration of anybody would drop it: so the mark is taken back at once.
 */
export async function removeFields(api: ZammadApi): Promise<{ removed: string[]; left: string[] }> {
	const ours = (await attributes(api)).filter((row) => names.some((name) => name === row.name) && isOurs(row));
	const removed: string[] = [];
	const left: string[] = [];
	for (const { id, name } of ours) {
		try {
			await api.send("DELETE", `/object_manager_attributes/${id}`);
			removed.push(`field "${name}"`);
		} catch (error) {
			if (!(error instanceof ServiceError)) throw error;
			await api.send("POST", "/object_manager_attributes_discard_changes", {});
			return { removed: [], left: [`field "${name}": Zammad keeps it (${error.message}); no field was removed`] };
		}
	}
	if (removed.length > 0) {
		await api.send("POST", "/object_manager_attributes_execute_migrations", {});
		const note = await restarted(api);
		return { removed, left: note === stale ? [...left, note] : left };
	}
	return { removed, left };
}

async function attributes(api: ZammadApi): Promise<AttributeRow[]> {
	const body = await allowed("admin.object", () => api.send("GET", "/object_manager_attributes"));
	const rows = expectReply(z.array(z.looseObject({ object: z.string() })), body, "the object attributes of Zammad");
	return expectReply(
		z.array(attributeRow),
		rows.filter(({ object }) => object === "Ticket"),
		"fields of tickets",
	);
}

function isOurs({ data_option }: AttributeRow): boolean {
	return data_option?.note === signature;
}

function valuesOf({ data_option }: AttributeRow): string[] {
	const options = data_option?.options;
	if (Array.isArray(options)) {
		return options.flatMap((option: unknown) => {
			const read = z.object({ value: z.string() }).safeParse(option);
			return read.success ? [read.data.value] : [];
		});
	}
	return typeof options === "object" && options !== null ? Object.keys(options) : [];
}

function definition(name: FieldName, options: FieldOption[]): Record<string, unknown> {
	return {
		object: "Ticket",
		name,
		display: name === "impact" ? "Impact" : "Urgency",
		active: true,
		position: name === "impact" ? 1650 : 1651,
		data_type: "select",
		data_option: {
			options: Object.fromEntries(options.map(({ value, name: shown }) => [value, shown])),
			...{ default: "", nulloption: true, null: true, maxlength: 255, translate: false, note: signature },
		},
		screens: {
			create_middle: { "ticket.agent": { shown: true, required: false, item_class: "column" } },
			edit: { "ticket.agent": { shown: true, required: false } },
		},
	};
}

const stale =
	"restart all of Zammad's processes now: it did not by itself, and those that run since before know nothing of the change";

/** Longer than 6.5 and newer take to begin their restart. */
const restartWithinSeconds = 8;

/**
 * Waits for the restart that 6.5 and newer make by themselves after a migration. Says what is left to a person where
 * none came: processes that ran meanwhile drop the new fields without a word.
 */
async function restarted(api: ZammadApi): Promise<string> {
	let wasAway = false;
	for (let second = 0; second < 90; second++) {
		await new Promise((resolve) => setTimeout(resolve, 1000));
		const isUp = await api.send("GET", "/users/me").then(
			() => true,
			() => false,
		);
		if (isUp && wasAway) return "Zammad restarted, and answers again";
		if (isUp && second >= restartWithinSeconds) return stale;
		wasAway ||= !isUp;
	}
	throw new ServiceError("unreachable", "Expected Zammad to answer again after the migration, found no answer.");
}
