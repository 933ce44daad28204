import { escapeHtml } from "../escape-html.ts";
import { sanitise } from "../zammad/sanitise.ts";
import { arm, discharge, fire, rulesFor } from "./automation.ts";
import { type Env, userOf } from "./environment.ts";
import * as fail from "./failure.ts";
import { nameOf } from "./records.ts";
import { cut } from "./stamp.ts";
import { idOf, idsOf, nextId, type Row, textOf, type Value } from "./state.ts";

const model = "helpdesk.ticket";
export const subtypes = { comment: 1, note: 2, created: 4 };

type Draft = {
	ticket: Row;
	type: string;
	subtype: number | false;
	author: number | false;
	body?: string;
	internal?: boolean;
	subject?: string;
	recipients?: number[];
	from?: string;
	/** The sender's own date. */
	date?: string;
	/** Whether it is written in the thread by somebody: then it names the record and hangs below the first message. */
	threaded?: boolean;
};

async function addMessage(env: Env, draft: Draft): Promise<number> {
	const { ticket, author, threaded = false } = draft;
	const partner = env.cursor.row("res.partner", author);
	const id = nextId(env.core.state, "mail.message");
	const address = draft.from ?? (partner === undefined ? "" : `"${textOf(partner.name)}" <${textOf(partner.email)}>`);
	const name = `${textOf(ticket.number)} - ${textOf(ticket.name)}`;
	const first = env.cursor.rows("mail.message").find((row) => row.model === model && row.res_id === ticket.id);
	env.cursor.insert("mail.message", {
		...{ id, model, res_id: ticket.id, record_name: threaded && name },
		...{ message_type: draft.type, subtype_id: draft.subtype, author_id: author, body: draft.body ?? "" },
		...{
			is_internal: draft.internal ?? false,
			subject: draft.subject ?? false,
			email_from: address,
			reply_to: address,
		},
		...{ partner_ids: draft.recipients ?? [], tracking_value_ids: [], parent_id: threaded && (first?.id ?? false) },
		...{ date: draft.date ?? cut(env.at), message_id: `<${id}.${ticket.id}-openerp-${ticket.id}-${model}@desk>` },
		...{ create_uid: env.uid, create_date: env.at, write_uid: env.uid, write_date: env.at },
	});
	await fire(env, "mail.message", "create", [id]);
	return id;
}

const ticketOf = (env: Env, id: number): Row => {
	const found = env.cursor.row(model, id);
	if (found === undefined) throw fail.missing(model, id, env.uid);
	return found;
};

/** "Ticket created". */
export async function createdNote(env: Env, id: number): Promise<void> {
	const author = idOf(userOf(env).partner_id);
	await addMessage(env, {
		ticket: ticketOf(env, id),
		type: "notification",
		subtype: subtypes.created,
		author,
		threaded: true,
	});
}

const labels: Record<string, [string, string]> = {
	user_id: ["Assigned user", "Toegewezen gebruiker"],
	stage_id: ["Stage", "Fase"],
	team_id: ["Team", "Team"],
	priority: ["Priority", "Prioriteit"],
};

/** One message with what changed of what was remembered, in the writer's language. */
export async function track(env: Env, ticket: Row, before: Record<string, Value>): Promise<void> {
	const changed = Object.keys(before).filter((name) => (ticket[name] ?? false) !== before[name]);
	if (changed.length === 0) return;
	const author = idOf(userOf(env).partner_id);
	const message = await addMessage(env, {
		...{ ticket, type: "notification", subtype: subtypes.note, author, internal: true },
	});
	const written = { ...env, context: { lang: env.context.lang ?? textOf(userOf(env).lang) } };
	const values = changed.map((name) => {
		const { relation = "", selection } = env.core.registry.field(model, name);
		const field = env.cursor.rows("ir.model.fields").find((row) => row.model === model && row.name === name);
		const word = (value: Value | undefined) => {
			if (!value) return "";
			if (selection === undefined) return nameOf(written, relation, idOf(value)) || "";
			return selection.find(([key]) => key === value)?.[1] ?? "";
		};
		const id = nextId(env.core.state, "mail.tracking.value");
		env.cursor.insert("mail.tracking.value", {
			...{ id, field_id: field?.id ?? false, mail_message_id: message },
			...{ old_value_integer: idOf(before[name]), old_value_char: word(before[name]) },
			...{ new_value_integer: idOf(ticket[name]), new_value_char: word(ticket[name]) },
			...{ create_uid: env.uid, create_date: env.at, write_uid: env.uid, write_date: env.at },
		});
		return id;
	});
	env.cursor.change("mail.message", message, { tracking_value_ids: values });
}

