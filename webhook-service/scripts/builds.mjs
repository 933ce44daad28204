// @ts-check
import { join } from "node:path";
import { deskBuild, extensionBuild, inRoot, serviceBuild } from "./folders.mjs";
import { isStale } from "./freshness.mjs";
import { npm } from "./install.mjs";
import { Problem } from "./problem.mjs";
import { tail } from "./run.mjs";

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
 * Builds these workspaces, side by side. Throws a `Problem` with what the builder said.
 * @param {string[]} workspaces
 */
export async function buildAll(workspaces) {
	const ended = await Promise.all(
		workspaces.map(async (workspace) => ({ workspace, ...(await npm(["run", "-s", "build", "-w", workspace])) })),
	);
	for (const { workspace, code, all } of ended) {
		if (code !== 0) throw new Problem(`The build of ${workspace} failed:\n${tail(all, 30)}`);
	}
}
