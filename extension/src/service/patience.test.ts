import { describe, expect, it } from "vitest";
import { patience } from "./patience.ts";

describe("patience", () => {
	it("waits twice as long after each failure, at most a minute", () => {
		const waits = patience(() => 1);
		const measured = [1, 2, 3, 4, 5, 6, 7, 8].map(() => {
			waits.failed(0, null);
			return [500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000].find((at) => waits.mayCall(at));
		});
		expect(measured).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
	});

	it("waits as long as the service asks", () => {
		const waits = patience(() => 0);
		waits.failed(0, 20_000);
		expect(waits.mayCall(19_999)).toBe(false);
		expect(waits.mayCall(20_000)).toBe(true);
	});

	it("forgets its failures after a success", () => {
		const waits = patience(() => 1);
		waits.failed(0, null);
		waits.failed(0, null);
		waits.succeeded();
		expect(waits.mayCall(0)).toBe(true);
		waits.failed(0, null);
		expect(waits.mayCall(1000)).toBe(true);
	});
});
