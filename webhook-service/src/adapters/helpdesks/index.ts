import { type HelpdeskRow, helpdeskRow } from "../bind.ts";
import { generic } from "./generic/index.ts";
import type { Helpdesk } from "./helpdesk.ts";
import { odoo } from "./odoo/index.ts";
import { zammad } from "./zammad/index.ts";

/** Every helpdesk that can be connected. */
export const helpdesks = {
	zammad: helpdeskRow(zammad),
	odoo: helpdeskRow(odoo),
	generic: helpdeskRow(generic),
} as const satisfies Record<Helpdesk["id"], HelpdeskRow>;

export type HelpdeskId = keyof typeof helpdesks;
