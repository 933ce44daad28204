// @ts-check
import { spawn } from "node:child_process";
import { root } from "./folders.mjs";

/**
 * Runs a program to its end, without input. Answers its exit code and all that it printed.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, show?: boolean, signal?: AbortSignal }} [options]
 *   `show`: also print it as it comes
 * @returns {Promise<{ code: number, out: string, all: string }>} 127 when there is no such program
 */
export function run(program, args, { cwd = root, env = process.env, show = false, signal } = {}) {
	return new Promise((resolve) => {
		let out = "";
		let all = "";
		const child = spawn(program, args, { cwd, env, signal, stdio: ["ignore", "pipe", "pipe"] });
		child.stdout.on("data", (chunk) => {
			out += chunk;
			all += chunk;
			if (show) process.stdout.write(chunk);
		});
		child.stderr.on("data", (chunk) => {
			all += chunk;
			if (show) process.stderr.write(chunk);
		});
		child.on("error", (error) => resolve({ code: 127, out, all: all + error.message }));
		child.on("close", (code) => resolve({ code: code ?? 1, out, all }));
	});
}

/**
 * The last lines of what a program said.
 * @param {string} text
 * @param {number} [lines]
 */
export function tail(text, lines = 15) {
	return text.trimEnd().split("\n").slice(-lines).join("\n");
}
