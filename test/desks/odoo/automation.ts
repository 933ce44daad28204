import { namesIn, pythonDomain } from "./domain.ts";
import type { Env } from "./environment.ts";
import * as fail from "./failure.ts";
import { settle } from "./pending.ts";
import { fieldValue, holdsFor } from "./records.ts";
import { pythonJson } from "./send-webhook.ts";
import { idsOf, type Row, textOf, type Value } from "./state.ts";

const onSet = ["on_priority_set", "on_stage_set", "on_user_set", "on_tag_set", "on_state_set"];
const onCreate = ["on_create", "on_create_or_write", ...onSet];
const onWrite = ["on_write", "on_create_or_write", ...onSet, "on_archive", "on_unarchive"];

export type Happening = "create" | "write" | "unlink" | "on_message_received" | "on_message_sent";

/** Rules of a model that a happening may set off, with the records that were of their first filter before it. */
export type Armed = { rule: Row; ids: number[] }[];

function domainOf(rule: Row, name: "filter_domain" | "filter_pre_domain"): unknown[] {
	const text = textOf(rule[name]);
	return text === "" ? [] : pythonDomain(text);
}

async function within(env: Env, model: string, ids: number[], domain: unknown[]): Promise<number[]> {
	for (const name of namesIn(domain)) await settle(env, name, ids);
	return ids.filter((id) => {
		const row = env.cursor.row(model, id);
		return row !== undefined && holdsFor({ ...env, context: {} }, model, row, domain);
	});
}

/** Active rules of a model for a happening, oldest first. */
export function rulesFor(env: Env, model: string, happening: Happening): Row[] {
	const triggers = { create: onCreate, write: onWrite, unlink: ["on_unlink"] }[happening as "create"] ?? [happening];
	const described = env.cursor.rows("ir.model").find((row) => row.model === model)?.id;
	return env.cursor
		.rows("base.automation")
		.filter((rule) => rule.active !== false && rule.model_id === described && triggers.includes(textOf(rule.trigger)))
		.sort((a, b) => a.id - b.id);
}

/** Finds the rules before a change, and which records are of their filter for the time before it. */
export async function arm(env: Env, model: string, happening: Happening, ids: number[]): Promise<Armed> {
	const armed: Armed = [];
	for (const rule of rulesFor(env, model, happening)) {
		armed.push({ rule, ids: await within(env, model, ids, domainOf(rule, "filter_pre_domain")) });
	}
	return armed;
}

/**
 * Runs the armed rules after a change: rule by rule, record by record. `old`: values before, by record; a rule that
 * watches fields runs only where one of them differs. Without `old` (a creation) every rule runs.
 */
export async function discharge(
	env: Env,
	model: string,
	armed: Armed,
	old?: ReadonlyMap<number, Readonly<Record<string, Value>>>,
): Promise<void> {
	for (const { rule, ids } of armed) {
		const matching = await within(env, model, ids, domainOf(rule, "filter_domain"));
		const watched = namesOf(env, idsOf(rule.trigger_field_ids));
		const due = matching.filter((id) => {
			const row = env.cursor.row(model, id);
			const before = old?.get(id);
			if (watched.length === 0 || before === undefined || row === undefined) return true;
			return watched.some((name) => name in before && pythonJson(before[name]) !== pythonJson(row[name] ?? false));
		});
		const busy = env.busy.get(rule.id) ?? new Set<number>();
		const rest = due.filter((id) => !busy.has(id));
		if (rest.length === 0) continue;
		const inner: Env = { ...env, sudo: true, busy: new Map([...env.busy, [rule.id, new Set([...busy, ...rest])]]) };
		for (const action of idsOf(rule.action_server_ids)) {
			for (const id of rest) await run(inner, action, { model, id, before: old?.get(id) ?? {} });
		}
	}
}

/** Both steps around a change that has no time before it. */
export async function fire(env: Env, model: string, happening: Happening, ids: number[]): Promise<void> {
	await discharge(env, model, await arm(env, model, happening, ids));
}

function namesOf(env: Env, ids: number[]): string[] {
	return ids.map((id) => textOf(env.cursor.row("ir.model.fields", id)?.name));
}

type Subject = { model: string; id: number; before: Readonly<Record<string, Value>> };

/**
 * Does an action for one record, inside the transaction: sends a webhook's request, or does what Python code that calls
 * `_mail_track` does, for the fields of its list. Other kinds, and other code, do nothing here.
 */
async function run(env: Env, id: number, { model, id: record, before }: Subject): Promise<void> {
	const action = env.cursor.row("ir.actions.server", id);
	const row = env.cursor.row(model, record);
	if (action?.state === "code" && row !== undefined) {
		const code = textOf(action.code);
		const names: string[] = code.includes("_mail_track")
			? JSON.parse(/for name in (\[.*\])/.exec(code)?.[1] ?? "[]")
			: [];
		await env.track(env, row, Object.fromEntries(Object.entries(before).filter(([name]) => names.includes(name))));
	}
	if (action === undefined || action.state !== "webhook") return;
	const url = textOf(action.webhook_url);
	if (url === "") {
		throw fail.user("I'll be happy to send a webhook for you, but you really need to give me a URL to reach out to...");
	}
	const body: Record<string, unknown> = { _action: `${textOf(action.name)}(#${id})`, _id: record, _model: model };
	const names = namesOf(env, idsOf(action.webhook_field_ids));
	for (const name of names) await settle(env, name, [record]);
	const settled = env.cursor.row(model, record);
	if (names.length > 0 && settled !== undefined) {
		body.id = record;
		for (const name of names) body[name] = fieldValue({ ...env, context: {} }, model, settled, name);
	}
	await env.core.send(url, pythonJson(body));
}
