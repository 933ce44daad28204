import { lookup } from "node:dns/promises";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { isIP } from "node:net";
import axios, { AxiosError, type AxiosInstance, type AxiosResponse } from "axios";
import { ServiceError } from "./errors.ts";

export type CallRequest = {
	method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
	url: string;
	headers?: Record<string, string>;
	/** Sent as JSON unless it is a string. */
	body?: unknown;
	timeoutMs?: number;
	/** Statuses besides 2xx that the caller wants to see instead of an error. */
	accept?: number[];
};

export type CallResponse = {
	status: number;
	headers: Record<string, string>;
	/** Parsed when the answer is JSON, else text. */
	body: unknown;
};

/**
 * One outgoing HTTP request. Throws a classified `ServiceError`: network trouble, timeouts and 5xx are
 * `unreachable`, 420, 425, 429 and 503 `busy`, 401 and 403 `denied`, 404 `unknown`, 409 and 412 `conflict`, other answers `refused`.
 */
export type Call = (request: CallRequest) => Promise<CallResponse>;

const maxAnswerBytes = 20 * 1024 * 1024;

/** A connection of its own per request: kept-alive ones are cut by small web servers just when they are used again. */
const freshConnections = {
	httpAgent: new HttpAgent({ keepAlive: false }),
	httpsAgent: new HttpsAgent({ keepAlive: false }),
};

type CallOptions = { allowPrivate: boolean; timeoutMs?: number };

/** What an answer is waited for when the request does not say. */
const usualTimeoutMs = 15_000;

/**
 * Builds a `Call`. `allowPrivate` lets it reach loopback and private addresses; no request waits longer than `timeoutMs`,
 * whatever it asks for.
 */
export function createCall({ timeoutMs = Number.POSITIVE_INFINITY, ...options }: CallOptions): Call {
	const http: AxiosInstance = axios.create({
		maxRedirects: 0,
		maxContentLength: maxAnswerBytes,
		maxBodyLength: maxAnswerBytes,
		responseType: "text",
		transformResponse: (text: unknown) => text,
		validateStatus: () => true,
		proxy: false,
		...freshConnections,
	});
	return async (request) => {
		const where = describe(request);
		if (!options.allowPrivate) await refusePrivate(request.url);
		let response: AxiosResponse<unknown>;
		try {
			response = await http.request({
				method: request.method,
				url: request.url,
				headers: {
					accept: "application/json",
					"user-agent": "Stipt",
					...(request.body === undefined ? {} : { "content-type": "application/json" }),
					...request.headers,
				},
				...(request.body === undefined
					? {}
					: { data: typeof request.body === "string" ? request.body : JSON.stringify(request.body) }),
				timeout: Math.min(request.timeoutMs ?? usualTimeoutMs, timeoutMs),
			});
		} catch (cause) {
			throw new ServiceError("unreachable", `${where}: ${networkReason(cause)}`, { cause: withoutRequest(cause) });
		}
		const headers = Object.fromEntries(
			Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
		);
		const body = parseBody(String(response.data ?? ""), headers["content-type"] ?? "");
		if ((response.status >= 200 && response.status < 300) || request.accept?.includes(response.status)) {
			return { status: response.status, headers, body };
		}
		throw classify(where, response.status, headers, body);
	};
}

function describe(request: CallRequest): string {
	const url = new URL(request.url);
	return `${request.method} ${url.origin}${url.pathname}`;
}

function networkReason(cause: unknown): string {
	if (cause instanceof AxiosError) {
		if (cause.code === "ECONNABORTED" || cause.code === "ETIMEDOUT") return "no answer in time";
		return cause.code ?? "no answer";
	}
	return "no answer";
}

/** Keeps the code and message of a failure, never the request with its credentials. */
function withoutRequest(cause: unknown): Error {
	return new Error(cause instanceof AxiosError ? `${cause.code}: ${cause.message}` : String(cause));
}

function parseBody(text: string, contentType: string): unknown {
	if (!contentType.includes("json")) return text;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

function classify(where: string, status: number, headers: Record<string, string>, body: unknown): ServiceError {
	const said = saysWhat(body);
	const message = `${where}: answered ${status}${said === "" ? "" : ` (${said})`}`;
	if ([420, 425, 429, 503].includes(status)) {
		return new ServiceError("busy", message, { retryAfterMs: retryAfter(headers["retry-after"]) });
	}
	if (status === 401 || status === 403) return new ServiceError("denied", message);
	if (status === 404 || status === 410) return new ServiceError("unknown", message);
	if (status === 409 || status === 412) return new ServiceError("conflict", message);
	if (status === 408 || status >= 500) return new ServiceError("unreachable", message);
	if (status >= 300 && status < 400) {
		return new ServiceError("refused", `${message}; redirects are not followed: enter the final address`);
	}
	return new ServiceError("refused", message);
}

/** The other side's own words, short; nothing of an HTML page. */
function saysWhat(body: unknown): string {
	if (typeof body !== "object" || body === null) return "";
	const said = (body as Record<string, unknown>).error ?? (body as Record<string, unknown>).message;
	return typeof said === "string" ? said.slice(0, 200) : "";
}

function retryAfter(value: string | undefined): number | undefined {
	const seconds = Number(value);
	return value !== undefined && Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3600) * 1000 : undefined;
}

async function refusePrivate(address: string): Promise<void> {
	const { hostname } = new URL(address);
	const host = hostname.replace(/^\[|\]$/g, "");
	const found = isIP(host) ? [{ address: host }] : await lookup(host, { all: true }).catch(() => []);
	for (const { address: ip } of found) {
		if (isPrivate(ip)) {
			throw new ServiceError(
				"misconfigured",
				`Expected a public address, found ${host} (${ip}). Allow private addresses for this connection if that is meant.`,
			);
		}
	}
}

/** Whether an IP address is loopback, link-local, private, or otherwise not on the public network. */
export function isPrivate(ip: string): boolean {
	const v4 = ip.startsWith("::ffff:") ? ip.slice(7) : ip;
	if (isIP(v4) === 4) {
		const [a = 0, b = 0] = v4.split(".").map(Number);
		return (
			a === 0 ||
			a === 10 ||
			a === 127 ||
			(a === 100 && b >= 64 && b <= 127) ||
			(a === 169 && b === 254) ||
			(a === 172 && b >= 16 && b <= 31) ||
			(a === 192 && b === 168) ||
			a >= 224
		);
	}
	const v6 = ip.toLowerCase();
	return v6 === "::1" || v6 === "::" || /^(fc|fd|fe8|fe9|fea|feb|ff)/.test(v6);
}
