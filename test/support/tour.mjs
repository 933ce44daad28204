// @ts-check
// `npm run tour`: Stipt on the practice desk in a browser that has the extension already.
import { spawn } from "node:child_process";
import { startChild } from "../../webhook-service/scripts/child.mjs";
import { readEnvironment } from "../../webhook-service/scripts/environment.mjs";
import { inRoot } from "../../webhook-service/scripts/folders.mjs";
import { openHome } from "../../webhook-service/scripts/home.mjs";
import { Problem } from "../../webhook-service/scripts/problem.mjs";
import { endRuns } from "../../webhook-service/scripts/run.mjs";
import { setUpBuilds, setUpPackages } from "../../webhook-service/scripts/set-up.mjs";
import { step } from "../../webhook-service/scripts/step.mjs";
import { findChromium } from "./chromium.mjs";

/** @type {import("../../webhook-service/scripts/child.mjs").Child | null} */
let start = null;

async function end(/** @type {number} */ code) {
	endRuns();
	await start?.stop(30_000);
	process.exit(code);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => end(130));

/** Where service and practice desk answer now; `null` when they do not. @param {string} folder */
async function whereItRuns(folder) {
	const home = openHome(folder);
	const [environment, practice] = [home.read("environment.json"), home.read("practice.json")];
	if (!environment || !practice) return null;
	const address = String(environment.STIPT_URL);
	const desk = String(practice.desk);
	try {
		const answers = await Promise.all([fetch(`${address}/ready`), fetch(desk)]);
		return answers.every(({ ok }) => ok) ? { address, desk, token: String(practice.token) } : null;
	} catch {
		return null;
	}
}

/** Runs `npm start` for as long as the tour lasts. @param {string} folder */
async function startIt(folder) {
	const log = openHome(folder).log("tour");
	start = startChild("npm start", [process.execPath, inRoot("webhook-service", "scripts", "start.mjs")], { log });
	const until = Date.now() + 300_000;
	while (start.isRunning() && Date.now() < until) {
		const where = await whereItRuns(folder);
		if (where) return where;
		if (/Ctrl-C$/.test(start.lastWords())) break;
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	throw new Problem(`npm start did not come through:\n${start.lastWords()}`);
}

/** @param {string} chromium @param {Record<string, unknown>} tour @returns {Promise<number>} */
function walk(chromium, tour) {
	const pages = inRoot("test", "support", "tour-pages.ts");
	const env = { ...process.env, CHROMIUM: chromium };
	const child = spawn(process.execPath, ["--import", "tsx", pages, JSON.stringify(tour)], {
		env,
		stdio: ["ignore", "inherit", "inherit"],
	});
	return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}

try {
	const { home, demo } = readEnvironment(process.env);
	if (!demo) throw new Problem("STIPT_DEMO: expected 1 for the tour, which shows the practice desk, found 0");
	await setUpPackages();
	await setUpBuilds();
	const chromium = await findChromium();
	const where = (await whereItRuns(home)) ?? (await step("Starting Stipt", () => startIt(home)));
	const hasDisplay = process.platform !== "linux" || !!(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
	const pictures = hasDisplay ? null : inRoot("extension", "pictures");
	if (pictures) process.stdout.write("There is no display, so these pictures are taken instead:\n");
	await end(await walk(chromium, { ...where, pictures }));
} catch (error) {
	process.stderr.write(`${error instanceof Problem ? error.message : error instanceof Error ? error.stack : error}\n`);
	await end(1);
}
