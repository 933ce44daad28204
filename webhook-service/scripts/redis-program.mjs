// @ts-check
import { unpackedProgram } from "./debian-package.mjs";
import { onPath } from "./on-path.mjs";
import { Problem } from "./problem.mjs";
import { run } from "./run.mjs";

/** The Redis or Valkey on PATH that is new enough; `null` when there is none. */
export async function redisOnPath() {
	for (const name of ["redis-server", "valkey-server"]) {
		const program = onPath(name);
		if (program && (await isNewEnough(program))) return program;
	}
	return null;
}

/** Debian's Redis, unpacked for this folder alone. Throws a `Problem` with the line to type. */
export async function unpackedRedis() {
	const found = await unpackedProgram({ package: "redis-server", file: "usr/bin/redis-server" });
	if ("program" in found && (await isNewEnough(found.program))) return found.program;
	const why = "why" in found ? found.why : "Debian's is older";
	throw new Problem(
		[
			`Expected Redis 6.2 or newer, or Valkey, found none, and could not fetch one (${why}).`,
			"Type this, then start again:",
			`  ${installLine()}`,
			"or name a running one: REDIS_URL=redis://127.0.0.1:6379 npm start",
		].join("\n"),
	);
}

/** @param {string} program */
async function isNewEnough(program) {
	const { out } = await run(program, ["--version"]);
	const [, major = 0, minor = 0] = /v=(\d+)\.(\d+)/.exec(out)?.map(Number) ?? [];
	return major > 6 || (major === 6 && minor >= 2);
}

function installLine() {
	if (process.platform === "darwin") return "brew install redis";
	if (onPath("apt-get")) return "sudo apt-get update && sudo apt-get install -y redis-server";
	if (onPath("dnf")) return "sudo dnf install -y valkey";
	if (onPath("apk")) return "sudo apk add redis";
	if (onPath("pacman")) return "sudo pacman -S valkey";
	return "docker run -d -p 127.0.0.1:6379:6379 valkey/valkey:8 valkey-server --appendonly yes";
}
