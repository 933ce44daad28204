import type { Helpdesk } from "../helpdesk.ts";
import { changedSince } from "./changed-since.ts";
import { deliveryId, hint, scheme } from "./delivery.ts";
import { install } from "./install.ts";
import { probe } from "./probe.ts";
import { proposeMapping } from "./propose-mapping.ts";
import { read } from "./read.ts";
import { type ZammadSettings, zammadSettings } from "./settings.ts";
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
	write,
	probe,
	proposeMapping,
	install,
};
