import { z } from "zod";
import { type ErrorKind, ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { HelpdeskContext } from "../helpdesk.ts";
import { type Dialect, dialects } from "./dialects.ts";
import { askJson2 } from "./json2.ts";
import type { OdooSettings } from "./settings.ts";

export type OdooContext = HelpdeskContext<OdooSettings>;

/** A failure by its class name in Odoo: texts are translated, names are not. */
export type OdooFailure = { name: string; message: string };
export type OdooAnswer = { result: unknown } | { failure: OdooFailure };

/** Odoo's remote calls (`/jsonrpc`, or `/json/2` from 19 on), as the connection's user. */
export type OdooRpc = {
	/** What this Odoo calls tickets, and their fields. */
	dialect: Dialect;
	version(): Promise<unknown>;
	/** Odoo's id of the connection's user. */
	uid(): Promise<number>;
	/** Calls a method of a model. Throws a classified `ServiceError`. */
	execute(model: string, method: string, args: unknown[], named?: Record<string, unknown>): Promise<unknown>;
	/** The same, for a caller who can do without: what Odoo refuses is an answer. */
	tryExecute(model: string, method: string, args: unknown[], named?: Record<string, unknown>): Promise<OdooAnswer>;
	/** `search_read`, checked row by row. */
	search<T>(
		model: string,
		query: { domain: unknown[]; fields: string[]; row: z.ZodType<T> } & Record<string, unknown>,
	): Promise<T[]>;
	/** Which fields of the matrix tickets have. Asked each time: an administrator may add or remove them. */
	matrixFields(): Promise<string[]>;
};

const reply = z.union([
	z.object({
		error: z.object({
			message: z.string().optional(),
			data: z.object({ name: z.string(), message: z.string().nullish() }).optional(),
		}),
	}),
	z.object({ jsonrpc: z.literal("2.0"), result: z.unknown().optional() }),
]);

/** The same connection as the user who may install, where one is given for it. */
export function asInstaller(context: OdooContext): OdooContext {
	const { db, installLogin: login, installKey: key, dialect, api } = context.connection.settings;
	if (login === undefined || key === undefined) return context;
	const settings = {
		db,
		login,
		key,
		...(dialect === undefined ? {} : { dialect }),
		...(api === undefined ? {} : { api }),
	};
	return { ...context, connection: { ...context.connection, settings } };
}

/** In English whatever the user's language, and archived rows included. */
export const plain = { lang: "en_US", active_test: false };

/** Opens the RPC of a connection. */
export function odooRpc({ connection, call }: OdooContext): OdooRpc {
	const { db, login, key } = connection.settings;
	const dialect = dialects[connection.settings.dialect ?? "oca"];
	const json2 = connection.settings.api === "json2" ? askJson2({ url: connection.url, db, key, call }) : undefined;

	async function ask(service: "common" | "object", method: string, args: unknown[]): Promise<OdooAnswer> {
		const answer = await call({
			method: "POST",
			url: `${connection.url}/jsonrpc`,
			headers: { connection: "close" },
			body: { jsonrpc: "2.0", method: "call", id: 1, params: { service, method, args } },
			accept: [404],
		});
		if (answer.status === 404) {
			throw new ServiceError(
				"misconfigured",
				`Expected Odoo's /jsonrpc at ${connection.url}, found nothing there (Odoo 22 no longer has it).`,
			);
		}
		const read = expectReply(reply, answer.body, "an answer of Odoo");
		if (!("error" in read)) return { result: read.result };
		const { data, message } = read.error;
		return { failure: { name: data?.name ?? "unknown", message: firstLine(data?.message ?? message ?? "") } };
	}

	let known: Promise<number> | undefined;
	const uid = (): Promise<number> => {
		known ??= connection.settings.uid === undefined ? authenticate() : Promise.resolve(connection.settings.uid);
		return known;
	};
	async function authenticate(): Promise<number> {
		if (json2 !== undefined) return json2.uid();
		const found = z.int().safeParse(resultOf(await ask("common", "authenticate", [db, login, key, {}])));
		if (found.success) return found.data;
		throw new ServiceError("denied", "Expected Odoo to accept the login and the API key, found them refused.");
	}

	const tryExecute: OdooRpc["tryExecute"] = async (model, method, args, named = {}) =>
		json2?.execute(model, method, args, named) ??
		ask("object", "execute_kw", [db, await uid(), key, model, method, args, named]);
	const execute: OdooRpc["execute"] = async (model, method, args, named) =>
		resultOf(await tryExecute(model, method, args, named), `${model}.${method}`);

	return {
		dialect,
		version: async () => json2?.version() ?? resultOf(await ask("common", "version", [])),
		uid,
		execute,
		tryExecute,
		search: async (model, { domain, fields, row, ...rest }) =>
			expectReply(
				z.array(row),
				await execute(model, "search_read", [domain], { fields, load: "", context: plain, ...rest }),
				`rows of ${model}`,
			),
		matrixFields: async () => {
			const wanted = ["x_impact", "x_urgency"];
			const fields = await execute(dialect.model, "fields_get", [wanted], { attributes: ["type"] });
			const found = expectReply(z.record(z.string(), z.unknown()), fields, "the fields of a ticket");
			return wanted.filter((field) => field in found);
		},
	};
}

const kinds: Record<string, ErrorKind> = {
	"odoo.exceptions.AccessDenied": "denied",
	"odoo.exceptions.AccessError": "denied",
	"odoo.http.SessionExpiredException": "denied",
	"odoo.exceptions.MissingError": "unknown",
	"odoo.exceptions.UserError": "refused",
	"odoo.exceptions.ValidationError": "refused",
	"odoo.exceptions.RedirectWarning": "refused",
};

/** The result of a call. Throws what Odoo refused, classified by the name of its exception, never by its text. */
export function resultOf(answer: OdooAnswer, what = "the call"): unknown {
	if ("result" in answer) return answer.result;
	const { name, message } = answer.failure;
	const kind = kinds[name] ?? (name.startsWith("psycopg2.") ? "unreachable" : "refused");
	throw new ServiceError(kind, `Odoo refuses ${what}: ${name}${message === "" ? "" : ` (${message})`}`);
}

/** Later lines name people and records. */
function firstLine(text: string): string {
	return (text.split("\n")[0] ?? "").slice(0, 200);
}
