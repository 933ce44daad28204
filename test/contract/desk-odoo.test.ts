import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliveryDrift, drift, type Replayed, type Replaying, startDesk } from "./replaying-odoo.ts";

const file = join(import.meta.dirname, "../fixtures/replayed/odoo-17.json");
const { rules, shape, changes, exchanges } = JSON.parse(readFileSync(file, "utf8")) as Replayed;

describe("the practice desk in Odoo's shape, asked what an Odoo 17 was asked", () => {
	let desk: Replaying;
	beforeAll(async () => {
		desk = await startDesk();
		await desk.open();
	});
	afterAll(() => desk.close());

	test("has 123 questions and answers to live up to", () => {
		expect(exchanges).toHaveLength(123);
	});

	test.each(exchanges)("$name: answers alike", async (exchange) => {
		expect(drift(exchange, await desk.ask(exchange))).toEqual([]);
	});
});

describe("the practice desk in Odoo's shape, with twelve rules, saved as an Odoo 17 was saved", () => {
	let desk: Replaying;
	beforeAll(async () => {
		desk = await startDesk();
		await desk.install(rules);
	});
	afterAll(() => desk.close());

	test("has 23 saves to live up to, and their 95 webhooks", () => {
		expect(changes).toHaveLength(23);
		expect(changes.flatMap(({ deliveries }) => deliveries)).toHaveLength(95);
	});

	test.each(changes)("$name: sends as many webhooks, in the same order, that say the same", async (change) => {
		const before = desk.made();
		const sent = await desk.change(change);
		expect(deliveryDrift(change, shape, change.makes ? desk.made() : before, sent)).toEqual([]);
	});
});
