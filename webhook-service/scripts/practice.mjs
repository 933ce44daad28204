// @ts-check

/**
 * Where the practice desk is, and the token for the extension.
 * @typedef {{ desk: string, mailbox: string, statusPage: string, token: string }} Practice
 */

/**
 * @param {{ wanted: boolean, env: Record<string, string | undefined>, home: import("./home.mjs").Home,
 *   started: (child: import("./child.mjs").Child, options: { isVital: boolean }) => unknown }} options
 * @returns {Promise<Practice | null>}
 */
export async function setUpPractice({ wanted }) {
	if (!wanted) return null;
	return null;
}
