import type { DeskState, Row, Value } from "./state.ts";

/** What one transaction sees: everything that was committed, and its own changes, which nobody else sees yet. */
export type Cursor = {
	row(model: string, id: Value | undefined): Row | undefined;
	rows(model: string): Row[];
	insert(model: string, row: Row): void;
	change(model: string, id: number, values: Record<string, Value>): void;
	remove(model: string, id: number): void;
	/** Makes the changes everybody's; `false` when somebody else changed one of the rows in between: nothing is kept. */
	commit(): boolean;
};

/** How often each row was changed since the desk started; rows that never were are absent. */
export type Versions = Map<string, number>;

export function createCursor(state: DeskState, versions: Versions): Cursor {
	/** Copies by model and id; `null` is deleted. */
	const own = new Map<string, Map<number, Row | null>>();
	const seen = new Map<string, number>();
	const committed = (model: string) => state.tables[model] ?? [];

	const mine = (model: string): Map<number, Row | null> => {
		const rows = own.get(model) ?? new Map<number, Row | null>();
		own.set(model, rows);
		return rows;
	};
	const touch = (model: string, id: number) => {
		const key = `${model},${id}`;
		if (!seen.has(key)) seen.set(key, versions.get(key) ?? 0);
	};
	const row: Cursor["row"] = (model, id) => {
		if (typeof id !== "number") return undefined;
		const copy = own.get(model)?.get(id);
		return copy === undefined ? committed(model).find((candidate) => candidate.id === id) : (copy ?? undefined);
	};

	return {
		row,
		rows(model) {
			const copies = own.get(model);
			if (copies === undefined) return committed(model);
			const kept = committed(model).flatMap((one) => {
				const copy = copies.get(one.id);
				return copy === undefined ? [one] : copy === null ? [] : [copy];
			});
			const old = new Set(committed(model).map(({ id }) => id));
			const added = [...copies.values()].filter((copy): copy is Row => copy !== null && !old.has(copy.id));
			return [...kept, ...added];
		},
		insert(model, added) {
			touch(model, added.id);
			mine(model).set(added.id, added);
		},
		change(model, id, values) {
			const found = row(model, id);
			if (found === undefined) throw new Error(`Expected ${model} ${id}, found none.`);
			touch(model, id);
			mine(model).set(id, { ...found, ...values });
		},
		remove(model, id) {
			touch(model, id);
			mine(model).set(id, null);
		},
		commit() {
			for (const [key, version] of seen) if ((versions.get(key) ?? 0) !== version) return false;
			for (const key of seen.keys()) versions.set(key, (versions.get(key) ?? 0) + 1);
			for (const model of own.keys()) state.tables[model] = this.rows(model);
			own.clear();
			seen.clear();
			return true;
		},
	};
}
