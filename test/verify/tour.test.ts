import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { tour } from "./tour.ts";

const readme = readFileSync(new URL("../../shared/README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/```(\w*)\n([\s\S]*?)\n```/g)].map(([, language, text]) => ({ language, text }));

test("the README's tour prints the proof that the code gives, and it adds up", () => {
	const { deadline, proof, faults } = tour();
	expect(deadline).toBe("2026-12-29T08:30:00.000Z");
	expect(blocks.map(({ text }) => text)).toContain(proof);
	expect(faults).toEqual([]);
});

test("the README's tour shows code that runs", () => {
	const program = readFileSync(new URL("tour.ts", import.meta.url), "utf8");
	const shown = blocks.find(({ language }) => language === "ts")?.text ?? "nothing";
	for (const line of shown.split("\n")) expect(program).toContain(line.trim());
});
