import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ticketSchema } from "../../webhook-service/src/adapters/helpdesks/generic/documents.ts";

const file = "../../webhook-service/src/adapters/helpdesks/generic/ticket.schema.json";

test("the JSON Schema of a ticket of any system is the one that its adapter reads by", () => {
	const written: unknown = JSON.parse(readFileSync(join(import.meta.dirname, file), "utf8"));
	expect(written).toEqual(ticketSchema());
});

test("the adapter for any other system is short enough to be read at once: at most 150 lines of code", () => {
	const folder = join(import.meta.dirname, "../../webhook-service/src/adapters/helpdesks/generic");
	const lines = ["index.ts", "documents.ts"].flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
	expect(lines.filter((line) => !/^\s*($|\/\/|\/\*\*|\*)/.test(line)).length).toBeLessThanOrEqual(150);
});
