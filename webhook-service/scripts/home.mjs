// @ts-check
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const largestLog = 10 * 1024 * 1024;

/**
 * The data folder, for its owner only.
 * @param {string} folder
 */
export function openHome(folder) {
	for (const part of [folder, join(folder, "log"), join(folder, "redis")]) {
		mkdirSync(part, { recursive: true, mode: 0o700 });
	}
	return {
		folder,
		/** @param {string[]} parts */
		path: (...parts) => join(folder, ...parts),
		/**
		 * Where a child writes; a long log makes room first, once.
		 * @param {string} name
		 */
		log(name) {
			const file = join(folder, "log", `${name}.log`);
			if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestLog) renameSync(file, `${file}.1`);
			return file;
		},
		/**
		 * A random text that is made once and kept.
		 * @param {string} name
		 */
		secret(name) {
			const file = join(folder, name);
			if (!existsSync(file)) keep(file, randomBytes(32).toString("base64url"));
			return readFileSync(file, "utf8").trim();
		},
		/**
		 * What was kept under a name; `null` when nothing readable was.
		 * @param {string} name
		 * @returns {Record<string, unknown> | null}
		 */
		read(name) {
			try {
				return JSON.parse(readFileSync(join(folder, name), "utf8"));
			} catch {
				return null;
			}
		},
		/** @param {string} name @param {Record<string, unknown>} value */
		keep: (name, value) => keep(join(folder, name), `${JSON.stringify(value, null, "\t")}\n`),
		/** @param {string} name */
		forget: (name) => rmSync(join(folder, name), { force: true }),
	};
}

/** @typedef {ReturnType<typeof openHome>} Home */

/** Writes a file that only its owner reads, whole or not at all. @param {string} file @param {string} text */
export function keep(file, text) {
	writeFileSync(`${file}.new`, text, { mode: 0o600 });
	renameSync(`${file}.new`, file);
}
