import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { staleBuilds } from "../../webhook-service/scripts/freshness.mjs";
import { builtOnce } from "./built-once.ts";

const root = resolve(import.meta.dirname, "../..");
const run = promisify(execFile);

/** Builds the service's programs as users run them, when they are missing or older than their sources. */
export function buildPrograms(): void {
	builtOnce(
		"webhook-service",
		() => !staleBuilds().includes("webhook-service"),
		() => execFileSync(process.execPath, ["webhook-service/scripts/build.mjs"], { cwd: root, stdio: "pipe" }),
	);
}

/** The built service as a process of its own, to be killed and started again. */
export function createProgram(env: Record<string, string>) {
	let child: ChildProcess | null = null;
	const url = `http://127.0.0.1:${env.PORT}`;
	const kill = async (signal: "SIGKILL" | "SIGTERM") => {
		const ending = child;
		child = null;
		if (ending === null || ending.exitCode !== null) return;
		const ended = new Promise((end) => ending.once("exit", end));
		ending.kill(signal);
		await ended;
	};
	return {
		url,
		start() {
			child = spawn(process.execPath, ["webhook-service/dist/server.js", "--with-worker"], {
				cwd: root,
				env: { ...process.env, ...env },
				stdio: "ignore",
			});
		},
		kill,
		async ready() {
			for (let tries = 0; tries < 600; tries += 1) {
				const status = await fetch(`${url}/ready`).then(
					(answer) => answer.status,
					() => 0,
				);
				if (status === 200) return;
				await new Promise((wait) => setTimeout(wait, 100));
			}
			throw new Error("Expected the service to be ready within a minute, it was not.");
		},
		/** One command of `stipt`; answers what it printed. Throws when it fails. */
		async stipt(...args: string[]): Promise<string> {
			const { stdout } = await run(process.execPath, ["webhook-service/dist/cli.js", ...args], {
				cwd: root,
				env: { ...process.env, ...env },
			});
			return stdout;
		},
	};
}

export function freePort(): Promise<number> {
	return new Promise((found, failed) => {
		const server = createServer();
		server.once("error", failed);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() => found(typeof address === "object" && address !== null ? address.port : 0));
		});
	});
}
