// @ts-check

import { readFileSync } from "node:fs";
import { inRoot } from "./folders.mjs";
import { Problem } from "./problem.mjs";
import { run, tail } from "./run.mjs";

/** Whether a package of the lock file is not there, or in another version. */
export function needsPackages() {
	const installed = packagesOf(inRoot("node_modules", ".package-lock.json"));
	if (installed === null) return true;
	return Object.entries(packagesOf(inRoot("package-lock.json")) ?? {}).some(
		([path, { version, optional, link }]) =>
			path.includes("node_modules/") && !link && !optional && installed[path]?.version !== version,
	);
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, link?: boolean }> | null}
 */
function packagesOf(file) {
	try {
		return JSON.parse(readFileSync(file, "utf8")).packages;
	} catch {
		return null;
	}
}

/** Installs the packages of the lock file. Throws a `Problem` with npm's own words. */
export async function installPackages() {
	const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
	const { code, all } = await npm(args);
	// npm says what is wrong first, and how it is used after that.
	const said = all.split(/^npm error Usage:/m)[0] ?? all;
	if (code !== 0) throw new Problem(`npm ci failed:\n${tail(said)}`);
}

/**
 * Runs npm, the one that started us if one did.
 * @param {string[]} args
 * @param {{ show?: boolean }} [options]
 */
export function npm(args, options) {
	const own = process.env.npm_execpath;
	return own?.endsWith(".js") ? run(process.execPath, [own, ...args], options) : run("npm", args, options);
}
