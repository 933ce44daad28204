import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A value kept in memory and, when a file is named, on disk: read at the start, written after changes. */
export type Saved<T> = {
	value: T;
	/** True when nothing was found on disk. */
	fresh: boolean;
	/** Writes soon; many changes become one write. */
	touch(): void;
	/** Writes now. */
	flush(): void;
};

function readFrom<T>(file: string): T | undefined {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch {
		return undefined;
	}
	return JSON.parse(text) as T;
}

/** Opens `file` (or nothing but memory, when `null`); `first` makes the value of a first start. */
export function openSaved<T>(file: string | null, first: () => T): Saved<T> {
	const found = file === null ? undefined : readFrom<T>(file);
	const value = found ?? first();
	let timer: NodeJS.Timeout | undefined;
	const flush = () => {
		clearTimeout(timer);
		timer = undefined;
		if (file === null) return;
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
		renameSync(`${file}.new`, file);
	};
	return {
		value,
		fresh: found === undefined,
		flush,
		touch() {
			if (file === null || timer) return;
			timer = setTimeout(flush, 500);
			timer.unref();
		},
	};
}
