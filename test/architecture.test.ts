import { describe, expect, it } from "vitest";
import { importRules } from "./architecture/import-rules.ts";
import { namingRules } from "./architecture/naming-rules.ts";
import { ownerRules } from "./architecture/owner-rules.ts";
import { isCode } from "./architecture/rule.ts";
import { importsOf, readSource, repositoryFiles } from "./architecture/source.ts";

const paths = repositoryFiles();
const sources = paths.filter((path) => /\.(ts|tsx|mjs|json|ya?ml|md|css|html)$/.test(path)).map(readSource);
const others = paths
	.filter((path) => !sources.some((source) => source.path === path))
	.map((path) => ({ path, text: "" }));

// Reads every syntax tree once, before a test's time begins to count.
for (const source of sources.filter(({ path }) => isCode(path))) importsOf(source);

/** The rows of a table, by the files that its index imports. */
function rowsOf(folder: string): string[] {
	const index = sources.find(({ path }) => path === `${folder}/index.ts`);
	return index === undefined
		? []
		: importsOf(index)
				.filter(({ target, isTypeOnly }) => !isTypeOnly && target.startsWith(`${folder}/`))
				.map(({ target }) => target.slice(folder.length + 1).replace(/[/.].*$/, ""));
}

const kinds = ["helpdesks", "channels", "status-pages"];
const rows = kinds.flatMap((kind) => rowsOf(`webhook-service/src/adapters/${kind}`).map((row) => `${kind}/${row}`));
const hosts = rowsOf("extension/src/hosts");

const rules = [...importRules({ rows, hosts }), ...ownerRules, ...namingRules(new Date().toISOString().slice(0, 10))];

describe("the repository", () => {
	it("is looked at whole", () => {
		const count = (folder: string) => sources.filter(({ path }) => path.startsWith(folder)).length;
		expect(
			["shared/src/", "webhook-service/src/", "extension/src/", "test/"].map(count).every((files) => files > 10),
		).toBe(true);
		expect(rows).toEqual(
			expect.arrayContaining(["helpdesks/zammad", "helpdesks/odoo", "channels/email", "status-pages/statuspage"]),
		);
		expect(hosts).toEqual(expect.arrayContaining(["zammad", "odoo"]));
	});

	it.each(rules)("$sentence", ({ faults }) => {
		expect([...sources, ...others].flatMap(faults)).toEqual([]);
	});
});

describe("each rule bites", () => {
	it.each(rules)("$sentence", ({ faults, breaks, keeps }) => {
		expect(faults(breaks)).not.toEqual([]);
		expect(faults(keeps)).toEqual([]);
	});
});
