// @ts-check
import { createServer } from "node:net";

/**
 * Whether a port could be listened on now.
 * @param {number} port
 * @param {string} [host]
 */
export async function isFree(port, host = "127.0.0.1") {
	return (await tryPort(port, host)) !== null;
}

/** A port that nobody listens on. @param {string} [host] */
export async function freePort(host = "127.0.0.1") {
	const port = await tryPort(0, host);
	if (port === null) throw new Error(`Expected a free port on ${host}, found none.`);
	return port;
}

/** @param {number} port @param {string} host @returns {Promise<number | null>} */
function tryPort(port, host) {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => {
			if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(null);
			else reject(error);
		});
		server.listen(port, host, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" && address ? address.port : null));
		});
	});
}
