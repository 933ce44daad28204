import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { StoredPolicy } from "../store/store.ts";

const here = dirname(fileURLToPath(import.meta.url));

/** Where the ready-made policies lie: beside the built service, or in the sources. */
export const readyMadeFolder =
	[join(here, "policies"), join(here, "../../../shared/policies")].find((folder) => existsSync(folder)) ?? here;

/** The ready-made holiday sets, then those of another folder. */
export async function holidayDocuments(folder?: string): Promise<StoredPolicy["holidays"]> {
	const folders = [join(readyMadeFolder, "holidays"), ...(folder === undefined ? [] : [folder])];
	const files: StoredPolicy["holidays"] = [];
	for (const each of folders) {
		const names = (await readdir(each)).filter((name) => name.endsWith(".yaml")).sort();
		for (const name of names) files.push({ file: name, text: await readFile(join(each, name), "utf8") });
	}
	return files;
}
