import type { Hook } from "../helpdesk.ts";
import { type Dialect, fieldOf } from "./dialects.ts";

/** What a rule does: sends fields to us (never texts, names or addresses: the ticket is read back anyway), or runs Python. */
type RuleAction = { state: "webhook"; sent: string[] } | { state: "code"; code: string };

/** One automation rule with one action. */
export type Rule = {
	name: string;
	model: string;
	trigger: "on_create_or_write" | "on_create" | "on_unlink";
	/** Names of the fields whose change fires; empty where the trigger watches none. */
	watched: string[];
	/** An Odoo domain, as Python writes it; `false`: none. */
	filter: string | false;
	action: RuleAction;
	/** What it does, for people. */
	does: string;
};

const watchable = ["active", "priority", "stage_id", "team_id", "user_id", "partner_id", "channel_id", "name"];

/** What tickets' clocks depend on, and Odoo tracks only where a module asks it to. */
const remembered = ["priority", "team_id"];

/**
 * Writes what fields were before into the ticket's own messages, as Odoo does for fields that it tracks. Odoo 17 and 18
 * give references before a change as a pair, 19 as a record. Whatever goes wrong stays here, in Odoo's log: nobody's save
 * may fail for it.
 */
const tracking = (fields: readonly string[]): string => `\
# Made by Stipt: keeps a history of fields that this Odoo does not track by itself.
try:
    old = (env.context.get("old_values") or {}).get(record.id) or {}
    before = {}
    for name in ${JSON.stringify(fields)}:
        if name in old:
            value = old[name]
            if isinstance(value, tuple):
                value = env[record._fields[name].comodel_name].browse(value[0])
            elif value is False:
                value = record[name].browse() if record._fields[name].type == "many2one" else False
            before[name] = value
    if before:
        described = record.fields_get(list(before), attributes=("string", "type", "selection", "currency_field"))
        changed, values = record._mail_track(described, before)
        if values:
            record._message_log(tracking_value_ids=values)
except Exception as error:
    log("Stipt could not keep the history of %s: %s" % (record, error), level="warning")
`;

/**
 * The rules that tell us of changes, found again by the mark in their names; and one that keeps what Odoo would forget,
 * so that a ledger can be made anew to the second.
 *
 * `watched` is always given: without it, 17 fires on every save, and 18 fires only when a field of the filter changes,
 * which `write_uid` never does. Our own writes fire nothing; what we write is read back by whoever wrote it. Messages
 * have a rule of their own, since rules on tickets do not say which message it was and change what posting answers.
 */
export function rulesFor(
	{ mark }: Pick<Hook, "mark">,
	uid: number,
	{ dialect, fields, tracked }: { dialect: Dialect; fields: readonly string[]; tracked: readonly string[] },
): Rule[] {
	const here = [...watchable.map((name) => fieldOf(dialect, name)), dialect.ends?.field, "x_impact", "x_urgency"];
	const watched = here.filter((field) => typeof field === "string").filter((field) => fields.includes(field));
	const forgotten = remembered
		.map((name) => fieldOf(dialect, name))
		.filter((field) => field !== null)
		.filter((field) => fields.includes(field) && !tracked.includes(field));
	const history: Rule = {
		name: ruleNames(mark).history,
		model: dialect.model,
		trigger: "on_create_or_write",
		watched: forgotten,
		filter: false,
		action: { state: "code", code: tracking(forgotten) },
		does: `keeps what changes of ${forgotten.join(", ")} were before, which this Odoo forgets, as a line among the ticket's messages`,
	};
	return [
		{
			name: ruleNames(mark).tickets,
			model: dialect.model,
			trigger: "on_create_or_write",
			watched,
			filter: `[('write_uid', '!=', ${uid})]`,
			action: { state: "webhook", sent: ["write_date", "write_uid", "priority", "stage_id"] },
			does: `tells of tickets that anybody but our user makes or changes (${watched.join(", ")})`,
		},
		{
			name: ruleNames(mark).messages,
			model: "mail.message",
			trigger: "on_create",
			watched: [],
			filter: `[('model', '=', '${dialect.model}'), ('message_type', 'in', ['comment', 'email'])]`,
			action: { state: "webhook", sent: ["model", "res_id", "message_type", "create_date"] },
			does: "tells that a ticket has a new message; never its text",
		},
		{
			name: ruleNames(mark).deleted,
			model: dialect.model,
			trigger: "on_unlink",
			watched: [],
			filter: false,
			action: { state: "webhook", sent: ["write_date"] },
			does: "tells that a ticket is deleted",
		},
		...(forgotten.length === 0 ? [] : [history]),
	];
}

/** What our rules are called. */
export function ruleNames(mark: string) {
	return {
		tickets: `${mark}: tickets`,
		messages: `${mark}: messages`,
		deleted: `${mark}: deleted tickets`,
		history: `${mark}: history`,
	};
}
