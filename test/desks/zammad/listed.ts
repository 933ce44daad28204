import type { Answer } from "../serve.ts";
import type { Shown } from "./present-people.ts";
import { type Ask, isTrue, ok, paged } from "./route.ts";
import type { DeskState } from "./state.ts";

/** Rows of a model, one page of them, by id or with names beside. */
export function listed<T extends { id: number }>(
	rows: (state: DeskState) => T[],
	show: (state: DeskState, row: T) => Shown,
	names: (state: DeskState, row: T) => Shown,
): (ask: Ask) => Answer {
	return (ask) => {
		const { state } = ask.core;
		const page = paged(rows(state), ask.body, 500, 1000);
		return ok(page.map((one) => ({ ...show(state, one), ...(isTrue(ask.body.expand) ? names(state, one) : {}) })));
	};
}
