// @ts-check
import { connect } from "node:net";

/**
 * Asks a Redis whether it is ready; answers its own word, or why there is none.
 * @param {{ port: number, password?: string }} where on the loopback interface
 * @returns {Promise<string>} `PONG` when it is ready
 */
export function pingRedis({ port, password }) {
	return new Promise((resolve) => {
		const socket = connect(port, "127.0.0.1");
		let said = "";
		const end = (/** @type {string} */ answer) => {
			socket.destroy();
			resolve(answer);
		};
		socket.setTimeout(1000, () => end("no answer"));
		socket.once("error", (error) => end(error.message));
		socket.once("close", () => end("closed"));
		socket.write(password === undefined ? "PING\r\n" : `AUTH ${password}\r\nPING\r\n`);
		socket.on("data", (chunk) => {
			said += chunk;
			const lines = said.split("\r\n").slice(0, -1);
			const failed = lines.find((line) => line.startsWith("-"));
			if (failed) end(failed.slice(1));
			else if (lines.includes("+PONG")) end("PONG");
		});
	});
}

/**
 * Waits until a Redis is ready, reading its file meanwhile. Answers whether it became so.
 * @param {{ port: number, password?: string, isRunning: () => boolean, patienceMs?: number }} where
 */
export async function untilRedisReady({ port, password, isRunning, patienceMs = 60_000 }) {
	const end = Date.now() + patienceMs;
	while (isRunning() && Date.now() < end) {
		if ((await pingRedis({ port, ...(password === undefined ? {} : { password }) })) === "PONG") return true;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return false;
}
