// @ts-check

import { inRoot } from "./folders.mjs";
import { isStale } from "./freshness.mjs";
import { Problem } from "./problem.mjs";
import { run, tail } from "./run.mjs";

/** Whether the packages of the lock file are not there yet. */
export function needsPackages() {
	return isStale(inRoot("node_modules", ".package-lock.json"), [inRoot("package-lock.json")]);
}

/** Installs the packages of the lock file. Throws a `Problem` with npm's own words. */
export async function installPackages() {
	const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
	const { code, all } = await npm(args);
	if (code !== 0) throw new Problem(`npm ci failed:\n${tail(all)}`);
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
