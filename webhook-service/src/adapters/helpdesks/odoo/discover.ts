import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import type { DialectId } from "./dialects.ts";
import { type OdooContext, type OdooRpc, odooRpc } from "./rpc.ts";
import type { OdooSettings } from "./settings.ts";

/** The first that has `/json/2`, and says that the older interface goes. */
const firstWithJson2 = 19;

const versionReply = z.looseObject({
	server_version: z.string(),
	server_version_info: z.array(z.union([z.int(), z.string()])).optional(),
});

export type OdooVersion = { version: string; major: number; isEnterprise: boolean };

/** What an Odoo is, and by which interface it said so. */
export type OdooApi = { api: "jsonrpc" | "json2"; version: OdooVersion };

/** Which interface to use. Asks the older one first, which every version up to 21 has. Throws what the call throws. */
export async function discoverApi(context: OdooContext): Promise<OdooApi> {
	const { api } = context.connection.settings;
	const asked = await odooRpc(withSettings(context, { api: api ?? "jsonrpc" }))
		.version()
		.catch((error: unknown) => {
			if (api === undefined && error instanceof ServiceError && error.kind === "misconfigured") return undefined;
			throw error;
		});
	const answer = asked ?? (await odooRpc(withSettings(context, { api: "json2" })).version());
	const read = versionReply.safeParse(answer);
	if (!read.success) throw new ServiceError("unreachable", "an answer that is not Odoo's");
	const { server_version, server_version_info = [] } = read.data;
	const major = Number(/\d+/.exec(String(server_version_info[0] ?? server_version))?.[0] ?? 0);
	return {
		api: api ?? (asked === undefined || major >= firstWithJson2 ? "json2" : "jsonrpc"),
		version: {
			version: server_version,
			major,
			isEnterprise: server_version_info.at(-1) === "e" || /e$/.test(server_version),
		},
	};
}

/** Which kind of tickets: those of a helpdesk where there is one, else tasks. `null`: there are neither. */
export async function discoverDialect(rpc: OdooRpc): Promise<DialectId | "unknown" | null> {
	const asked = ["number", "ticket_ref", "stage_id", "priority"];
	const answer = await rpc.tryExecute("helpdesk.ticket", "fields_get", [asked], { attributes: ["type", "relation"] });
	const fields = "result" in answer ? z.record(z.string(), z.unknown()).safeParse(answer.result).data : undefined;
	if (fields !== undefined) return "number" in fields ? "oca" : "ticket_ref" in fields ? "enterprise" : "unknown";
	if ("failure" in answer && isDenied(answer.failure.name)) return null;
	const tasks = await rpc.tryExecute("project.task", "fields_get", [["stage_id"]], { attributes: ["type"] });
	return "result" in tasks ? "project" : null;
}

/** Fills in what the settings leave open: interface, kind of tickets, Odoo's id of our user. */
export async function discover(context: OdooContext): Promise<OdooSettings> {
	const { settings } = context.connection;
	const { api } = await discoverApi(context);
	const rpc = odooRpc(withSettings(context, { api }));
	const found = settings.dialect ?? (await discoverDialect(rpc));
	if (found === null || found === "unknown") {
		throw new ServiceError(
			"misconfigured",
			"Expected a helpdesk or a project in Odoo, found neither that we may read.",
		);
	}
	return { ...settings, uid: await rpc.uid(), api, dialect: found };
}

/** The same connection with other settings. */
export function withSettings(context: OdooContext, settings: Partial<OdooSettings>): OdooContext {
	return {
		...context,
		connection: { ...context.connection, settings: { ...context.connection.settings, ...settings } },
	};
}

function isDenied(name: string): boolean {
	return name === "odoo.exceptions.AccessDenied";
}
