import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";

/** The same files give the same archive, byte for byte. Answers its path. */
export function zipFolder(folder, archive) {
	const files = Object.fromEntries(filesIn(folder).map((name) => [name, readFileSync(join(folder, name))]));
	writeFileSync(archive, zipSync(files, { level: 9, mtime: new Date(1980, 0, 1, 12) }));
	return archive;
}

function filesIn(folder, below = "") {
	return readdirSync(join(folder, below))
		.sort()
		.flatMap((name) => {
			const path = below === "" ? name : `${below}/${name}`;
			return statSync(join(folder, path)).isDirectory() ? filesIn(folder, path) : [path];
		});
}
