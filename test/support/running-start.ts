import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { vi } from "vitest";

const script = resolve(import.meta.dirname, "../../webhook-service/scripts/start.mjs");

/** A data folder of a test's own; `remove` takes it away. */
export function ownHome(): { home: string; remove(): void } {
	const home = mkdtempSync(join(tmpdir(), "stipt-home-"));
	return { home, remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** `npm start` without npm, without terminal and input; only these variables of ours are set. */
export function runStart(variables: Record<string, string>) {
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^(PORT|REDIS_URL|STIPT_.*|npm_lifecycle_event)$/.test(name),
	);
	const child = spawn(process.execPath, [script], {
		env: { ...Object.fromEntries(inherited), ...variables },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	child.stdout.setEncoding("utf8").on("data", (text) => {
		output += text;
	});
	child.stderr.setEncoding("utf8").on("data", (text) => {
		output += text;
	});
	const exited = new Promise<number | null>((done) => child.once("close", done));
	return {
		/** All that it printed so far. */
		output: () => output,
		/** Its exit code; `null` when a signal ended it. */
		exited,
		signal: (name: NodeJS.Signals) => child.kill(name),
		/** Where the service answers, once the start is through. */
		async running(): Promise<string> {
			await vi.waitUntil(() => /Ctrl-C\n/.test(output) || child.exitCode !== null, { timeout: 120_000, interval: 100 });
			const found = /Is all well\s+(\S+)\/ready/.exec(output)?.[1];
			if (found === undefined) throw new Error(`Expected the start to come through, found:\n${output}`);
			return found;
		},
	};
}

/** Processes of this data folder that run now: id and command. */
export function processesOf(home: string): { id: number; command: string }[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => {
			try {
				// Redis writes its title over its environment, but works in the folder.
				const mine =
					readFileSync(`/proc/${name}/environ`, "utf8").split("\0").includes(`STIPT_HOME=${home}`) ||
					readlinkSync(`/proc/${name}/cwd`).startsWith(`${home}/`);
				const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
				return mine && command !== "" ? [{ id: Number(name), command }] : [];
			} catch {
				return [];
			}
		});
}
