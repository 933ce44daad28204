import { expect, test } from "vitest";
import { turns } from "./turns.ts";

test("what has one name is done in order, also after a failure, and other names do not wait", async () => {
	const { take } = turns();
	const done: string[] = [];
	let release = () => {};
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	const first = take("a", async () => {
		await held;
		done.push("first");
		throw new Error("failed");
	});
	const second = take("a", async () => void done.push("second"));
	await take("b", async () => void done.push("other"));
	expect(done).toEqual(["other"]);
	release();
	await expect(first).rejects.toThrow("failed");
	await second;
	await take("a", async () => void done.push("third"));
	expect(done).toEqual(["other", "first", "second", "third"]);
});
