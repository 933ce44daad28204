// @ts-check
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether `made` is missing, or older than any of the files and folders that it is made from.
 * @param {string} made
 * @param {string[]} sources
 */
export function isStale(made, sources) {
	const madeAt = statSync(made, { throwIfNoEntry: false })?.mtimeMs;
	return madeAt === undefined || sources.some((source) => newest(source) > madeAt);
}

/** When something in it was last written, taken away or added. @param {string} path @returns {number} */
function newest(path) {
	const found = statSync(path, { throwIfNoEntry: false });
	if (found === undefined) return 0;
	if (!found.isDirectory()) return found.mtimeMs;
	return Math.max(
		found.mtimeMs,
		...readdirSync(path)
			.filter((name) => name !== "dist" && name !== "build" && name !== "node_modules")
			.map((name) => newest(join(path, name))),
	);
}
