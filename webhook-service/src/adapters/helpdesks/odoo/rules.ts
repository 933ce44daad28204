import type { Hook } from "../helpdesk.ts";

/** One automation rule with one webhook action. */
export type Rule = {
	name: string;
	model: "helpdesk.ticket" | "mail.message";
	trigger: "on_create_or_write" | "on_create" | "on_unlink";
	/** Names of the fields whose change fires; empty where the trigger watches none. */
	watched: string[];
	/** An Odoo domain, as Python writes it; `false`: none. */
	filter: string | false;
	/** Names of the fields that are sent. Never texts, names or addresses: the ticket is read back anyway. */
	sent: string[];
};

/**
 * The rules that tell us of changes, found again by the mark in their names.
 *
 * `watched` is always given: without it, 17 fires on every save, and 18 fires only when a field of the filter changes,
 * which `write_uid` never does. Our own writes fire nothing; what we write is read back by whoever wrote it. Messages
 * have a rule of their own, since rules on tickets do not say which message it was and change what posting answers.
 */
export function rulesFor({ mark }: Pick<Hook, "mark">, uid: number, ticketFields: readonly string[]): Rule[] {
	const watchable = ["active", "priority", "stage_id", "team_id", "user_id", "partner_id", "channel_id", "name"];
	return [
		{
			name: `${mark}: tickets`,
			model: "helpdesk.ticket",
			trigger: "on_create_or_write",
			watched: [...watchable, "x_impact", "x_urgency"].filter((field) => ticketFields.includes(field)),
			filter: `[('write_uid', '!=', ${uid})]`,
			sent: ["write_date", "write_uid", "priority", "stage_id"],
		},
		{
			name: `${mark}: messages`,
			model: "mail.message",
			trigger: "on_create",
			watched: [],
			filter: "[('model', '=', 'helpdesk.ticket'), ('message_type', 'in', ['comment', 'email'])]",
			sent: ["model", "res_id", "message_type", "create_date"],
		},
		{
			name: `${mark}: deleted tickets`,
			model: "helpdesk.ticket",
			trigger: "on_unlink",
			watched: [],
			filter: false,
			sent: ["write_date"],
		},
	];
}
