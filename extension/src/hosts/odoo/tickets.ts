/** What counts as a ticket in an Odoo: which model, and what its pages call its fields. */
export type Tickets = {
	id: string;
	name: string;
	model: string;
	/** The field with its number; `null`: it has none, so lists tell no ticket. */
	number: string | null;
	/** Fields of its form that together no other model has: newer addresses do not name the model. */
	marks: readonly string[];
	/** A number as a card shows it, without a name of its own; `null`: cards do not show one. */
	onCard: RegExp | null;
};

/** The module helpdesk_mgmt of the Odoo community. Used live on 17; structure and addresses measured on 18. */
export const community: Tickets = {
	id: "odoo",
	name: "Odoo",
	model: "helpdesk.ticket",
	number: "number",
	marks: ["number", "team_id", "stage_id"],
	onCard: /^[a-z]{1,8}[-/]?\d{3,}$/i,
};

/** Odoo's own helpdesk. From its documentation and field lists, not seen live. */
export const enterprise: Tickets = {
	id: "odoo-enterprise",
	name: "Odoo Enterprise",
	model: "helpdesk.ticket",
	number: "ticket_ref",
	marks: ["team_id", "stage_id", "user_id"],
	onCard: null,
};

/** Tasks of projects as tickets. Addresses measured on 18; its form seen live on 19. */
export const project: Tickets = {
	id: "odoo-project",
	name: "Odoo projects",
	model: "project.task",
	number: null,
	marks: ["project_id", "stage_id", "user_ids"],
	onCard: null,
};
