import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const locks = resolve(import.meta.dirname, "../../node_modules/.cache");

/**
 * Runs `build` unless `isFresh`, and never two of the same name at once: another test file may want this build, and
 * one that already runs from it must not find it gone.
 */
export function builtOnce(name: string, isFresh: () => boolean, build: () => void): void {
	const lock = join(locks, `stipt-build-${name}`);
	while (!takeLock(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
	try {
		if (!isFresh()) build();
	} finally {
		rmSync(lock, { recursive: true, force: true });
	}
}

/** A lock older than a build takes was left behind. */
function takeLock(lock: string): boolean {
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
