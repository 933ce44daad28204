import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { languages } from "@stipt/shared/wire/language";
import { buildSync } from "esbuild";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Host, Token } from "../../extension/src/hosts/host.ts";
import { hostFor, hosts } from "../../extension/src/hosts/index.ts";
import type { Check } from "../../extension/src/lib/messages.ts";
import { tables } from "../../extension/src/words/tables.ts";
import { type Browser, launch } from "../extension/browser.ts";
import type { Site } from "../extension/fixture-site.ts";
import { hostSite } from "../extension/host-site.ts";

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
	/** The page holds a priority that it would save over a choice. */
	unsaved?: boolean;
	/** The kind of page that the self-test takes it for; without one it has nothing to say. */
	selfTest: string | null;
	/** Where the page comes from, when not from the host's own folder. */
	site?: string;
	counts: Record<string, number>;
};

const root = resolve(import.meta.dirname, "../..");
const table: [string, Host][] = Object.entries(hosts);
const fixture = (id: string, name: string) => resolve(root, `test/fixtures/pages/${id}/${name}.json`);
const readFixture = <T>(id: string, name: string) => JSON.parse(readFileSync(fixture(id, name), "utf8")) as T;
const pagesOf = (id: string) => readFixture<Record<string, Expected>>(id, "counts");
/** Addresses, each with the ticket that it shows by itself. */
const addressesOf = (id: string) => Object.entries(readFixture<Record<string, string | null>>(id, "addresses"));
/** Hosts of one application share their folder's name. */
const applicationOf = (id: string) => Object.keys(hosts).find((row) => id === row || id.startsWith(`${row}-`));
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
	const sites = new Map<string, Promise<Site>>();
	const siteOf = (name: string): Promise<Site> => {
		const site = sites.get(name) ?? hostSite(name);
		sites.set(name, site);
		return site;
	};
	let page: Page;
	beforeAll(async () => {
		page = await browser.context.newPage();
	});
	afterAll(async () => {
		await page.close();
		for (const site of sites.values()) await (await site).close();
	});

	it("is named once: row, id and fixture folder agree", () => {
		expect(host.id).toBe(row);
		for (const name of ["counts", "addresses"]) {
			expect(existsSync(fixture(row, name)), `Expected ${fixture(row, name)}.`).toBe(true);
		}
	});

	it("has addresses with and without a ticket", () => {
		expect(addressesOf(row).some(([, ticket]) => ticket !== null)).toBe(true);
		expect(addressesOf(row).some(([, ticket]) => ticket === null)).toBe(true);
	});

	it.each(addressesOf(row))("finds in %s the ticket %s, and is the host that serves it", (address, ticket) => {
		const url = new URL(address);
		expect(host.ticketAt({ url, document: blank })).toBe(ticket);
		expect(hostFor(host.kind, url)?.id).toBe(row);
	});

	it.each(addressesOf(row))("%s is no ticket of another application (if it is, which is right?)", (address) => {
		const url = new URL(address);
		for (const [other, { ticketAt }] of table) {
			if (applicationOf(other) === applicationOf(row)) continue;
			expect(ticketAt({ url, document: blank }), other).toBeNull();
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

	it.each(Object.entries(existsSync(fixture(row, "counts")) ? pagesOf(row) : {}))(
		"reads its %s page",
		async (_, expected) => {
			const site = await siteOf(expected.site ?? row);
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
				unsaved: host.hasUnsavedPriority(page),
				checks: host.structure(page),
				others: Object.values(stiptHosts.hosts).filter((other) => other.recognises(page)).map(({ id }) => id),
				counts: Object.fromEntries(Object.entries(host.selectors).map(([name, selector]) => [name, document.querySelectorAll(selector).length])),
			};
		})()`)) as Record<string, unknown> & { counts: Record<string, number>; checks: Check[]; others: string[] };
			const { counts, checks, others, ...facts } = read;
			expect(facts).toEqual({
				recognised: expected.signedOut !== true,
				root: true,
				ticket: expected.ticket,
				number: expected.number,
				slots: expected.slots,
				placeless: [],
				rows: expected.rows,
				unsaved: expected.unsaved === true,
			});
			expect(others.filter((other) => applicationOf(other) !== applicationOf(row))).toEqual([]);
			expect(checks.filter(({ isRight }) => !isRight)).toEqual([]);
			expect(checks[0]?.name.split(":")[0] ?? null).toBe(expected.selfTest);
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
