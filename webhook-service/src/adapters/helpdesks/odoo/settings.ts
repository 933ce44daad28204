import { z } from "zod";

/** What an installation of Odoo must supply. */
export const odooSettings = z.object({
	/** Name of the database. */
	db: z.string().trim().min(1, "the name of a database"),
	/** Login of a user of our own, of the group Helpdesk: User. */
	login: z.string().trim().min(1, "a login name"),
	/** API key of that user, used in place of its password. */
	key: z.string().trim().min(1, "an API key"),
	/** Odoo's id of that user. Filled in by `install`, else asked each time. */
	uid: z.int().positive().optional(),
	/** Which kind of tickets it has; OCA's when absent. */
	dialect: z.enum(["oca", "enterprise", "project"]).optional(),
	/** `json2` from 19 on, where `/jsonrpc` is deprecated. */
	api: z.enum(["jsonrpc", "json2"]).optional(),
	/** Field that shows people the nearest deadline, e.g. `x_deadline`. */
	deadlineField: z
		.string()
		.trim()
		.regex(/^[a-z][a-z0-9_]*$/, "the name of a field")
		.optional(),
	/** Login and API key of a user with Settings rights, for `install` alone, which does not keep them. */
	installLogin: z.string().trim().min(1, "a login name").optional(),
	installKey: z.string().trim().min(1, "an API key").optional(),
});

export type OdooSettings = z.infer<typeof odooSettings>;