/** The mail that a customer gets when a ticket is closed. */
export async function closingMail(env: Env, ticket: Row): Promise<void> {
	const author = idOf(userOf(env).partner_id);
	const number = textOf(ticket.number);
	await addMessage(env, {
		...{ ticket, type: "email_outgoing", subtype: false, author, subject: `The ticket ${number} has been closed.` },
		from: "",
		body: `<p>Your ticket ${escapeHtml(number)} has been closed.</p>`,
	});
}

/** The mail to somebody whom somebody else gave a ticket. */
export async function notifyAssignee(env: Env, id: number, changed: boolean): Promise<void> {
	const ticket = env.cursor.row(model, id);
	const assignee = env.cursor.row("res.users", ticket?.user_id);
	if (ticket === undefined || assignee === undefined || assignee.id === env.uid) return;
	if (env.context.mail_auto_subscribe_no_notify === true || (!changed && env.uid === assignee.id)) return;
	await addMessage(env, {
		...{ ticket, type: "user_notification", subtype: subtypes.note, author: idOf(userOf(env).partner_id) },
		...{
			internal: true,
			recipients: [idOf(assignee.partner_id)],
			subject: `You have been assigned to ${textOf(ticket.name)}`,
		},
		body: `<p>You have been assigned to ${escapeHtml(`${textOf(ticket.number)} - ${textOf(ticket.name)}`)}.</p>`,
	});
}

export type Post = Record<string, unknown>;

function subtypeOf(env: Env, post: Post): number {
	if (typeof post.subtype_id === "number") return post.subtype_id;
	const xmlid = typeof post.subtype_xmlid === "string" ? post.subtype_xmlid : "mail.mt_note";
	const [module, name] = xmlid.split(".");
	const found = env.cursor.rows("ir.model.data").find((row) => row.module === module && row.name === name);
	return found === undefined ? subtypes.note : idOf(found.res_id);
}

/** Writes in a ticket's thread; answers the message's id, or that strange text once rules on messages exist. */
export async function postMessage(env: Env, id: number, post: Post): Promise<number | string> {
	const ticket = ticketOf(env, id);
	const me = userOf(env);
	const subtype = subtypeOf(env, post);
	const given = typeof post.body === "string" ? post.body : "";
	const html = post.body_is_html === true && me.share !== true;
	const author = "author_id" in post ? idOf(post.author_id as Value) || false : idOf(me.partner_id);
	const type = typeof post.message_type === "string" ? post.message_type : "notification";
	const recipients = idsOf(post.partner_ids as Value);
	const ownSubject =
		subtype === subtypes.comment ? { subject: `${textOf(ticket.number)} - ${textOf(ticket.name)}` } : {};
	const message = await addMessage(env, {
		...{ ticket, type, subtype, author, recipients, internal: post.is_internal === true, threaded: true },
		...ownSubject,
		body: html ? sanitise(given) : given === "" ? "" : `<p>${escapeHtml(given)}</p>`,
		...(typeof post.email_from === "string" ? { from: post.email_from } : {}),
		...(typeof post.date === "string" ? { date: post.date } : {}),
		...(typeof post.subject === "string" ? { subject: post.subject } : {}),
	});
	const writer = env.cursor.rows("res.users").find((row) => row.partner_id === author && row.share !== true);
	const isNote = env.cursor.row("mail.message.subtype", subtype)?.internal === true;
	await giveToken(env, id, !isNote && writer !== undefined, [...idsOf(ticket.followers), ...recipients], author || 0);
	follow(env, id, post, author || 0);

	const skipped = isNote || ["notification", "auto_comment", "user_notification"].includes(type);
	const trigger = writer === undefined ? "on_message_received" : "on_message_sent";
	if (!skipped && env.busy.size === 0) await fire(env, model, trigger, [id]);
	const strange = [...rulesFor(env, model, "on_message_received"), ...rulesFor(env, model, "on_message_sent")];
	return strange.length > 0 ? `mail.message(${message},)` : message;
}

