import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as a desk reads it: the body is raw bytes. */
export type Asked = {
	method: string;
	path: string;
	query: URLSearchParams;
	headers: Record<string, string>;
	raw: Buffer;
};

/** What is answered: an object as JSON, a text as it is, or a stream that the desk keeps writing to. */
export type Answer = {
	status: number;
	headers?: Record<string, string>;
	json?: unknown;
	text?: string | Buffer;
	stream?: (response: ServerResponse) => void;
};

export type Face = { url: string; port: number; close(): Promise<void> };

const largestBody = 20 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > largestBody) throw new Error(`Expected a body of at most ${largestBody} bytes, found more.`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function write(response: ServerResponse, answer: Answer): void {
	const headers = { ...answer.headers };
	if (answer.stream) {
		response.writeHead(answer.status, headers);
		answer.stream(response);
		return;
	}
	const body = answer.json === undefined ? (answer.text ?? "") : JSON.stringify(answer.json);
	if (answer.json !== undefined) headers["Content-Type"] ??= "application/json; charset=utf-8";
	response.writeHead(answer.status, { ...headers, "Content-Length": Buffer.byteLength(body) });
	response.end(body);
}

function bind(server: Server, port: number, host: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, host, () => {
			server.off("error", reject);
			resolve();
		});
	});
}

/** Whether a port could not be had because somebody else has it. */
export function isTaken(error: unknown): boolean {
	return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

/**
 * Serves `answer` on a port of `host` (loopback unless said otherwise). Port 0 takes a free one; with `orFree` a port
 * that somebody else has is replaced by a free one instead of failing. Answers are dated by `now`.
 */
export async function serve(
	answer: (asked: Asked) => Answer | Promise<Answer>,
	{
		port,
		host = "127.0.0.1",
		orFree = false,
		now = Date.now,
	}: { port: number; host?: string; orFree?: boolean; now?: () => number },
): Promise<Face> {
	const server = createServer(async (request, response) => {
		response.setHeader("Date", new Date(now()).toUTCString());
		try {
			const url = new URL(request.url ?? "/", "http://desk");
			const headers: Record<string, string> = {};
			for (const [name, value] of Object.entries(request.headers)) {
				headers[name] = Array.isArray(value) ? value.join(", ") : (value ?? "");
			}
			const raw = await readBody(request);
			const path = decodeURI(url.pathname);
			write(response, await answer({ method: request.method ?? "GET", path, query: url.searchParams, headers, raw }));
		} catch (error) {
			if (response.headersSent) response.destroy();
			else write(response, { status: 500, json: { error: error instanceof Error ? error.message : "unknown" } });
		}
	});
	try {
		await bind(server, port, host);
	} catch (error) {
		if (!orFree || !isTaken(error)) throw error;
		await bind(server, 0, host);
	}
	const bound = (server.address() as AddressInfo).port;
	return {
		url: `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${bound}`,
		port: bound,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
