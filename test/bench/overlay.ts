import { readdirSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { type Browser, launch, pair } from "../extension/browser.ts";
import { builtExtension, grantedExtension } from "../extension/built-extension.ts";
import { fakeService, ticketView } from "../extension/fake-service.ts";
import { fixtureSite } from "../extension/fixture-site.ts";
import { overlayView } from "../extension/overlay-view.ts";
import { type BenchResult, type Spread, spreadOf } from "./measuring/alternate.ts";

/** What each part may weigh, compressed, in bytes. */
const weights: readonly (readonly [name: string, file: RegExp, limit: number])[] = [
	["the overlay's script", /^overlay\..*\.js$/, 30_720],
	["the background", /^static\/background\/index\.js$/, 40_960],
	["the options page", /^options\..*\.js$/, 61_440],
	["the popup", /^popup\..*\.js$/, 61_440],
	["the side panel", /^sidepanel\..*\.js$/, 61_440],
	["the panels' script", /^panels\..*\.js$/, 61_440],
];
const rows = 100;
const rounds = 7;
const idleMs = 10_000;
const switches = 500;

/**
 * What the overlay weighs and costs: the same pages with and without it, in turn, in the same run. `PARTS`: a pattern of
 * what is measured, when that is not all. Other work on the machine shows in every figure, so the load is told with each.
 */
export async function bench(): Promise<BenchResult[]> {
	const site = await fixtureSite("zammad");
	const service = await fakeService({ kind: "zammad", origin: site.origin });
	const listed = Array.from({ length: rows }, (_, n) => 1001 + n);
	for (const id of [19, 20, ...listed]) service.tickets.set(String(id), ticketView(String(id)));
	const ours = await launch(grantedExtension([site.origin]));
	const plain = await launch(null);
	const list = `${site.origin}/?more=${rows}#ticket/view/my_assigned`;
	const ticket = `${site.origin}/#ticket/zoom/19`;
	const start = `${site.origin}/?more=${rows}#dashboard`;
	const both = [ours, plain] as const;
	try {
		await pair(ours, service);
		const results: BenchResult[] = weights.map(weigh);
		const parts: readonly (readonly [name: string, measure: (name: string) => Promise<BenchResult>])[] = [
			["a ticket's first timer, after its content", async (name) => timed(name, 150, await firstTimers(ours, start))],
			[
				`all visible timers of a list of ${rows}, after its rows`,
				async (name) => timed(name, 100, await firstBadges(ours, start)),
			],
			["the matrix, from the click until it is drawn", async (name) => timed(name, 50, await matrixOpens(ours, start))],
			[
				"layout shift over tickets and a list",
				(name) => compared(name, "score", both, 1, (one) => shifts(one, start), 0),
			],
			[
				"main thread while idle on a ticket",
				(name) => compared(name, "% of the time", both, 2, (one) => idle(one, ticket, "fieldset.edit"), 0.5),
			],
			[
				`main thread while idle on a list of ${rows}`,
				(name) => compared(name, "% of the time", both, 2, (one) => idle(one, list, "tr.item"), 0.5),
			],
			[
				`heap after ${switches} ticket switches`,
				(name) => compared(name, "kB grown", both, 1, (one) => grown(one, start), 1024),
			],
		];
		const wanted = new RegExp(process.env["PARTS"] ?? "");
		for (const [name, measure] of parts) {
			if (!wanted.test(name)) continue;
			const [load = 0] = loadavg();
			const result = await measure(name);
			const { value, unit, baseline, baselineName, spread } = result;
			const between = spread === null ? "" : ` (${spread.value.min} to ${spread.value.max})`;
			console.log(`${name}: ${value}${between} ${unit}, ${baselineName}: ${baseline}; load ${load.toFixed(1)}`);
			results.push(result);
		}
		return results;
	} finally {
		await Promise.all([ours.close(), plain.close(), site.close(), service.close()]);
	}
}

function weigh([name, file, limit]: (typeof weights)[number]): BenchResult {
	const folder = builtExtension();
	const found = readdirSync(folder, { recursive: true, encoding: "utf8" }).find((path) => file.test(path));
	if (found === undefined) throw new Error(`Expected a file that matches ${file} in ${folder}, found none.`);
	return limited(
		`gzip size of ${name}`,
		"bytes",
		limit,
		gzipSync(readFileSync(join(folder, found)), { level: 9 }).length,
	);
}

function limited(name: string, unit: string, limit: number, value: number, spread: Spread | null = null): BenchResult {
	return {
		case: name,
		value,
		unit,
		baseline: limit,
		baselineName: `limit ${limit}`,
		ratio: value / limit,
		spread: spread === null ? null : { value: spread, baseline: spreadOf([limit]) },
	};
}

function timed(name: string, limit: number, values: readonly number[]): BenchResult {
	const spread = spreadOf(values);
	return limited(name, "ms", limit, spread.median, spread);
}

/** What the overlay adds to the same page without it. */
async function compared(
	name: string,
	unit: string,
	[ours, plain]: readonly [Browser, Browser],
	times: number,
	measure: (browser: Browser) => Promise<number>,
	limit: number,
): Promise<BenchResult> {
	const values: number[] = [];
	const baselines: number[] = [];
	for (let round = 0; round < times; round += 1) {
		values.push(await measure(ours));
		baselines.push(await measure(plain));
	}
	const spread = { value: spreadOf(values), baseline: spreadOf(baselines) };
	return {
		case: name,
		value: spread.value.median,
		unit,
		baseline: spread.baseline.median,
		baselineName: `the same page without the extension, which may be exceeded by ${limit}`,
		ratio: spread.baseline.median === 0 ? spread.value.median : spread.value.median / spread.baseline.median,
		spread,
	};
}

/**
 * Milliseconds from when `content` is in the page until `count` of our elements named `mount` show words that match
 * `words`. Runs in the extension's world, which alone can look into them.
 */
const untilSaid = (go: string, content: string, mount: string, words: RegExp, count: string) => `new Promise((done) => {
	const said = () => [...document.querySelectorAll("[data-stipt=${mount}]")].filter((one) => ${words}.test(chrome.dom.openOrClosedShadowRoot(one).textContent)).length;
	let from = null;
	const look = () => {
		if (from === null && document.querySelector("${content}") !== null) from = performance.now();
		if (from !== null && said() >= ${count}) done(performance.now() - from);
		else requestAnimationFrame(look);
	};
	${go};
	look();
})`;

async function firstTimers(browser: Browser, start: string): Promise<number[]> {
	const page = await browser.page(start);
	const view = await overlayView(page);
	await page.waitForTimeout(1_500);
	const values: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		const id = 1001 + round;
		const content = `#content_permanent_Ticket-${id} fieldset.edit`;
		const opened = untilSaid(`location.hash = "#ticket/zoom/${id}"`, content, "timer", /left/, "1");
		values.push((await view.inExtension(opened)) as number);
		await page.evaluate("location.hash = '#dashboard'");
		await page.waitForTimeout(200);
	}
	await page.close();
	return values;
}

