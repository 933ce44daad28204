import { expect, test } from "vitest";
import { executed } from "./redis-executed.ts";

test("answers of all commands, in order", async () => {
	const pipeline = { exec: async () => [[null, ["fact"]] as [null, unknown], [null, {}] as [null, unknown]] };
	expect(await executed(pipeline)).toEqual([["fact"], {}]);
});

test("one command that timed out fails the whole", async () => {
	const late = new Error("Command timed out");
	const pipeline = { exec: async () => [[null, 1] as [null, unknown], [late, undefined] as [Error, unknown]] };
	await expect(executed(pipeline)).rejects.toBe(late);
	await expect(executed({ exec: async () => null })).rejects.toThrow("found none");
});
