import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Finds the folder of a desk's page files from the running file upwards, so that it is found from the sources as well as
 * from one bundled file elsewhere in the repository.
 */
export function pageFolder(path: string): string {
	let folder = dirname(fileURLToPath(import.meta.url));
	for (;;) {
		for (const candidate of [join(folder, path), join(folder, "test", "desks", path)]) {
			if (existsSync(candidate)) return candidate;
		}
		const parent = dirname(folder);
		if (parent === folder) throw new Error(`Expected a folder test/desks/${path} near the running file, found none.`);
		folder = parent;
	}
}

const kinds: Record<string, string> = { js: "text/javascript", css: "text/css", svg: "image/svg+xml" };

/** A file of that folder with its content type; `null` for a name that is not one of its files. */
export function pageFile(folder: string, name: string): { type: string; content: string } | null {
	if (!/^[a-z0-9-]+\.(js|css|svg)$/.test(name)) return null;
	const file = join(folder, name);
	if (!existsSync(file)) return null;
	const type = kinds[name.split(".").at(-1) ?? ""] ?? "text/plain";
	return { type: `${type}; charset=utf-8`, content: readFileSync(file, "utf8") };
}