async function firstBadges(browser: Browser, start: string): Promise<number[]> {
	const values: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		const page = await browser.page(start);
		const view = await overlayView(page);
		await page.waitForTimeout(1_500);
		const visible =
			"[...document.querySelectorAll('tr.item')].filter((row) => row.dataset.id > 1000 && row.getBoundingClientRect().top < innerHeight).length";
		const opened = untilSaid("location.hash = '#ticket/view/my_assigned'", "tr.item", "badge", /\d/, visible);
		values.push((await view.inExtension(opened)) as number);
		await page.close();
	}
	return values;
}

async function matrixOpens(browser: Browser, start: string): Promise<number[]> {
	const page = await browser.page(start);
	const view = await overlayView(page);
	await view.inExtension(untilSaid("location.hash = '#ticket/zoom/1001'", "fieldset.edit", "matrix", /P3/, "1"));
	await page.waitForTimeout(1_000);
	const values: number[] = [];
	for (let round = 0; round <= rounds; round += 1) {
		await view.inExtension(`globalThis.opening = new Promise((done) => {
			const root = chrome.dom.openOrClosedShadowRoot(document.querySelector("[data-stipt=matrix]"));
			let from = 0;
			root.addEventListener("click", () => { from = performance.now(); }, { capture: true, once: true });
			const look = () => {
				const panel = document.querySelector("[data-stipt=panel]");
				const cells = panel === null || from === 0 ? [] : chrome.dom.openOrClosedShadowRoot(panel).querySelectorAll("button");
				if (cells.length >= 9) done(performance.now() - from);
				else requestAnimationFrame(look);
			};
			look();
		}); 0`);
		await view.click("matrix", "button", /P3/);
		const took = (await view.inExtension("opening")) as number;
		// The first brings the second script, which comes sooner where a pointer comes near before it clicks.
		if (round > 0) values.push(took);
		await page.keyboard.press("Escape");
		await page.waitForTimeout(200);
	}
	await page.close();
	return values;
}

