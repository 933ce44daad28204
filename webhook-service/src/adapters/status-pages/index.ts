import { type StatusPageRow, statusPageRow } from "../bind.ts";
import { statuspage } from "./statuspage.ts";

/** Every status page that we read and write. The built-in page is none of these: it is our own. */
export const statusPages = {
	statuspage: statusPageRow(statuspage),
} as const satisfies Record<string, StatusPageRow>;

export type StatusPageId = keyof typeof statusPages;
