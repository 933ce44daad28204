// @ts-check
import { existsSync } from "node:fs";
import { unpackedBefore, unpackedProgram } from "../../webhook-service/scripts/debian-package.mjs";
import { isProgram, onPath } from "../../webhook-service/scripts/on-path.mjs";
import { Problem } from "../../webhook-service/scripts/problem.mjs";
import { run, tail } from "../../webhook-service/scripts/run.mjs";
import { step } from "../../webhook-service/scripts/step.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = [
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * A Chromium: `CHROMIUM`, else the one on this machine, else Debian's: installed when we may, else unpacked for this
 * folder alone. Throws a `Problem` with the line to type.
 * @returns {Promise<string>}
 */
export async function findChromium() {
	const named = process.env.CHROMIUM;
	if (named) {
		if (isProgram(named)) return named;
		throw new Problem(`CHROMIUM: expected a program, found "${named}"`);
	}
	const here = (await onMachine()) ?? unpackedBefore("chromium");
	if (here) return here;
	const installed = process.getuid?.() === 0 && onPath("apt-get") ? await step("Installing Chromium", install) : null;
	if (installed?.program) return installed.program;
	const unpacked = await step("Fetching Chromium (nothing is installed on the system)", () =>
		unpackedProgram({ package: "chromium", file: "usr/lib/chromium/chromium" }),
	);
	if ("program" in unpacked) return unpacked.program;
	throw new Problem(
		[
			`Expected Chromium, found none, and could not fetch one (${installed?.why ?? unpacked.why}).`,
			"Type this, then try again:",
			"  sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium",
			"or name one: CHROMIUM=/path/to/chromium npm test",
		].join("\n"),
	);
}

async function onMachine() {
	for (const name of names) {
		const program = onPath(name);
		// Some systems have a stub of that name that only says what to install.
		if (program && (await run(program, ["--version"])).code === 0) return program;
	}
	return elsewhere.find((program) => existsSync(program)) ?? null;
}

/** @returns {Promise<{ program: string | null, why?: string }>} */
async function install() {
	await run("apt-get", ["update"]);
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	const { code, all } = await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { env });
	return code === 0 ? { program: onPath("chromium") } : { program: null, why: tail(all, 3) };
}
