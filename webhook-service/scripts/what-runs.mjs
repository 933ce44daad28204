// @ts-check
import { extensionBuild } from "./folders.mjs";

/**
 * The end of the start's output: at most twelve lines that tell a person where to look and what to do.
 * @param {{ url: string, home: string, practice: import("./practice.mjs").Practice | null }} running
 */
export function whatRuns({ url, home, practice }) {
	const desk = practice && [
		["Practice desk", practice.desk],
		["Its mailbox", practice.mailbox],
		["Its status page", practice.statusPage],
	];
	const token = practice
		? `address ${url}, token ${practice.token}`
		: `address ${url}, token from: npm run -s stipt -- token create --role agent --name NAME`;
	const lines = [
		...(desk ?? []),
		["Public status", `${url}/status`],
		["Is all well", `${url}/ready`],
		["Extension", `chrome://extensions, Developer mode, Load unpacked: ${extensionBuild}`],
		["  its options", token],
		...(practice ? [["See it at once", "npm run tour"]] : []),
		["Your helpdesk", "npm run -s stipt -- connect zammad --help (or odoo)"],
		["Data and logs", home],
		["Stop", "Ctrl-C"],
	];
	return ["Stipt runs.", ...lines.map(([what = "", where = ""]) => `  ${what.padEnd(16)} ${where}`)];
}
