import { z } from "zod";
import type { Call } from "../../../call.ts";
import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { OdooAnswer } from "./rpc.ts";

/** Names of the arguments that the older interface takes by their place. */
const places: Record<string, readonly string[]> = {
	read: ["ids", "fields"],
	search: ["domain"],
	search_read: ["domain"],
	search_count: ["domain"],
	write: ["ids", "vals"],
	create: ["vals_list"],
	unlink: ["ids"],
	message_post: ["ids"],
	fields_get: ["allfields"],
	has_group: ["ids", "group_ext_id"],
	has_access: ["ids", "operation"],
	get_param: ["key"],
	context_get: [],
};

const failed = z.object({ name: z.string(), message: z.string().nullish() });
const identity = z.looseObject({ uid: z.int().positive() });

/** Statuses with which Odoo itself says what was wrong. */
const said = [400, 401, 403, 404, 409, 422, 500];

/** Odoo's `/json/2` (19 and newer): one address per method, arguments by name, real statuses, a key as bearer. */
export function askJson2({ url, db, key, call }: { url: string; db: string; key: string; call: Call }) {
	const headers = { authorization: `Bearer ${key}`, "x-odoo-database": db, connection: "close" };

	async function execute(
		model: string,
		method: string,
		args: unknown[],
		named: Record<string, unknown>,
	): Promise<OdooAnswer> {
		const names = places[method];
		if (names === undefined || args.length > names.length) {
			return { failure: { name: "builtins.AttributeError", message: `${model}.${method} is not called here` } };
		}
		const given = Object.fromEntries(args.map((value, index) => [names[index] ?? "", value]));
		const answer = await call({
			method: "POST",
			url: `${url}/json/2/${model}/${method}`,
			headers,
			body: { ...given, ...named },
			accept: said,
		});
		if (answer.status < 300) return { result: answer.body };
		const failure = failed.safeParse(answer.body).data;
		if (failure !== undefined) {
			return { failure: { name: failure.name, message: (failure.message ?? "").split("\n")[0]?.slice(0, 200) ?? "" } };
		}
		if (answer.status === 401 || answer.status === 403) {
			throw new ServiceError("denied", "Expected Odoo to accept the API key, found it refused.");
		}
		if (answer.status === 404) {
			throw new ServiceError(
				"misconfigured",
				`Expected Odoo's /json/2 at ${url}, found nothing there (Odoo 19 has it).`,
			);
		}
		throw new ServiceError(
			answer.status === 422 ? "refused" : "unreachable",
			`POST ${url}/json/2/${model}/${method}: answered ${answer.status}`,
		);
	}

	return {
		execute,
		async uid(): Promise<number> {
			const answer = await execute("res.users", "context_get", [], {});
			if ("failure" in answer)
				throw new ServiceError("denied", "Expected Odoo to say whose key it is, found it refused.");
			return expectReply(identity, answer.result, "whose key it is").uid;
		},
		async version(): Promise<unknown> {
			const { body } = await call({ method: "GET", url: `${url}/web/version`, headers: { connection: "close" } });
			const { version } = expectReply(z.looseObject({ version: z.string() }), body, "the version of Odoo");
			return { server_version: version };
		},
	};
}
