// @ts-check
import { startChild } from "./child.mjs";
import { keep } from "./home.mjs";
import { freePort, isFree } from "./ports.mjs";
import { Problem } from "./problem.mjs";
import { pingRedis, untilRedisReady } from "./redis-ping.mjs";

/**
 * Starts the Redis that keeps this installation's data: on the loopback interface, behind a password that is made once,
 * writing every change to its append-only file and that to disk every second.
 * @param {string} program
 * @param {import("./home.mjs").Home} home
 */
export async function startPrivateRedis(program, home) {
	const password = home.secret("redis/password");
	const remembered = Number(home.read("redis/port.json")?.port ?? 0);
	if (remembered > 0) await requireAlone(remembered, password, home.folder);
	const port = remembered > 0 && (await isFree(remembered)) ? remembered : await freePort();
	home.keep("redis/port.json", { port });
	const settings = home.path("redis", "redis.conf");
	keep(
		settings,
		[
			"bind 127.0.0.1",
			`port ${port}`,
			`requirepass ${password}`,
			`dir ${JSON.stringify(home.path("redis"))}`,
			"appendonly yes",
			"appendfsync everysec",
			'save ""',
			"maxmemory-policy noeviction",
			"hz 100",
			"daemonize no",
			"",
		].join("\n"),
	);
	const child = startChild("Redis", [program, settings], { log: home.log("redis") });
	if (!(await untilRedisReady({ port, password, isRunning: child.isRunning }))) {
		await child.stop();
		throw new Problem(`Redis did not start:\n${child.lastWords()}`);
	}
	return { child, url: `redis://:${password}@127.0.0.1:${port}` };
}

/** Two must never write the same files. @param {number} port @param {string} password @param {string} folder */
async function requireAlone(port, password, folder) {
	for (let tries = 0; tries < 20; tries++) {
		const answer = await pingRedis({ port, password });
		if (!/^(PONG|LOADING|BUSY)/.test(answer)) return;
		await new Promise((resolve) => setTimeout(resolve, 150));
	}
	throw new Problem(
		`STIPT_HOME: expected a data folder that nobody uses, found ${folder} in use by another npm start. Stop that one first.`,
	);
}
