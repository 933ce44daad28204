import type { Computed, Env } from "./environment.ts";

/** Computes a stored field that is owed for any of these records, before somebody reads it: for all that it is owed for. */
export async function settle(env: Env, name: string, ids: readonly number[]): Promise<void> {
	const owed = env.pending.get(name as Computed);
	if (owed === undefined || !ids.some((id) => owed.has(id))) return;
	env.pending.delete(name as Computed);
	await env.compute(env, name as Computed, [...owed]);
}

/** Computes everything that is owed. */
export async function settleAll(env: Env): Promise<void> {
	for (let turn = 0; turn < 10 && env.pending.size > 0; turn++) {
		for (const [name, ids] of env.pending) await settle(env, name, [...ids]);
	}
}

export function owe(env: Env, name: Computed, ids: readonly number[]): void {
	env.pending.set(name, new Set([...(env.pending.get(name) ?? []), ...ids]));
}
