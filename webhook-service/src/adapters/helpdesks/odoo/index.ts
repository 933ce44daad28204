import type { Helpdesk } from "../helpdesk.ts";
import { changedSince } from "./changed-since.ts";
import { deliveryId, hint, scheme } from "./delivery.ts";
import { discover } from "./discover.ts";
import { isDerived } from "./facts-from-row.ts";
import { install } from "./install.ts";
import { listed, present } from "./listed.ts";
import { plan } from "./plan.ts";
import { probe } from "./probe.ts";
import { proposeMapping, vocabulary } from "./propose-mapping.ts";
import { read } from "./read.ts";
import { ring } from "./ring.ts";
import { type OdooSettings, odooSettings } from "./settings.ts";
import { silence } from "./silence.ts";
import { uninstall } from "./uninstall.ts";
import { write } from "./write.ts";

/** Odoo 17 and 18 with the community module `helpdesk_mgmt`. */
export const odoo: Helpdesk<OdooSettings> = {
	id: "odoo",
	name: "Odoo",
	docs: "https://www.odoo.com/documentation/17.0/developer/reference/external_api.html",
	settings: odooSettings,
	secrets: ["key", "installKey"],
	pages: ({ dialect = "oca" }) => (dialect === "oca" ? "odoo" : `odoo-${dialect}`),
	scheme,
	deliveryId,
	hint,
	/** Odoo sends from inside the transaction: 9 to 34 ms before it can be seen, longer with further rules. */
	settleMs: 250,
	read,
	changedSince,
	/** Priority, team, matrix fields and archiving, where nothing tracks them; and what a ticket was at first. */
	forgets: (fact) => isDerived(fact) || fact.id.startsWith("0-"),
	present,
	listed,
	write,
	probe,
	discover,
	vocabulary,
	proposeMapping,
	install,
	installer: { plan, uninstall, ring, silence },
};
