import type { Helpdesk } from "../helpdesk.ts";
import { changedSince } from "./changed-since.ts";
import { deliveryId, hint, scheme } from "./delivery.ts";
import { install } from "./install.ts";
import { listed, present } from "./listed.ts";
import { plan } from "./plan.ts";
import { probe } from "./probe.ts";
import { proposeMapping, vocabulary } from "./propose-mapping.ts";
import { read } from "./read.ts";
import { ring } from "./ring.ts";
import { type ZammadSettings, zammadSettings } from "./settings.ts";
import { silence } from "./silence.ts";
import { uninstall } from "./uninstall.ts";
import { write } from "./write.ts";

/** Zammad 5.2 and newer. */
export const zammad: Helpdesk<ZammadSettings> = {
	id: "zammad",
	name: "Zammad",
	docs: "https://docs.zammad.org/en/latest/api/intro.html",
	settings: zammadSettings,
	secrets: ["token", "installToken"],
	scheme,
	deliveryId,
	hint,
	settleMs: 0,
	read,
	changedSince,
	present,
	listed,
	write,
	probe,
	vocabulary,
	proposeMapping,
	install,
	installer: { plan, uninstall, ring, silence },
};
