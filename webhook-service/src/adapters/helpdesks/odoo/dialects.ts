/**
 * What the three kinds of tickets call the same things. The rest of the adapter speaks OCA's names; rows of another
 * dialect are renamed as they come in, and fields as they go out.
 */
export type Dialect = {
	model: "helpdesk.ticket" | "project.task";
	stages: {
		model: string;
		/** The field that says that a stage is an end. */
		closed: "closed" | "fold";
		/** The field that says that nobody has begun; `null`: the first stage in order means that. */
		unattended: string | null;
		/** Which rows are stages of tickets: a person's own list of tasks has stages too. */
		domain: unknown[];
	};
	/** What tickets' teams are, and which of a stage's fields names those that it is for. */
	teams: { model: string; ofStage: string; everyWhenNone: boolean };
	/** OCA's name of a field, and what it is called here; `null`: there is no such field. */
	fields: Record<string, string | null>;
	/** Whether tickets are closed by a field of their own too, e.g. a task's `state`, and which of its values are. */
	ends: { field: string; values: Record<string, string> } | null;
	/** The owner is one user, or the first of several. */
	owners: "one" | "many";
	/** What an import asks for: tickets that are open, and finished ones. */
	open: unknown[];
	history: unknown[];
	/** Where a person opens a ticket. */
	form: string;
};

const oca: Dialect = {
	model: "helpdesk.ticket",
	stages: { model: "helpdesk.ticket.stage", closed: "closed", unattended: "unattended", domain: [] },
	teams: { model: "helpdesk.ticket.team", ofStage: "team_ids", everyWhenNone: true },
	fields: {},
	ends: null,
	owners: "one",
	open: [
		["closed", "=", false],
		["active", "=", true],
	],
	history: ["|", ["closed", "=", true], ["active", "=", false]],
	form: "model=helpdesk.ticket&view_type=form",
};

const enterprise: Dialect = {
	...oca,
	stages: { model: "helpdesk.stage", closed: "fold", unattended: null, domain: [] },
	teams: { model: "helpdesk.team", ofStage: "team_ids", everyWhenNone: false },
	fields: {
		number: "ticket_ref",
		channel_id: null,
		last_stage_update: "date_last_stage_update",
		assigned_date: "assign_date",
	},
	open: [
		["stage_id.fold", "=", false],
		["active", "=", true],
	],
	history: ["|", ["stage_id.fold", "=", true], ["active", "=", false]],
};

const project: Dialect = {
	model: "project.task",
	stages: { model: "project.task.type", closed: "fold", unattended: null, domain: [["user_id", "=", false]] },
	teams: { model: "project.project", ofStage: "project_ids", everyWhenNone: false },
	fields: {
		number: null,
		channel_id: null,
		team_id: "project_id",
		user_id: "user_ids",
		last_stage_update: "date_last_stage_update",
		assigned_date: "date_assign",
	},
	ends: { field: "state", values: { "1_done": "Done", "1_canceled": "Cancelled" } },
	owners: "many",
	open: [
		["state", "not in", ["1_done", "1_canceled"]],
		["stage_id.fold", "=", false],
		["active", "=", true],
	],
	history: ["|", "|", ["state", "in", ["1_done", "1_canceled"]], ["stage_id.fold", "=", true], ["active", "=", false]],
	form: "model=project.task&view_type=form",
};

export const dialects = { oca, enterprise, project } as const satisfies Record<string, Dialect>;

export type DialectId = keyof typeof dialects;

/** Models whose deliveries are about a ticket. */
export const ticketModels: readonly string[] = [...new Set(Object.values(dialects).map(({ model }) => model))];

/** What a field of OCA's is called here; `null` when there is none. */
export function fieldOf({ fields }: Dialect, name: string): string | null {
	const found = fields[name];
	return found === undefined ? name : found;
}

/** A row of a dialect as OCA would give it. What a dialect lacks is empty. */
export function asOca(
	dialect: Dialect,
	row: Record<string, unknown>,
	wanted: readonly string[],
): Record<string, unknown> {
	const renamed = wanted.map((name) => {
		const here = fieldOf(dialect, name);
		return [name, here === null ? false : row[here]];
	});
	const out: Record<string, unknown> = { id: row.id, ...Object.fromEntries(renamed) };
	if (dialect.owners === "many") out.user_id = firstOf(row[fieldOf(dialect, "user_id") ?? ""]);
	if (dialect.ends !== null) out.ended = dialect.ends.values[String(row[dialect.ends.field])] ?? false;
	return out;
}

function firstOf(ids: unknown): unknown {
	const first: unknown = Array.isArray(ids) ? ids[0] : undefined;
	return typeof first === "number" ? [first, ""] : false;
}
