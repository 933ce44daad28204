// @ts-check
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Where the first of these programs is on PATH.
 * @param {string[]} programs
 * @returns {string | null}
 */
export function onPath(...programs) {
	const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
	for (const program of programs) {
		for (const folder of folders) {
			if (isProgram(join(folder, program))) return join(folder, program);
		}
	}
	return null;
}

/** @param {string} file */
export function isProgram(file) {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
}
