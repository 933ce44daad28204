import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decidedOnly, todo } from "../terms.todo.ts";
import { readyMade, terms } from "./terms.ts";

const folder = new URL("./", import.meta.url);

/** The statements that a test of this folder begins its title with. */
const named = readdirSync(folder)
	.filter((file) => file.endsWith(".test.ts"))
	.flatMap((file) =>
		[...readFileSync(new URL(file, folder), "utf8").matchAll(/^test\(\s*["'`]([A-Z]+-\d{2}): /gm)].map(
			([, id = ""]) => id,
		),
	);

describe.each(Object.entries(terms))("%s", (letters, { policy, statements }) => {
	const { examples } = readyMade(policy);
	const shown = examples.flatMap(({ id }) => (id === null || id === undefined ? [] : [id]));

	test("each statement is an example of its policy, a test that names it, or one that waits; none is twice", () => {
		const ofThese = [...named, ...Object.keys(todo)].filter((id) => id.startsWith(`${letters}-`));
		const all = Array.from({ length: statements }, (_, index) => `${letters}-${String(index + 1).padStart(2, "0")}`);
		expect([...shown, ...ofThese].sort()).toEqual(all);
	});

	test("every example comes out as it says", () => {
		expect(examples.filter(({ differences }) => differences.length > 0)).toEqual([]);
	});
});

test("what waits says for what, and what is only decided is tested", () => {
	for (const reason of [...Object.values(todo), ...Object.values(decidedOnly)])
		expect(reason).toMatch(/^[A-Z].{30,}\.$/);
	expect(Object.keys(decidedOnly).filter((id) => !named.includes(id))).toEqual([]);
});

test("no test names a statement that no terms have", () => {
	expect(named.filter((id) => !Object.keys(terms).some((letters) => id.startsWith(`${letters}-`)))).toEqual([]);
});
