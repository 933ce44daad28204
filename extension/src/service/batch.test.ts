import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { batch } from "./batch.ts";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

describe("batch", () => {
	it("loads what is asked for within the wait once, each key once", async () => {
		const loads: string[][] = [];
		const get = batch<string>(
			async (keys) => {
				loads.push(keys);
				return new Map(keys.filter((key) => key !== "9").map((key) => [key, `ticket ${key}`]));
			},
			{ wait: 50, size: 200 },
		);
		const answers = Promise.all([get("1"), get("2"), get("1"), get("9")]);
		await vi.advanceTimersByTimeAsync(50);
		expect(await answers).toEqual(["ticket 1", "ticket 2", "ticket 1", undefined]);
		expect(loads).toEqual([["1", "2", "9"]]);
	});

	it("splits what is too large for one load", async () => {
		const sizes: number[] = [];
		const get = batch<string>(
			async (keys) => {
				sizes.push(keys.length);
				return new Map();
			},
			{ wait: 50, size: 200 },
		);
		const answers = Promise.all(Array.from({ length: 401 }, (_, n) => get(String(n))));
		await vi.advanceTimersByTimeAsync(50);
		await answers;
		expect(sizes).toEqual([200, 200, 1]);
	});

	it("fails the keys of a failed load and loads the next ones", async () => {
		let broken = true;
		const get = batch<string>(
			async (keys) => {
				if (broken) throw new Error("away");
				return new Map(keys.map((key) => [key, key]));
			},
			{ wait: 50, size: 200 },
		);
		const first = get("1").catch((cause: Error) => cause.message);
		await vi.advanceTimersByTimeAsync(50);
		expect(await first).toBe("away");
		broken = false;
		const second = get("1");
		await vi.advanceTimersByTimeAsync(50);
		expect(await second).toBe("1");
	});
});
