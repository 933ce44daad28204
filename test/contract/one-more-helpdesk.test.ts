import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { helpdesks } from "../../webhook-service/src/adapters/helpdesks/index.ts";

const root = join(import.meta.dirname, "../..");
const service = "webhook-service/src";
const guide = readFileSync(join(root, service, "adapters/helpdesks/README.md"), "utf8");

test.each(Object.keys(helpdesks))("%s is known outside its folder only where the guide says", (id) => {
	const says = new RegExp(`"${id}"|/${id}/|\\b${id}:`);
	const files = readdirSync(join(root, service), { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
		.filter((file) => !file.startsWith(`adapters/helpdesks/${id}/`))
		.filter((file) => says.test(readFileSync(join(root, service, file), "utf8")))
		.map((file) => file.replace("adapters/", ""));
	const told = ["commands/connection-kinds.ts", "helpdesks/helpdesk.ts", "helpdesks/index.ts"];
	expect(files.sort()).toEqual(told);
	for (const file of told) expect(guide).toContain(`\`${file}\``);
	for (const kind of ["deliveries", "replies"]) {
		expect(existsSync(join(root, "test/fixtures", kind, id))).toBe(true);
		expect(guide).toContain(`test/fixtures/${kind}/<id>/`);
	}
});
