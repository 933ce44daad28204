// @ts-check
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync } from "node:fs";
import { root } from "./folders.mjs";
import { tail } from "./run.mjs";

/**
 * A shell that holds a program on a leash: when its own input ends, because we ended it or because we died, it asks
 * the program to stop. So nothing that we start outlives us, even when we are killed.
 */
const leash = `
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
(read -r line <&3; kill -TERM "$child") 2>/dev/null &
watch=$!
wait "$child"
code=$?
kill "$watch" 2>/dev/null
exit "$code"`;

/**
 * Starts a program of our own, in a process group of its own (a Ctrl-C in the terminal is ours to hand on, in the right order),
 * writing to `log`.
 * @param {string} name what a person calls it
 * @param {string[]} command
 * @param {{ log: string, env?: Record<string, string | undefined> }} options
 */
export function startChild(name, command, { log, env = process.env }) {
	const file = openSync(log, "a", 0o600);
	const from = statSync(log).size;
	const child = spawn("/bin/sh", ["-c", leash, "sh", ...command], {
		cwd: root,
		env,
		detached: true,
		stdio: ["pipe", file, file],
	});
	closeSync(file);
	let running = true;
	/** @type {Promise<number>} */
	const exited = new Promise((resolve) => {
		const end = (/** @type {number | null} */ code) => {
			running = false;
			resolve(code ?? 1);
		};
		child.once("error", () => end(127));
		child.once("exit", end);
	});
	child.stdin?.on("error", () => {});
	return {
		name,
		/** Its exit code, once it ended. */
		exited,
		isRunning: () => running,
		/** What it last wrote in this life. */
		lastWords: () => tail(readFileSync(log).subarray(from).toString()),
		/**
		 * Asks it to stop and waits; after `patienceMs` it is ended.
		 * @param {number} [patienceMs]
		 */
		async stop(patienceMs = 10_000) {
			if (!running) return;
			child.stdin?.end();
			const timer = setTimeout(() => {
				if (running && child.pid) process.kill(-child.pid, "SIGKILL");
			}, patienceMs);
			await exited;
			clearTimeout(timer);
		},
	};
}

/** @typedef {ReturnType<typeof startChild>} Child */
