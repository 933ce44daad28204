import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isStale } from "../../webhook-service/scripts/freshness.mjs";
import { builtOnce } from "../support/built-once.ts";

const root = resolve(import.meta.dirname, "../..");
const sources = [
	"extension/src",
	"extension/locales",
	"extension/assets",
	"extension/scripts",
	"extension/package.json",
	"shared/src/wire",
].map((source) => join(root, source));

/** The extension as users load it; built when it is missing or older than its sources. */
export function builtExtension(target: "chrome-mv3" | "firefox-mv3" = "chrome-mv3"): string {
	const folder = join(root, `extension/build/${target}-prod`);
	builtOnce(
		"extension",
		() => !isStale(join(folder, "manifest.json"), sources),
		() => execFileSync("npm", ["run", "-s", "build", "-w", "extension", "--", target], { cwd: root, stdio: "pipe" }),
	);
	return folder;
}

/** A copy of the built extension to which these were granted at installation: the browser's own question cannot be answered without a screen. */
export function grantedExtension(origins: readonly string[], permissions: readonly string[] = []): string {
	const copy = mkdtempSync(join(tmpdir(), "stipt-extension-"));
	cpSync(builtExtension(), copy, { recursive: true });
	const path = join(copy, "manifest.json");
	const manifest = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
	manifest["host_permissions"] = origins.map((origin) => `${origin}/*`);
	manifest["permissions"] = [...(manifest["permissions"] as string[]), ...permissions];
	writeFileSync(path, JSON.stringify(manifest));
	return copy;
}

/** The script that runs in every page of a helpdesk; its name carries a hash. */
export function overlayScript(folder = builtExtension()): string {
	const name = readdirSync(folder).find((file) => /^overlay\..*\.js$/.test(file));
	if (name === undefined) throw new Error(`Expected overlay.<hash>.js in ${folder}, found none.`);
	return join(folder, name);
}