/** The sum of all shifts that no person caused. */
async function shifts(browser: Browser, start: string): Promise<number> {
	const page = await browser.context.newPage();
	await page.addInitScript(`
		globalThis.shifted = 0;
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
				shifted += entry.value;
				console.debug(entry.value, ...entry.sources.map(({ node, previousRect, currentRect }) => [node?.nodeName, node?.className, JSON.stringify(previousRect), JSON.stringify(currentRect)].join(" ")));
			}
		}).observe({ type: "layout-shift", buffered: true });
	`);
	if (process.env["SHIFTS"] !== undefined) page.on("console", (message) => process.stderr.write(`${message.text()}\n`));
	await page.goto(start);
	await page.waitForTimeout(1_500);
	for (const path of ["zoom/1001", "zoom/1002", "view/my_assigned", "zoom/1001", "view/my_assigned", "zoom/1003"]) {
		await page.evaluate(`location.hash = "#ticket/${path}"`);
		await page.waitForTimeout(1_000);
	}
	await page.evaluate(`location.hash = "#ticket/view/my_assigned"`);
	await page.waitForTimeout(500);
	for (const top of [900, 1800, 2700, 0]) {
		await page.evaluate(`document.querySelector(".overviews > .main").scrollTop = ${top}`);
		await page.waitForTimeout(400);
	}
	const score = (await page.evaluate("shifted")) as number;
	await page.close();
	return score;
}

/** Of each second that nobody touches the page, how much its main thread works: in its own time, whatever else the machine does. */
async function idle(browser: Browser, url: string, content: string): Promise<number> {
	const page = await browser.page(url);
	await page.waitForSelector(content, { state: "attached" });
	await page.waitForTimeout(3_000);
	const spent = await threadTime(page);
	const before = await spent();
	await page.waitForTimeout(idleMs);
	const share = (((await spent()) - before) / idleMs) * 100;
	await page.close();
	return share;
}

async function threadTime(page: Page): Promise<() => Promise<number>> {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
	return async () => {
		const { metrics } = await cdp.send("Performance.getMetrics");
		return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
	};
}

/** Kilobytes that the page's heap grows by while tickets, each opened once before, are shown in turn. */
async function grown(browser: Browser, start: string): Promise<number> {
	const page = await browser.page(start);
	const cdp = await page.context().newCDPSession(page);
	const used = async () => {
		await cdp.send("HeapProfiler.collectGarbage");
		return (await cdp.send("Runtime.getHeapUsage")).usedSize / 1024;
	};
	const walk = (times: number) =>
		page.evaluate(`(async () => {
			for (let n = 0; n < ${times}; n += 1) {
				location.replace("#ticket/zoom/" + (1001 + (n % ${rows})));
				await new Promise((done) => setTimeout(done, 45));
			}
		})()`);
	await walk(rows);
	const before = await used();
	await walk(switches);
	await page.waitForTimeout(500);
	const growth = (await used()) - before;
	await page.close();
	return growth;
}
