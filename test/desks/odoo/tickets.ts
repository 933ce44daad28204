import { assigned } from "./assign.ts";
import { arm, discharge, fire } from "./automation.ts";
import { type Behaviour, type Computed, type Env, userOf } from "./environment.ts";
import * as fail from "./failure.ts";
import { makeRecord } from "./make-record.ts";
import { closingMail, createdNote, notifyAssignee, track } from "./messages.ts";
import { firstStage } from "./models-helpdesk.ts";
import { owe, settleAll } from "./pending.ts";
import { browseAll } from "./records.ts";
import { need, needVisible } from "./rights.ts";
import { cut } from "./stamp.ts";
import { idOf, idsOf, nextId, type Row, type Value } from "./state.ts";

const model = "helpdesk.ticket";

function rowOf(env: Env, id: number): Row {
	const found = env.cursor.row(model, id);
	if (found === undefined) throw fail.missing(model, id, env.uid);
	return found;
}

/** What Odoo fills in by itself when stage or assignee are written, even the same ones. */
function stamped(env: Env, values: Record<string, Value>): Record<string, Value> {
	const now = cut(env.at);
	const stage = env.cursor.row("helpdesk.ticket.stage", values.stage_id);
	return {
		...values,
		...(stage === undefined ? {} : { last_stage_update: now }),
		...(stage?.closed === true ? { closed_date: now } : {}),
		...(values.user_id ? { assigned_date: now } : {}),
	};
}

/** Makes tickets, as many as there are values; each is announced in its own thread unless it came by mail. */
export async function createTickets(
	env: Env,
	list: Record<string, unknown>[],
	{ byMail = false }: { byMail?: boolean } = {},
): Promise<number[]> {
	need(env, model, "create");
	const { fields, label } = env.core.registry.model(model);
	const ids: number[] = [];
	const unstaged: number[] = [];
	for (const given of list) {
		const values = stamped(env, await assigned(env, model, given, undefined, makeRecord(env)));
		for (const name of ["name", "description"]) {
			if (!values[name]) throw fail.mandatory(label, model, fields[name]?.string ?? name, name);
		}
		const id = nextId(env.core.state, model);
		const number = `HT${String(nextId(env.core.state, "helpdesk.ticket.sequence")).padStart(5, "0")}`;
		const author = idOf(userOf(env).partner_id);
		const assignee = idOf(env.cursor.row("res.users", values.user_id)?.partner_id);
		const by = byMail ? idOf(values.partner_id) : author;
		const row: Row = {
			...{ id, number, active: true, priority: "1", sequence: 10, color: 0, company_id: 1, unattended: false },
			...{ last_stage_update: cut(env.at) },
			...values,
			...{ create_uid: env.uid, create_date: env.at, write_uid: env.uid, write_date: env.at },
			followers: [...new Set([by, assignee])].filter((partner) => partner > 0),
		};
		env.cursor.insert(model, row);
		ids.push(id);
		if (!row.stage_id) unstaged.push(id);
	}
	if (unstaged.length > 0) await compute(env, "stage_id", unstaged);
	owe(
		env,
		"unattended",
		ids.filter((id) => !unstaged.includes(id)),
	);
	if (!byMail) for (const id of ids) await createdNote(env, id);
	await fire(env, model, "create", ids);
	for (const id of ids) await notifyAssignee(env, id, false);
	return ids;
}

/** Changes tickets: rules run after each write, what is computed of it comes when it is read or at the end. */
export async function writeTickets(env: Env, ids: number[], given: Record<string, unknown>): Promise<void> {
	need(env, model, "write");
	const rows = browseAll(env, model, ids, "write");
	const { fields } = env.core.registry.model(model);
	const before = new Map<number, Record<string, Value>>();
	const armed = await arm(env, model, "write", ids);
	for (const row of rows) {
		const values = stamped(env, await assigned(env, model, given, row, makeRecord(env)));
		if (values.number !== undefined && values.number === row.number) delete values.number;
		before.set(row.id, Object.fromEntries(Object.keys(values).map((name) => [name, row[name] ?? false])));
		remember(env, row);
		const assignee = idOf(env.cursor.row("res.users", values.user_id)?.partner_id);
		const followers = idsOf(row.followers);
		env.cursor.change(model, row.id, {
			...values,
			...{ write_uid: env.uid, write_date: env.at },
			followers: assignee === 0 || followers.includes(assignee) ? followers : [...followers, assignee],
		});
		if ("stage_id" in values) owe(env, "unattended", [row.id]);
		if ("team_id" in values && !("stage_id" in values)) owe(env, "stage_id", [row.id]);
		if (fields.user_id !== undefined && values.user_id && values.user_id !== row.user_id) {
			env.last.push(() => notifyAssignee(env, row.id, true));
		}
	}
	await discharge(env, model, armed, before);
}

function remember(env: Env, row: Row): void {
	if (env.before.has(row.id)) return;
	env.before.set(row.id, { stage_id: row.stage_id ?? false, user_id: row.user_id ?? false });
}

/** Deletes tickets and their messages. */
export async function unlinkTickets(env: Env, ids: number[]): Promise<void> {
	need(env, model, "unlink");
	for (const id of ids) needVisible(env, model, rowOf(env, id), "read");
	await fire(env, model, "unlink", ids);
	for (const id of ids) {
		for (const message of env.cursor.rows("mail.message")) {
			if (message.model === model && message.res_id === id) env.cursor.remove("mail.message", message.id);
		}
		env.cursor.remove(model, id);
	}
}

/** Stage after the team, and the stage's flag: computed, stored, and for the rules a write of its own. */
async function compute(env: Env, name: Computed, ids: number[]): Promise<void> {
	const armed = await arm(env, model, "write", ids);
	const before = new Map<number, Record<string, Value>>();
	for (const id of ids) {
		const row = env.cursor.row(model, id);
		if (row === undefined) continue;
		before.set(id, { [name]: row[name] ?? false });
		if (name === "stage_id") {
			if (row.stage_id) remember(env, row);
			const stage = firstStage(env.cursor.rows("helpdesk.ticket.stage"), idOf(row.team_id));
			env.cursor.change(model, id, { stage_id: stage?.id ?? false });
			owe(env, "unattended", [id]);
		} else {
			const stage = env.cursor.row("helpdesk.ticket.stage", row.stage_id);
			env.cursor.change(model, id, { unattended: stage?.unattended ?? false });
		}
	}
	await discharge(env, model, armed, before);
}

/** What a transaction does last: what is still to be computed, the tracking, the mails that follow from it. */
async function finish(env: Env): Promise<void> {
	await settleAll(env);
	if (env.context.tracking_disable === true) return;
	for (const step of env.last) await step();
	for (const [id, before] of env.before) {
		const row = env.cursor.row(model, id);
		if (row === undefined) continue;
		await track(env, row, before);
		const stage = env.cursor.row("helpdesk.ticket.stage", row.stage_id);
		if (row.stage_id !== before.stage_id && stage?.mail_template_id) await closingMail(env, row);
	}
	await settleAll(env);
}

/** How tickets take part in a transaction. */
export const behaviour: Behaviour = { compute, finish, track };
