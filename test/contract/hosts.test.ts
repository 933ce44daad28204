import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { languages } from "@stipt/shared/wire/language";
import { buildSync } from "esbuild";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Host, Token } from "../../extension/src/hosts/host.ts";
import { hosts } from "../../extension/src/hosts/index.ts";
import { tables } from "../../extension/src/words/tables.ts";
import { type Browser, launch } from "../extension/browser.ts";
import { fixtureSite, type Site } from "../extension/fixture-site.ts";

type Expected = {
	path: string;
	/** Matches once the page has drawn itself. */
	drawn: string;
	/** Run in the page before it is looked at. */
	before?: string;
	ticket: string | null;
	number: string | null;
	slots: string[];
	rows: number;
	signedOut?: boolean;
	counts: Record<string, number>;
};

const root = resolve(import.meta.dirname, "../..");
const table: [string, Host][] = Object.entries(hosts);
const countsFile = (id: string) => resolve(root, `test/fixtures/pages/${id}/counts.json`);
const pagesOf = (id: string) => JSON.parse(readFileSync(countsFile(id), "utf8")) as Record<string, Expected>;
/** A page on which nothing is drawn yet: only its address counts. */
const blank = { querySelector: () => null, querySelectorAll: () => [] } as unknown as Document;

let browser: Browser;
let script = "";
beforeAll(async () => {
	browser = await launch(null);
	// The hosts as they are, in a page: selectors are the browser's to judge.
	const { outputFiles } = buildSync({
		entryPoints: [resolve(root, "extension/src/hosts/index.ts")],
		bundle: true,
		format: "iife",
		globalName: "stiptHosts",
		write: false,
	});
	script = outputFiles[0]?.text ?? "";
});
afterAll(() => browser.close());

describe.each(table)("%s", (row, host) => {
	let site: Site;
	let page: Page;
	beforeAll(async () => {
		site = await fixtureSite(host.id);
		page = await browser.context.newPage();
	});
	afterAll(async () => {
		await page.close();
		await site.close();
	});

	it("is named once: row, id and fixture folder agree", () => {
		expect(host.id).toBe(row);
		expect(existsSync(countsFile(host.id)), `Expected ${countsFile(host.id)}: how often each selector matches.`).toBe(
			true,
		);
	});

	it("has addresses with and without a ticket", () => {
		expect(host.pages.some(({ ticket }) => ticket !== null)).toBe(true);
		expect(host.pages.some(({ ticket }) => ticket === null)).toBe(true);
	});

	it.each(host.pages)("finds $ticket in $url", ({ url, ticket }) => {
		expect(host.ticketAt({ url: new URL(url), document: blank })).toBe(ticket);
	});

	it.each(host.pages)("$url is no ticket of another host (if it is, which of the two is right?)", ({ url }) => {
		for (const [other, { ticketAt }] of table) {
			if (other !== row) expect(ticketAt({ url: new URL(url), document: blank }), other).toBeNull();
		}
	});

	it("counts every selector on some page, and each of them matches somewhere", () => {
		const counts = Object.values(pagesOf(host.id)).map((expected) => expected.counts);
		expect([...new Set(counts.flatMap(Object.keys))].sort()).toEqual(Object.keys(host.selectors).sort());
		const unmatched = Object.keys(host.selectors).filter((name) => counts.every((count) => (count[name] ?? 0) === 0));
		expect(unmatched).toEqual([]);
	});

	it("dresses panels in its own look, light and dark, with the same tokens", () => {
		const tokens = (shade: "light" | "dark") => Object.keys(host.look[shade]).sort() as Token[];
		expect(tokens("light")).toEqual(tokens("dark"));
	});

	it.each(Object.entries(existsSync(countsFile(host.id)) ? pagesOf(host.id) : {}))(
		"reads its %s page",
		async (_, expected) => {
			await page.goto("about:blank");
			await page.goto(`${site.origin}${expected.path}`);
			await page.locator(expected.drawn).first().waitFor({ state: "attached" });
			if (expected.before !== undefined) await page.evaluate(expected.before);
			const read = (await page.evaluate(`(() => {
			${script};
			const host = stiptHosts.hosts[${JSON.stringify(row)}];
			const page = { url: new URL(location.href), document };
			const ticket = host.ticketAt(page);
			const slots = host.slots(page, ticket);
			return {
				recognised: host.recognises(page),
				root: host.root(page) !== null,
				ticket,
				number: host.numberAt(page),
				slots: slots.map(({ name }) => name),
				placeless: slots.filter(({ place }) => place === null || (place.kind === "over" && place.box() === null)).map(({ name }) => name),
				rows: host.rows(page).length,
				others: Object.values(stiptHosts.hosts).filter((other) => other !== host && other.recognises(page)).length,
				counts: Object.fromEntries(Object.entries(host.selectors).map(([name, selector]) => [name, document.querySelectorAll(selector).length])),
			};
		})()`)) as Record<string, unknown> & { counts: Record<string, number> };
			const { counts, ...facts } = read;
			expect(facts).toEqual({
				recognised: expected.signedOut !== true,
				root: true,
				ticket: expected.ticket,
				number: expected.number,
				slots: expected.slots,
				placeless: [],
				rows: expected.rows,
				others: 0,
			});
			for (const [name, count] of Object.entries(expected.counts)) {
				expect(counts[name], `${name} (${host.selectors[name]}) on this page`).toBe(count);
			}
		},
	);

	it("names every slot in every language", () => {
		const slots = [...new Set(Object.values(pagesOf(host.id)).flatMap((expected) => expected.slots))];
		for (const language of languages) {
			for (const slot of slots) expect(tables[language]).toHaveProperty([`slot.${slot}`]);
		}
	});
});
