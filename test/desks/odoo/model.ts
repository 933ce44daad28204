import type { Row, Value } from "./state.ts";

export type Operation = "read" | "write" | "create" | "unlink";

/** How a field's value is found when it is not kept: from its row and rows that it refers to. */
export type Look = (model: string, id: Value | undefined) => Row | undefined;

export type Field = {
	type: string;
	string: string;
	relation?: string;
	selection?: [string, string][];
	required?: boolean;
	readonly?: boolean;
	help?: string;
	/** Kept in the row; else `compute` gives it, or it is always empty. */
	store: boolean;
	compute?: (row: Row, look: Look) => Value;
	/** Another field of the same record that gives it, in the reader's language. */
	names?: string;
	/** Only users of this group may read it. */
	group?: string;
	/** Changes are recorded in the chatter. */
	tracked?: boolean;
};

export type Model = {
	name: string;
	label: string;
	/** Field that names a record. */
	rec: string;
	order: string;
	fields: Record<string, Field>;
	/** Groups that may; an empty list is everybody who is signed in. */
	rights: Record<Operation, string[]>;
};

type Extra = Partial<Omit<Field, "type" | "string" | "relation">>;

/** A field: `"char"`, `"many2one:res.partner"`, … Stored and writable unless said otherwise. */
export function field(kind: string, string: string, extra: Extra = {}): Field {
	const [type = "char", relation] = kind.split(":");
	return {
		type,
		string,
		store: extra.compute === undefined && extra.names === undefined,
		...(relation === undefined ? {} : { relation }),
		...extra,
	};
}

/** A field that is always empty here. */
export const unused = (kind: string, string: string): Field => field(kind, string, { store: false, readonly: true });

/** What every model has beside its own fields. */
export function standing(rec: string): Record<string, Field> {
	const readonly = true;
	return {
		id: field("integer", "ID", { readonly }),
		display_name: field("char", "Display Name", { readonly, names: rec }),
		create_uid: field("many2one:res.users", "Created by", { readonly }),
		create_date: field("datetime", "Created on", { readonly }),
		write_uid: field("many2one:res.users", "Last Updated by", { readonly }),
		write_date: field("datetime", "Last Updated on", { readonly }),
	};
}

export const settings = "base.group_system";
export const internal = "base.group_user";
export const portal = "base.group_portal";
export const helpdeskUser = "helpdesk_mgmt.group_helpdesk_user";
export const helpdeskPersonal = "helpdesk_mgmt.group_helpdesk_user_own";
export const helpdeskManager = "helpdesk_mgmt.group_helpdesk_manager";

/** Groups as error texts name them. */
export const groupLabels: Record<string, string> = {
	[settings]: "Administration/Settings",
	"base.group_erp_manager": "Administration/Access Rights",
	[internal]: "User types/Internal User",
	[portal]: "User types/Portal",
	[helpdeskPersonal]: "Helpdesk/User: Personal tickets",
	[helpdeskUser]: "Helpdesk/User",
	[helpdeskManager]: "Helpdesk/Helpdesk Manager",
};

export function model(
	name: string,
	label: string,
	own: Record<string, Field>,
	{ rec = "name", order = "id", rights }: { rec?: string; order?: string; rights?: Partial<Model["rights"]> } = {},
): Model {
	const fields = { ...own, ...Object.fromEntries(Object.entries(standing(rec)).filter(([key]) => !(key in own))) };
	const only = [settings];
	return {
		name,
		label,
		rec,
		order,
		fields,
		rights: { read: [], write: only, create: only, unlink: only, ...rights },
	};
}
