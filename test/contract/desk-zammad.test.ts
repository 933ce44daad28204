import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliveryDrift, drift, type Replayed, type Replaying, startDesk } from "./replaying-zammad.ts";

const file = join(import.meta.dirname, "../fixtures/replayed/zammad-5.2.2.json");
const { shapes, exchanges, changes, tries } = JSON.parse(readFileSync(file, "utf8")) as Replayed;

describe("the practice desk in Zammad's shape, asked what a Zammad 5.2.2 was asked", () => {
	let desk: Replaying;
	beforeAll(async () => {
		desk = await startDesk();
	});
	afterAll(() => desk.close());

	test("has 208 questions and answers to live up to", () => {
		expect(exchanges).toHaveLength(208);
	});

	test.each(exchanges)("$name: answers alike", async (exchange) => {
		expect(drift(exchange, shapes, await desk.ask(exchange))).toEqual([]);
	});
});

describe("the practice desk in Zammad's shape, changed as a Zammad 5.2.2 was changed", () => {
	let desk: Replaying;
	beforeAll(async () => {
		desk = await startDesk();
		await desk.install();
	});
	afterAll(() => desk.close());

	test("has 42 changes to live up to, and the deliveries of 32 of them", () => {
		expect(changes).toHaveLength(42);
		expect(changes.filter(({ delivery }) => delivery !== undefined)).toHaveLength(32);
	});

	test.each(changes)("$name: answers alike, and sends as many deliveries, alike", async (change) => {
		const answer = await desk.ask(change);
		expect([...drift(change, shapes, answer), ...deliveryDrift(change, shapes, answer.sent)]).toEqual([]);
	});

	test.each(tries)(
		"$name: answered with $answers, a delivery is asked for as $asked",
		async ({ answers, asked, ids }) => {
			const got = await desk.tried(answers);
			expect(got.map(({ method }) => method)).toEqual(asked);
			expect(new Set(got.map(({ headers }) => headers["x-zammad-delivery"])).size).toBe(ids);
		},
	);
});
