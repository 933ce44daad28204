// @ts-check
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { deskBuild, extensionBuild, inRoot, serviceBuild } from "./folders.mjs";

const lock = inRoot("package-lock.json");
const shared = [inRoot("shared", "src"), inRoot("shared", "policies")];

/** What can be built, from what, and one file that is there when it was. */
const builds = [
	{
		workspace: "webhook-service",
		made: [join(serviceBuild, "cli.js"), deskBuild],
		sources: [lock, ...shared, inRoot("webhook-service"), inRoot("test", "desks")],
	},
	{
		workspace: "extension",
		made: [join(extensionBuild, "manifest.json")],
		sources: [
			lock,
			...shared,
			inRoot("extension", "src"),
			inRoot("extension", "assets"),
			inRoot("extension", "locales"),
			inRoot("extension", "package.json"),
		],
	},
];

/** Workspaces whose build is missing or older than its sources. */
export function staleBuilds() {
	return builds
		.filter(({ made, sources }) => made.some((file) => isStale(file, sources)))
		.map(({ workspace }) => workspace);
}

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
