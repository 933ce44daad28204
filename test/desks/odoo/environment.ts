import { type Cursor, createCursor, type Versions } from "./cursor.ts";
import { OdooFailure } from "./failure.ts";
import type { Registry } from "./registry.ts";
import type { SendWebhook } from "./send-webhook.ts";
import type { DeskState, Row, Value } from "./state.ts";

/** What every part of the desk shares. */
export type Core = {
	state: DeskState;
	versions: Versions;
	registry: Registry;
	/** The time of day with microseconds, as Python writes it. */
	stamp(at?: number): string;
	send: SendWebhook;
	/** Keeps the state on disk. */
	changed(): void;
	readonly publicUrl: string;
	readonly db: string;
};

export type Context = Record<string, unknown>;

/** Fields of a ticket that are computed and kept. */
export type Computed = "stage_id" | "unattended";

/** One transaction of one user. */
export type Env = {
	core: Core;
	cursor: Cursor;
	uid: number;
	/** Rights are not asked: automation rules read and write as nobody in particular. */
	sudo: boolean;
	context: Context;
	/** When the transaction began: every date that it writes. */
	at: string;
	/** Stored fields that are still to be computed, by name: done when read, at the latest before the commit. */
	pending: Map<Computed, Set<number>>;
	compute: Behaviour["compute"];
	track: Behaviour["track"];
	/** Tracked values of tickets before their first change. */
	before: Map<number, Record<string, Value>>;
	/** Done after everything else, before the commit. */
	last: (() => Promise<void>)[];
	/** Records that a rule works on, by rule: it does not start again on them below itself. */
	busy: ReadonlyMap<number, ReadonlySet<number>>;
};

export type Asking = { uid: number; sudo?: boolean; context?: Context; at?: number };

export type Behaviour = {
	/** Computes a stored field of tickets, with the rules that this sets off. */
	compute: (env: Env, name: Computed, ids: number[]) => Promise<void>;
	/** Computes and writes whatever a transaction still owes. */
	finish: (env: Env) => Promise<void>;
	/** Writes what remembered fields were before into the ticket's messages. */
	track: (env: Env, ticket: Row, before: Record<string, Value>) => Promise<void>;
};

const attempts = 6;

/** Runs a body as one whole; again, with everything it sends, when somebody else changed the same rows meanwhile. */
export async function transaction<T>(
	core: Core,
	{ uid, sudo = false, context = {}, at }: Asking,
	{ compute, finish, track }: Behaviour,
	body: (env: Env) => Promise<T>,
): Promise<T> {
	for (let attempt = 0; attempt < attempts; attempt++) {
		const env: Env = {
			core,
			cursor: createCursor(core.state, core.versions),
			uid,
			sudo,
			context,
			at: core.stamp(at),
			pending: new Map(),
			...{ compute, track },
			before: new Map(),
			last: [],
			busy: new Map(),
		};
		const result = await body(env);
		await finish(env);
		if (!env.cursor.commit()) continue;
		core.changed();
		return result;
	}
	throw new OdooFailure(
		"psycopg2.errors.SerializationFailure",
		"could not serialize access due to concurrent update\n",
	);
}

export function userOf(env: Env): Row {
	const found = env.cursor.row("res.users", env.uid);
	if (found === undefined) throw new Error(`Expected a user ${env.uid}, found none.`);
	return found;
}

/** Groups of a user, by external id; kept beside the row. */
export function groupsOf(row: Row | undefined): string[] {
	return typeof row?.groups === "string" ? row.groups.split(",") : [];
}

export function isIn(env: Env, group: string): boolean {
	return env.sudo || groupsOf(userOf(env)).includes(group);
}
