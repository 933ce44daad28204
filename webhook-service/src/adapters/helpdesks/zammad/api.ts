import { z } from "zod";
import type { CallRequest } from "../../../call.ts";
import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { HelpdeskContext } from "../helpdesk.ts";
import { meReply } from "./replies.ts";
import type { ZammadSettings } from "./settings.ts";

export type ZammadContext = HelpdeskContext<ZammadSettings>;

/** Zammad's REST API, as the connection's user. Paths begin behind `/api/v1`. */
export type ZammadApi = {
	send(method: CallRequest["method"], path: string, body?: unknown): Promise<unknown>;
	/** `undefined` when Zammad itself says that there is no such thing. */
	find(path: string): Promise<unknown>;
};

/** A search takes Zammad some milliseconds a ticket, and much more when it is busy: given up too early, no poll ever ends. */
const searchMs = 60_000;

const saysNotFound = z.object({ error: z.string() });

/** Opens the API of a connection, as its user or as the owner of another token. */
export function zammadApi({ connection, call }: ZammadContext, token: string = connection.settings.token): ZammadApi {
	const request = (method: CallRequest["method"], path: string): CallRequest => ({
		method,
		url: `${connection.url}/api/v1${path}`,
		headers: {
			authorization: `Token token=${token}`,
			accept: "application/json",
			// Zammad's own web server drops a kept connection after some requests without a word: 9 % of calls failed.
			connection: "close",
		},
		...(path === "/tickets/search" ? { timeoutMs: searchMs } : {}),
	});
	const ask = async (method: CallRequest["method"], path: string, body?: unknown): Promise<unknown> => {
		const answer = await call({ ...request(method, path), accept: [404], ...(body === undefined ? {} : { body }) });
		if (answer.status !== 404) return answer.body;
		if (saysNotFound.safeParse(answer.body).success) {
			throw new ServiceError("unknown", `Expected to find ${path} at ${connection.url}, found no such thing.`);
		}
		throw new ServiceError(
			"unreachable",
			`Expected Zammad's own answer from ${connection.url}, found a 404 that is not Zammad's. Is a proxy in between?`,
		);
	};
	return {
		send: ask,
		find: (path) =>
			ask("GET", path).catch((error: unknown) => {
				if (error instanceof ServiceError && error.kind === "unknown") return undefined;
				throw error;
			}),
	};
}

/** Zammad's id of the connection's user. */
export async function ownUserId({ connection }: ZammadContext, api: ZammadApi): Promise<number> {
	return connection.settings.userId ?? expectReply(meReply, await api.send("GET", "/users/me"), "a user of Zammad").id;
}
