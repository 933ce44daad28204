import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type ReceivedRequest = { method: string; path: string; headers: Record<string, string>; body: string };
export type SinkAnswer = { status: number; headers?: Record<string, string>; body?: unknown } | "silence";

/** A web server on a free port of this machine that keeps what it hears and answers as told. */
export async function httpSink(answer: (request: ReceivedRequest) => SinkAnswer) {
	const requests: ReceivedRequest[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk: Buffer) => chunks.push(chunk));
		request.on("end", () => {
			const received = {
				method: request.method ?? "",
				path: request.url ?? "",
				headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
				body: Buffer.concat(chunks).toString("utf8"),
			};
			requests.push(received);
			const said = answer(received);
			if (said === "silence") return;
			response.writeHead(said.status, { "content-type": "application/json", ...said.headers });
			response.end(said.body === undefined ? "" : JSON.stringify(said.body));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		stop: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** An address of this machine where nobody listens. */
export async function deadAddress(): Promise<string> {
	const sink = await httpSink(() => ({ status: 200 }));
	await sink.stop();
	return sink.address;
}
