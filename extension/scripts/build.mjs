import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { managedSchema } from "./managed-schema.mjs";
import { finishManifest } from "./manifest.mjs";
import { zipFolder } from "./zip.mjs";

// Builds the extension for each browser into build/<target>-prod; with --zip also the archives that the stores take.

const here = join(dirname(fileURLToPath(import.meta.url)), "..");
const named = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const targets = named.length > 0 ? named : ["chrome-mv3", "firefox-mv3"];

for (const target of targets) {
	execFileSync("npx", ["plasmo", "build", `--target=${target}`, "--hoist"], { cwd: here, stdio: "inherit" });
	const folder = join(here, "build", `${target}-prod`);
	const path = join(folder, "manifest.json");
	const manifest = finishManifest(JSON.parse(readFileSync(path, "utf8")), target);
	if (manifest.storage !== undefined) {
		writeFileSync(join(folder, manifest.storage.managed_schema), JSON.stringify(managedSchema, null, "\t"));
	}
	writeFileSync(path, JSON.stringify(manifest, null, "\t"));
	if (process.argv.includes("--zip")) {
		console.log(zipFolder(folder, join(here, "build", `stipt-${target}-${manifest.version}.zip`)));
	}
}
