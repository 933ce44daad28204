import type { Host } from "./host.ts";
import { odoo } from "./odoo.ts";
import { zammad } from "./zammad.ts";

/** One row per host. */
export const hosts = { zammad, odoo } as const satisfies Record<string, Host>;

/** The host that serves connections of a kind; `null` for a kind that this version does not know. */
export function hostFor(kind: string): Host | null {
	return Object.values<Host>(hosts).find(({ id }) => id === kind) ?? null;
}
