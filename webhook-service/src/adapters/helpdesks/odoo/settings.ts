import { z } from "zod";

/** What an installation of Odoo must supply. */
export const odooSettings = z.object({
	/** Name of the database. */
	database: z.string().trim().min(1, "the name of a database"),
	/** Login of a user of our own, of the group Helpdesk: User. */
	login: z.string().trim().min(1, "a login name"),
	/** API key of that user, used in place of its password. */
	apiKey: z.string().trim().min(1, "an API key"),
	/** Odoo's id of that user. Filled in by `install`, else asked each time. */
	uid: z.int().positive().optional(),
	/** Which fields of the matrix the tickets have. Filled in by `install`, else asked each time. */
	matrixFields: z.array(z.enum(["x_impact", "x_urgency"])).optional(),
});

export type OdooSettings = z.infer<typeof odooSettings>;
export type MatrixField = NonNullable<OdooSettings["matrixFields"]>[number];
