import { z } from "zod";

/** What an installation of Zammad must supply. */
export const zammadSettings = z.object({
	/** Access token of a user of our own, with the permission `ticket.agent`. */
	token: z.string().trim().min(10, "an access token of Zammad"),
	/** Zammad's id of that user: what it does is our own doing. Filled in by `install`, else asked each time. */
	userId: z.int().positive().optional(),
	/** Attribute of type datetime that shows people the nearest deadline. */
	deadlineField: z
		.string()
		.trim()
		.regex(/^[a-z][a-z0-9_]*$/, "the name of an attribute")
		.optional(),
	/** A token with `admin.webhook` and `admin.trigger`, for `install` alone, which does not keep it. */
	installToken: z.string().trim().min(10, "an access token of Zammad").optional(),
});

export type ZammadSettings = z.infer<typeof zammadSettings>;
