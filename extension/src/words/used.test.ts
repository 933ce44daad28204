import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { en } from "./en.ts";

const sources = resolve(import.meta.dirname, "..");

/** Every source of the extension but the tables themselves and tests. */
function read(folder: string): string {
	return readdirSync(folder, { withFileTypes: true })
		.map((entry) => {
			const path = join(folder, entry.name);
			if (entry.isDirectory()) return read(path);
			const isSource = /\.tsx?$/.test(path) && !/\.test\.ts$|words\/(en|nl|fr|de)\.ts$/.test(path);
			return isSource ? readFileSync(path, "utf8") : "";
		})
		.join("\n");
}

/** Keys that are written whole, and patterns of those that are put together: `goal.${goal}`. */
function usesOf(source: string): (key: string) => boolean {
	const quoted = new Set([...source.matchAll(/["'`]([\w.-]+)["'`]/g)].map(([, key]) => key));
	const patterns = [...source.matchAll(/`([\w.-]*\.?)\$\{[^`]*`/g)]
		.map(([, start = ""]) => start)
		.filter((start) => start.endsWith(".") && start.length > 1);
	return (key) =>
		quoted.has(key) ||
		// A counted text is named without its form.
		quoted.has(key.replace(/\.(one|other)$/, "")) ||
		patterns.some((start) => key.startsWith(start) && !key.slice(start.length).includes("."));
}

describe("the table of words", () => {
	it("holds no text that nothing shows", () => {
		const isUsed = usesOf(read(sources));
		expect(Object.keys(en).filter((key) => !isUsed(key))).toEqual([]);
	});
});
