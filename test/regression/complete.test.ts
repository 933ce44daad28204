import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const read = (name: string) => readFileSync(join(import.meta.dirname, `${name}.test.ts`), "utf8");
const numbers = (text: string, pattern: RegExp) =>
	new Set([...text.matchAll(pattern)].map(([, number]) => Number(number)));

test("every row from 1 to 64 is tested", () => {
	const table = read("business-time");
	const rows = new Set([
		...numbers(table, /^\s*(?:\[\s*)?"(\d+)[ "]/gm),
		...numbers(table + read("clocks"), /"row (\d+)/g),
	]);
	expect(Array.from({ length: 64 }, (_, index) => index + 1).filter((row) => !rows.has(row))).toEqual([]);
});

test("every complaint that concerns time or policy is tested", () => {
	const marked = [
		1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 25, 26, 27, 28, 30, 31, 34, 38,
	];
	const tested = numbers(read("complaints"), /B(\d+)[, ]/g);
	expect(marked.filter((number) => !tested.has(number))).toEqual([]);
});
