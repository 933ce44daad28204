/** What a cell holds, as Odoo keeps it: `false` is empty, a reference is an id, a date is text in UTC with microseconds. */
export type Value = string | number | boolean | number[];

/** One record. Keys that its model does not name are the desk's own, e.g. `followers` or `name:nl_NL`. */
export type Row = { id: number; [field: string]: Value };

export type DeskState = {
	tables: Record<string, Row[]>;
	/** The last id given, by model; ids are given at once and never taken back, as a database's sequences do. */
	ids: Record<string, number>;
	/** API keys: usable in place of the password. */
	keys: { user: number; name: string; value: string }[];
	sessionKey: string;
};

export function nextId(state: DeskState, model: string): number {
	const id = (state.ids[model] ?? 0) + 1;
	state.ids[model] = id;
	return id;
}

export const textOf = (value: Value | undefined): string => (typeof value === "string" ? value : "");
export const idOf = (value: Value | undefined): number => (typeof value === "number" ? value : 0);
export const idsOf = (value: Value | undefined): number[] => (Array.isArray(value) ? value : []);
