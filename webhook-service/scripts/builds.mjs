// @ts-check
import { npm } from "./install.mjs";
import { Problem } from "./problem.mjs";
import { tail } from "./run.mjs";

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
