import type { Hook } from "../helpdesk.ts";
import { type Dialect, fieldOf } from "./dialects.ts";

/** One automation rule with one webhook action. */
export type Rule = {
	name: string;
	model: string;
	trigger: "on_create_or_write" | "on_create" | "on_unlink";
	/** Names of the fields whose change fires; empty where the trigger watches none. */
	watched: string[];
	/** An Odoo domain, as Python writes it; `false`: none. */
	filter: string | false;
	/** Names of the fields that are sent. Never texts, names or addresses: the ticket is read back anyway. */
	sent: string[];
	/** What it does, for people. */
	does: string;
};

const watchable = ["active", "priority", "stage_id", "team_id", "user_id", "partner_id", "channel_id", "name"];

/**
 * The rules that tell us of changes, found again by the mark in their names.
 *
 * `watched` is always given: without it, 17 fires on every save, and 18 fires only when a field of the filter changes,
 * which `write_uid` never does. Our own writes fire nothing; what we write is read back by whoever wrote it. Messages
 * have a rule of their own, since rules on tickets do not say which message it was and change what posting answers.
 */
export function rulesFor(
	{ mark }: Pick<Hook, "mark">,
	uid: number,
	{ dialect, fields }: { dialect: Dialect; fields: readonly string[] },
): Rule[] {
	const here = [...watchable.map((name) => fieldOf(dialect, name)), dialect.ends?.field, "x_impact", "x_urgency"];
	const watched = here.filter((field) => typeof field === "string").filter((field) => fields.includes(field));
	return [
		{
			name: ruleNames(mark).tickets,
			model: dialect.model,
			trigger: "on_create_or_write",
			watched,
			filter: `[('write_uid', '!=', ${uid})]`,
			sent: ["write_date", "write_uid", "priority", "stage_id"],
			does: `tells of tickets that anybody but our user makes or changes (${watched.join(", ")})`,
		},
		{
			name: ruleNames(mark).messages,
			model: "mail.message",
			trigger: "on_create",
			watched: [],
			filter: `[('model', '=', '${dialect.model}'), ('message_type', 'in', ['comment', 'email'])]`,
			sent: ["model", "res_id", "message_type", "create_date"],
			does: "tells that a ticket has a new message; never its text",
		},
		{
			name: ruleNames(mark).deleted,
			model: dialect.model,
			trigger: "on_unlink",
			watched: [],
			filter: false,
			sent: ["write_date"],
			does: "tells that a ticket is deleted",
		},
	];
}

/** What our rules are called. */
export function ruleNames(mark: string) {
	return { tickets: `${mark}: tickets`, messages: `${mark}: messages`, deleted: `${mark}: deleted tickets` };
}
