import { isDeepStrictEqual } from "node:util";
import type { Call, CallRequest } from "../../webhook-service/src/call.ts";
import { ServiceError } from "../../webhook-service/src/errors.ts";
import type { Exchange } from "./helpdesk-fixtures.ts";

/** What a request asks, in words: method and path, or the model and method of a remote call. */
export function asked(request: CallRequest): { what: string; body: unknown } {
	const { pathname, search } = new URL(request.url);
	if (pathname !== "/jsonrpc") return { what: `${request.method} ${pathname}${search}`, body: request.body };
	const { service, method, args } = (request.body as { params: { service: string; method: string; args: unknown[] } })
		.params;
	if (service !== "object") return { what: `${service}.${method}`, body: args };
	const [, , , model, call, positional, named] = args as [string, number, string, string, string, unknown[], unknown];
	const fields = call === "search_read" ? (named as { fields?: string[] }).fields : undefined;
	return {
		what: `${model}.${call}${fields === undefined ? "" : ` ${fields.join(",")}`}`,
		body: [positional, named],
	};
}

/** A helpdesk that answers what is written down, each answer once. `unasked` names what nobody asked for. */
export function replay(exchanges: Exchange[]): { call: Call; unasked(): string[] } {
	const left = [...exchanges];
	const call: Call = async (request) => {
		const { what, body } = asked(request);
		const at = left.findIndex(
			(exchange) =>
				exchange.what === what && (exchange.body === undefined || isDeepStrictEqual(plain(exchange.body), plain(body))),
		);
		const [exchange] = at < 0 ? [] : left.splice(at, 1);
		if (exchange === undefined) {
			throw new Error(
				`Nobody wrote down an answer to ${what} with ${JSON.stringify(body)}; left: ${JSON.stringify(left.map((next) => next.what))}`,
			);
		}
		const status = exchange.status ?? 200;
		if (status >= 300 && !request.accept?.includes(status)) throw classified(status, what);
		return { status, headers: { "content-type": "application/json" }, body: structuredClone(exchange.reply) };
	};
	return { call, unasked: () => left.map(({ what }) => what) };
}

/** Answers every question with one and the same thing. */
export function always(body: unknown): Call {
	return async () => ({ status: 200, headers: {}, body });
}

function classified(status: number, what: string): ServiceError {
	const kind =
		status === 401 || status === 403
			? "denied"
			: status === 404
				? "unknown"
				: status >= 500
					? "unreachable"
					: "refused";
	return new ServiceError(kind, `${what}: answered ${status}`);
}

/** As it would arrive: without what JSON does not carry. */
function plain(value: unknown): unknown {
	return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}
