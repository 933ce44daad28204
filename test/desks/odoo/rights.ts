import { type Env, groupsOf, isIn, userOf } from "./environment.ts";
import * as fail from "./failure.ts";
import { groupLabels, helpdeskUser, type Operation } from "./model.ts";
import { idOf, idsOf, type Row, textOf } from "./state.ts";

const words: Record<Operation, string> = { read: "access", write: "modify", create: "create", unlink: "delete" };

/** Whether a user's groups let it do something with a model. */
export function allowed(env: Env, model: string, operation: Operation): boolean {
	const groups = env.core.registry.model(model).rights[operation];
	return groups.length === 0 || groups.some((group) => isIn(env, group));
}

/** Refuses in Odoo's words. */
export function need(env: Env, model: string, operation: Operation): void {
	if (allowed(env, model, operation)) return;
	const { label, rights } = env.core.registry.model(model);
	const groups = rights[operation].map((group) => `\t- ${groupLabels[group] ?? group}`).join("\n");
	throw fail.access(
		`You are not allowed to ${words[operation]} '${label}' (${model}) records.\n\nThis operation is allowed for the following groups:\n${groups}\n\nContact your administrator to request access if necessary.`,
	);
}

/** Whether a record's own rule shows it: tickets to the helpdesk, else to their contact and followers. */
export function visible(env: Env, model: string, row: Row): boolean {
	if (env.sudo) return true;
	if (model === "helpdesk.ticket") {
		if (isIn(env, helpdeskUser)) return true;
		const partner = idOf(userOf(env).partner_id);
		return row.partner_id === partner || idsOf(row.followers).includes(partner);
	}
	if (model === "mail.message" && row.model === "helpdesk.ticket") {
		const ticket = env.cursor.row("helpdesk.ticket", row.res_id);
		if (ticket === undefined || !visible(env, "helpdesk.ticket", ticket)) return false;
		const me = idOf(userOf(env).partner_id);
		if (row.message_type === "user_notification" && row.author_id !== me && !idsOf(row.partner_ids).includes(me)) {
			return false;
		}
		const note = env.cursor.row("mail.message.subtype", row.subtype_id)?.internal === true;
		return userOf(env).share !== true || (!note && row.is_internal !== true);
	}
	if (model === "res.users" && userOf(env).share === true) return row.id === env.uid;
	if (model === "res.users.apikeys") return row.user_id === env.uid;
	return true;
}

/** Refuses a record that its rule hides. */
export function needVisible(env: Env, model: string, row: Row, operation: Operation): void {
	if (visible(env, model, row)) return;
	const { name } = userOf(env);
	const { label } = env.core.registry.model(model);
	throw fail.access(
		`Uh-oh! Looks like you have stumbled upon some top-secret records.\n\nSorry, ${textOf(name)} (id=${env.uid}) doesn't have '${operation}' access to:\n- ${label} (${model})\n\nIf you really, really need access, perhaps you can win over your friendly administrator with a batch of freshly baked cookies.`,
	);
}

/** Refuses fields that only some groups may read. */
export function needFields(env: Env, model: string, names: readonly string[]): void {
	const { label, fields } = env.core.registry.model(model);
	const hidden = names.filter((name) => {
		const group = fields[name]?.group;
		return group !== undefined && !isIn(env, group);
	});
	if (hidden.length === 0) return;
	const lines = hidden.map((name) => {
		const group = fields[name]?.group ?? "";
		return `- ${name} (allowed for groups '${(groupLabels[group] ?? group).replace("/", " / ")}')`;
	});
	throw fail.access(
		`The requested operation can not be completed due to security restrictions.\n\nDocument type: ${label} (${model})\nOperation: read\nUser: ${env.uid}\nFields:\n${lines.join("\n")}`,
	);
}

/** Whether a user is of a group, by the group's external id. */
export function hasGroup(env: Env, group: string, uid: number = env.uid): boolean {
	return groupsOf(env.cursor.row("res.users", uid)).includes(group);
}