/** The first mail about a ticket makes its link: a write that means nothing to anybody. */
async function giveToken(env: Env, id: number, outgoing: boolean, reach: number[], author: number): Promise<void> {
	const ticket = ticketOf(env, id);
	if (!outgoing || ticket.access_token || !reach.some((partner) => partner !== author)) return;
	const armed = await arm(env, model, "write", [id]);
	const token = `${env.core.state.sessionKey}${id}`.slice(0, 8);
	env.cursor.change(model, id, { access_token: `${token}-${id}`, write_uid: env.uid, write_date: env.at });
	await discharge(env, model, armed, new Map([[id, { access_token: false }]]));
}

function follow(env: Env, id: number, post: Post, author: number): void {
	const joins = env.context.mail_post_autofollow === true ? idsOf(post.partner_ids as Value) : [];
	const followers = idsOf(ticketOf(env, id).followers);
	const writes = post.message_type === "comment" ? [author] : [];
	const all = [...new Set([...followers, ...joins, ...writes])].filter((partner) => partner > 0);
	if (all.length > followers.length) env.cursor.change(model, id, { followers: all });
}

/** Messages as `message_format` gives them to the chatter and to everybody who reads. */
export function formatMessages(env: Env, rows: Row[]) {
	return rows.map((row) => {
		const name =
			row.record_name || (typeof row.res_id === "number" ? nameOf(env, textOf(row.model), row.res_id) : false);
		const partner = env.cursor.row("res.partner", row.author_id);
		const own = env.cursor.rows("res.users").find((one) => one.partner_id === row.author_id);
		const subtype = env.cursor.row("mail.message.subtype", row.subtype_id);
		return {
			...{ id: row.id, body: row.body, date: cut(textOf(row.date)), email_from: row.email_from },
			message_type: row.message_type,
			subtype_id: subtype === undefined ? false : [subtype.id, subtype.name],
			...{ subject: row.subject, model: row.model, res_id: row.res_id, record_name: name },
			starred_partner_ids: [],
			author:
				partner === undefined
					? false
					: {
							...{ id: partner.id, name: partner.name, is_company: partner.is_company === true },
							user: own === undefined ? false : { id: own.id, isInternalUser: own.share !== true },
							type: "partner",
						},
			...{ default_subject: name, notifications: [], attachments: [] },
			trackingValues: idsOf(row.tracking_value_ids).map((id) => trackedValue(env, id)),
			...{ linkPreviews: [], reactions: [], pinned_at: false },
			...{ create_date: cut(textOf(row.create_date)), write_date: cut(textOf(row.write_date)) },
			...{ needaction_partner_ids: [], history_partner_ids: [] },
			...{ is_note: subtype?.id === subtypes.note, is_discussion: subtype?.id === subtypes.comment },
			subtype_description: textOf(subtype?.description) || false,
			...{ recipients: [], scheduledDatetime: false, sms_ids: [] },
			module_icon: "/helpdesk_mgmt/static/description/icon.png",
		};
	});
}

function trackedValue(env: Env, id: number) {
	const row = env.cursor.row("mail.tracking.value", id);
	const name = textOf(env.cursor.row("ir.model.fields", row?.field_id)?.name);
	const [english, dutch] = labels[name] ?? [name, name];
	const lang = String(env.context.lang ?? "");
	return {
		...{
			changedField: lang.startsWith("nl") ? dutch : english,
			id,
			fieldName: name,
			fieldType: env.core.registry.field(model, name).type,
		},
		newValue: { currencyId: false, value: row?.new_value_char ?? "" },
		oldValue: { currencyId: false, value: row?.old_value_char ?? "" },
	};
}
