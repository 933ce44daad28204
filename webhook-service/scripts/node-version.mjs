// @ts-check
import { Problem } from "./problem.mjs";

const least = [20, 19, 0];

/**
 * Throws a `Problem` when this Node is too old.
 * @param {string} version as in `process.versions.node`
 */
export function requireNode(version) {
	const found = version.split(".").map(Number);
	const differs = least.findIndex((number, index) => found[index] !== number);
	if (differs === -1 || (found[differs] ?? 0) > (least[differs] ?? 0)) return;
	throw new Problem(
		`Node: expected ${least.join(".")} or newer, found ${version}. Install a newer one: https://nodejs.org`,
	);
}
