import type { Host } from "./host.ts";
import { odoo, odooEnterprise, odooProject } from "./odoo/index.ts";
import { requestTracker } from "./request-tracker/index.ts";
import { zammad, zammadDesktop } from "./zammad/index.ts";

/** One row per host: an interface of an application, as its agents see it. */
export const hosts = {
	zammad,
	"zammad-desktop": zammadDesktop,
	odoo,
	"odoo-enterprise": odooEnterprise,
	"odoo-project": odooProject,
	"request-tracker": requestTracker,
} as const satisfies Record<string, Host>;

/** Where pages of any of them send what people save. */
export const savePaths: readonly string[] = [
	...new Set(Object.values<Host>(hosts).flatMap(({ saves }) => saves.paths)),
];

/** The host for a kind of connection, at an address of it; `null` for what this version does not know. */
export function hostFor(kind: string, url: URL | null = null): Host | null {
	return Object.values<Host>(hosts).find((host) => host.kind === kind && (url === null || host.serves(url))) ?? null;
}
