import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";

/** Sends one webhook and waits for the answer, however it is. Never throws: what fails is a line in Odoo's log. */
export type SendWebhook = (url: string, body: string) => Promise<number | null>;

const redirects = 30;

/** `silence`: how long a receiver may say nothing, in milliseconds; one that drips bytes may take as long as it likes. */
export function createSendWebhook({ silence }: { silence: number }): SendWebhook {
	const exchange = (url: URL, method: "POST" | "GET", body: string | null): Promise<IncomingMessage> =>
		new Promise((resolve, reject) => {
			const send = url.protocol === "https:" ? tlsRequest : plainRequest;
			const headers: Record<string, string> = {
				Host: url.host,
				"User-Agent": "python-requests/2.28.1",
				"Accept-Encoding": "gzip, deflate",
				Accept: "*/*",
				Connection: "keep-alive",
			};
			if (body !== null) {
				headers["Content-Type"] = "application/json";
				headers["Content-Length"] = String(Buffer.byteLength(body));
			}
			if (url.username !== "") {
				const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
				headers.Authorization = `Basic ${Buffer.from(pair).toString("base64")}`;
			}
			const target = {
				protocol: url.protocol,
				hostname: url.hostname,
				port: url.port,
				path: url.pathname + url.search,
			};
			const request = send({ ...target, method, headers, timeout: silence, agent: false });
			request.once("timeout", () => request.destroy(new Error("timed out")));
			request.once("error", reject);
			request.once("response", (response) => {
				response.resume();
				response.once("end", () => resolve(response));
				response.once("error", reject);
				response.once("close", () => reject(new Error("cut off")));
			});
			request.end(body ?? undefined);
		});

	return async (address, body) => {
		try {
			let url = new URL(address);
			let [method, content]: ["POST" | "GET", string | null] = ["POST", body];
			for (let followed = 0; followed < redirects; followed++) {
				if (!/^https?:$/.test(url.protocol)) return null;
				const answer = await exchange(url, method, content);
				const status = answer.statusCode ?? 0;
				const next = answer.headers.location;
				if (![301, 302, 303, 307, 308].includes(status) || next === undefined) return status;
				if (status < 307) [method, content] = ["GET", null];
				url = new URL(next, url);
			}
			return null;
		} catch {
			return null;
		}
	};
}

/** JSON as Python writes it by default: sorted keys, a space after commas and colons, ASCII alone. */
export function pythonJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
	if (value !== null && typeof value === "object") {
		const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
		return `{${pairs.map(([key, inner]) => `${pythonJson(key)}: ${pythonJson(inner)}`).join(", ")}}`;
	}
	return JSON.stringify(value ?? null).replace(
		/[\u007f-\uffff]/g,
		(letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}
