import type { Instant } from "@stipt/shared/calendar/calendar";
import { z } from "zod";
import { ServiceError } from "../../../errors.ts";

/** Odoo writes UTC without saying so, cut to the second. */
export const odooInstant = z
	.string()
	.regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/, "YYYY-MM-DD HH:MM:SS")
	.transform((text): Instant => Date.parse(`${text.replace(" ", "T")}Z`))
	.refine((at) => Number.isSafeInteger(at), "an instant");

/** The same, or `false` when empty. */
export const odooInstantOrNone = z.union([odooInstant, z.literal(false).transform(() => null)]);

/** The one form that Odoo reads; anything with a `T`, a `Z` or an offset it misreads or refuses. */
export function odooText(at: Instant): string {
	if (!Number.isSafeInteger(at) || Math.abs(at) > 8.64e15 || at < 0) {
		throw new ServiceError("unreadable", `Expected an instant in milliseconds, found ${at}.`);
	}
	return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}

/** An instant as digits, for ids. */
export function odooDigits(at: Instant): string {
	return odooText(at).replace(/\D/g, "");
}
