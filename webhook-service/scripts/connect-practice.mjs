// @ts-check
// `node connect-practice.mjs FOLDER HOST`: connects a practice desk that runs on another host, as docker-compose.yml does.
// FOLDER holds what it said when it became ready (`ready.json`).
import { openHome } from "./home.mjs";
import { connectPractice, readDesk } from "./practice.mjs";
import { Problem } from "./problem.mjs";

try {
	const [folder, host] = process.argv.slice(2);
	if (!folder || !host) throw new Problem("Expected a folder and a host, as: connect-practice.mjs FOLDER HOST");
	const home = openHome(folder);
	const desk = readDesk(home.path("ready.json"));
	if (desk === null) throw new Problem(`Expected ${home.path("ready.json")}, found none: does the practice desk run?`);
	const practice = await connectPractice(atHost(desk, host), { env: process.env, home });
	process.stdout.write(
		[
			`Practice desk    ${practice.desk}`,
			`Its mailbox      ${practice.mailbox}`,
			`Its status page  ${practice.statusPage}`,
			`Extension        address ${process.env.STIPT_URL}, token ${practice.token}`,
			"",
		].join("\n"),
	);
} catch (error) {
	if (!(error instanceof Problem)) throw error;
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
}

/**
 * The same desk as others see it: it listens on all interfaces and speaks of itself as 127.0.0.1.
 * @param {import("./practice.mjs").Desk} desk @param {string} host @returns {import("./practice.mjs").Desk}
 */
function atHost(desk, host) {
	return JSON.parse(JSON.stringify(desk).replaceAll("127.0.0.1", host));
}
