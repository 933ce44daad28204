import { readdirSync, readFileSync } from "node:fs";
import { publishedSchemas } from "@stipt/shared/policy/json-schema";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const folder = new URL("../shared/policies/", import.meta.url);
const schemas = publishedSchemas();
const read = (file: string | URL) => readFileSync(new URL(file, folder), "utf8");

function validator(file: string) {
	const schema = schemas[file];
	if (schema === undefined) throw new Error(`Expected a schema ${file}, found none`);
	return new Ajv({ allErrors: true, formats: { email: true } }).compile(schema);
}

/** Every key that a schema declares without telling what it is for. */
function undescribed(schema: unknown, path = ""): string[] {
	if (typeof schema !== "object" || schema === null) return [];
	const properties = Object.entries(Object(Reflect.get(schema, "properties")));
	const silent = properties.flatMap(([key, value]) =>
		typeof Reflect.get(Object(value), "description") === "string" ? [] : [`${path}/${key}`],
	);
	return [...silent, ...Object.entries(schema).flatMap(([key, inside]) => undescribed(inside, `${path}/${key}`))];
}

describe.each(Object.keys(schemas))("%s", (file) => {
	test("is the one that npm run schema writes", () => {
		expect(read(file)).toBe(`${JSON.stringify(schemas[file], null, "\t")}\n`);
	});

	test("says of each key what it is for", () => {
		expect(undescribed(schemas[file])).toEqual([]);
	});
});

const policies = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
const sets = readdirSync(new URL("holidays/", folder)).filter((file) => file.endsWith(".yaml"));

describe("editors", () => {
	const policy = validator("policy.schema.json");
	const set = validator("holiday-set.schema.json");
	const [, whole = ""] = /```yaml\n([\s\S]*?)```/.exec(read("../src/policy/README.md")) ?? [];

	test.each(policies)("have nothing against %s", (file) => {
		policy(parse(read(file)));
		expect(policy.errors).toBeNull();
	});

	test.each(sets)("have nothing against the holidays of %s", (file) => {
		set(parse(read(`holidays/${file}`)));
		expect(set.errors).toBeNull();
	});

	test("have nothing against the document that shows every form", () => {
		policy(parse(whole));
		expect(policy.errors).toBeNull();
	});

	test.each([
		["a misspelt key", "grace: 2m", "graze: 2m", ""],
		["a day as a duration", "grace: 2m", "grace: 1 day", "/grace"],
		["an unknown word", "nextUpdateFrom: customer", "nextUpdateFrom: anybody", "/nextUpdateFrom"],
		[
			"a target in days",
			"P3: { first-response: 3 working days }",
			"P3: { first-response: 3 days }",
			"/services/portal",
		],
		["a moment after the end", "at: 75%", "at: late", "/ladders/climb/steps/0/at"],
		["a time without a weekday", "at: Mon 2026-03-02 09:30", "at: 2026-03-02 09:30", "/examples/0/expect/0/at"],
		["a figure that is no per cent", "inHours: 99.3", "inHours: 993", "/services/portal/availability/0/inHours"],
	])("underline %s", (_, from, to, path) => {
		expect(whole).toContain(from);
		policy(parse(whole.replace(from, to)));
		expect((policy.errors ?? []).some(({ instancePath }) => instancePath.startsWith(path))).toBe(true);
	});
});
