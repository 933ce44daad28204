// @ts-check
import { join } from "node:path";
import { startChild } from "./child.mjs";
import { serviceBuild } from "./folders.mjs";
import { isFree } from "./ports.mjs";
import { Problem } from "./problem.mjs";
import { run } from "./run.mjs";

/**
 * Throws a `Problem` when somebody else has the port.
 * @param {import("./environment.mjs").Settings} settings
 */
export async function requirePort({ port, host }) {
	if (port === 0 || (await isFree(port, host))) return;
	const other = port < 65535 ? port + 1 : port - 1;
	throw new Problem(
		`PORT: expected a free port, found ${port} taken on ${host}. Stop what runs there, or: PORT=${other} npm start`,
	);
}

/**
 * Starts web service and worker in one process.
 * @param {Record<string, string | undefined>} env
 * @param {import("./home.mjs").Home} home
 */
export function startService(env, home) {
	const command = [process.execPath, join(serviceBuild, "server.js"), "--with-worker"];
	return startChild("The service", command, { log: home.log("service"), env });
}

/**
 * Waits until the service can do its work. Throws a `Problem` when it ends or takes too long.
 * @param {string} address
 * @param {import("./child.mjs").Child} child
 */
export async function untilReady(address, child) {
	const end = Date.now() + 60_000;
	let said = "nothing";
	while (child.isRunning() && Date.now() < end) {
		try {
			const answer = await fetch(`${address}/ready`, { signal: AbortSignal.timeout(2000) });
			if (answer.ok) return;
			said = await answer.text();
		} catch {
			// Not listening yet.
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	if (!child.isRunning()) throw new Problem(`The service ended:\n${child.lastWords()}`);
	throw new Problem(`${address}/ready: expected 200 within a minute, found ${said}\n${child.lastWords()}`);
}

/**
 * Runs one `stipt …` command and answers what it printed. Throws a `Problem` with its words when it says no.
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 * @param {{ mayFail?: boolean }} [options] `mayFail`: a "no" is an answer too, when it says something
 */
export async function stipt(args, env, { mayFail = false } = {}) {
	const { code, out, all } = await run(process.execPath, [join(serviceBuild, "cli.js"), ...args], { env });
	if (code === 0 || (mayFail && out.trim() !== "")) return out;
	throw new Problem(`stipt ${args.slice(0, 2).join(" ")} failed:\n${all.trim()}`);
}
