// @ts-check
import { spawn } from "node:child_process";
import { root } from "./folders.mjs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/**
 * Runs a program to its end, without input, in a process group of its own. Answers its exit code and what it printed.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, show?: boolean }} [options] `show`: also print it
 * @returns {Promise<{ code: number, out: string, all: string }>} code 127 when there is no such program
 */
export function run(program, args, { cwd = root, env = process.env, show = false } = {}) {
	return new Promise((resolve) => {
		let out = "";
		let all = "";
		const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
		running.add(child);
		const end = (/** @type {number} */ code, note = "") => {
			running.delete(child);
			resolve({ code, out, all: all + note });
		};
		child.stdout.setEncoding("utf8").on("data", (text) => {
			out += text;
			all += text;
			if (show) process.stdout.write(text);
		});
		child.stderr.setEncoding("utf8").on("data", (text) => {
			all += text;
			if (show) process.stderr.write(text);
		});
		child.on("error", (error) => end(127, error.message));
		child.on("close", (code) => end(code ?? 1));
	});
}

/** Ends what `run` runs now, with all that it started. */
export function endRuns() {
	for (const { pid } of running) if (pid) process.kill(-pid, "SIGTERM");
}

/**
 * The last lines of what a program said.
 * @param {string} text
 * @param {number} [lines]
 */
export function tail(text, lines = 15) {
	return text.trimEnd().split("\n").slice(-lines).join("\n");
}
