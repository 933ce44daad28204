import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, extname, join, resolve } from "node:path";

const pages = resolve(import.meta.dirname, "../fixtures/pages");
const types: Record<string, string> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
};

export type Site = { origin: string; close(): Promise<void> };

/**
 * Serves the fixture pages in a folder on a free port, whatever the path before their names; an address without a file's
 * name gets `index.html`, and one that asks for it a refusal. For Odoo it also answers which tickets have these numbers.
 */
export async function fixtureSite(folder: string): Promise<Site> {
	const server = createServer(async (request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? "/", "http://site");
		if (searchParams.has("refused")) return void response.writeHead(422).end();
		if (pathname === "/web/dataset/call_kw/helpdesk.ticket/search_read") {
			let text = "";
			for await (const chunk of request) text += String(chunk);
			const { params } = JSON.parse(text) as { params: { kwargs: { domain: [[string, string, string[]]] } } };
			const result = params.kwargs.domain[0][2].map((number) => ({ id: Number(number.slice(2)), number }));
			response
				.writeHead(200, { "Content-Type": "application/json" })
				.end(JSON.stringify({ jsonrpc: "2.0", id: null, result }));
			return;
		}
		const last = basename(pathname);
		const name = extname(last) === "" ? "index.html" : last;
		try {
			const file = await readFile(join(pages, folder, name));
			response.writeHead(200, {
				"Content-Type": types[extname(name)] ?? "application/octet-stream",
				// As strict as a real Zammad's page.
				"Content-Security-Policy":
					"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src * data:; object-src 'none'",
			});
			response.end(file);
		} catch {
			response.writeHead(404).end();
		}
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((done) => {
				server.closeAllConnections();
				server.close(() => done());
			}),
	};
}
