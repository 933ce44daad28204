import { execFileSync } from "node:child_process";
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
export const builtFolder = join(root, "extension/build/chrome-mv3-prod");
const lock = join(root, "node_modules/.cache/stipt-extension-build");

/** The extension as users load it; built when it is missing or older than its sources. */
export function builtExtension(): string {
	while (!takeLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
	try {
		if (!isFresh())
			execFileSync("npm", ["run", "-s", "build", "-w", "extension", "--", "chrome-mv3"], { cwd: root, stdio: "pipe" });
	} finally {
		rmSync(lock, { recursive: true, force: true });
	}
	return builtFolder;
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

/** Two test files may want the build at the same time. A lock older than a build takes was left behind. */
function takeLock(): boolean {
	try {
		mkdirSync(dirname(lock), { recursive: true });
		mkdirSync(lock);
		return true;
	} catch {
		if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 120_000)
			rmSync(lock, { recursive: true, force: true });
		return false;
	}
}

function isFresh(): boolean {
	const manifest = join(builtFolder, "manifest.json");
	if (!existsSync(manifest)) return false;
	const builtAt = statSync(manifest).mtimeMs;
	const sources = [
		"extension/src",
		"extension/locales",
		"extension/assets",
		"extension/scripts",
		"extension/package.json",
		"shared/src/wire",
	];
	return sources.every((source) => newest(join(root, source)) <= builtAt);
}

function newest(path: string): number {
	const stat = statSync(path);
	if (!stat.isDirectory()) return path.endsWith(".test.ts") ? 0 : stat.mtimeMs;
	return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}
