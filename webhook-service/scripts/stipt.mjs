// @ts-check
// `npm run -s stipt -- …`: the command line, told where the data of `npm start` is.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildAll } from "./builds.mjs";
import { readEnvironment } from "./environment.mjs";
import { serviceBuild } from "./folders.mjs";
import { staleBuilds } from "./freshness.mjs";
import { installPackages, needsPackages } from "./install.mjs";
import { requireNode } from "./node-version.mjs";
import { Problem } from "./problem.mjs";

try {
	requireNode(process.versions.node);
	const { home } = readEnvironment(process.env);
	if (needsPackages()) await installPackages();
	await buildAll(staleBuilds().filter((workspace) => workspace === "webhook-service"));
	const program = join(serviceBuild, "cli.js");
	const env = { ...kept(join(home, "environment.json")), ...process.env };
	const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { env, stdio: "inherit" });
	child.once("exit", (code) => {
		process.exitCode = code ?? 1;
	});
} catch (error) {
	if (!(error instanceof Problem)) throw error;
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
}

/** What the last `npm start` ran with; nothing when there was none. @param {string} file */
function kept(file) {
	try {
		return JSON.parse(readFileSync(file, "utf8"));
	} catch {
		return {};
	}
}
