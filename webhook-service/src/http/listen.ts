import { createServer, type Server } from "node:http";
import type { Express } from "express";

/** Listens, or rejects with why not (a taken port). Port 0 takes a free one. Answers the port. */
export function listen(
	app: Express,
	{ port, host }: { port: number; host: string },
): Promise<{ server: Server; port: number }> {
	return new Promise((resolve, reject) => {
		const server = createServer(app);
		server.once("error", reject);
		server.listen(port, host, () => {
			server.removeListener("error", reject);
			const address = server.address();
			resolve({ server, port: typeof address === "object" && address !== null ? address.port : port });
		});
	});
}

/** Stops listening, lets running answers finish for a moment, then cuts what is left. */
export function stopListening(server: Server, patienceMs = 2000): Promise<void> {
	return new Promise((resolve) => {
		const cut = setTimeout(() => server.closeAllConnections(), patienceMs);
		server.close(() => {
			clearTimeout(cut);
			resolve();
		});
		server.closeIdleConnections();
	});
}
