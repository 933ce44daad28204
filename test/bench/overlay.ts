import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Browser, launch, pair } from "../extension/browser.ts";
import { builtExtension, grantedExtension, overlayScript } from "../extension/built-extension.ts";
import { fakeService, ticketView } from "../extension/fake-service.ts";
import { fixtureSite } from "../extension/fixture-site.ts";
import { type BenchResult, spreadOf } from "./measuring/alternate.ts";

/** What the overlay's script may weigh, compressed. */
const LIMIT_BYTES = 30_720;
const ROUNDS = 7;
const ROWS = 100;
const WATCHED_MS = 3_000;

/** The overlay's script by weight, and what it costs a page: the same page with and without it, in turn. */
export async function bench(): Promise<BenchResult[]> {
	const site = await fixtureSite("zammad");
	const service = await fakeService({ kind: "zammad", origin: site.origin });
	const ids = ["19", ...Array.from({ length: ROWS }, (_, n) => String(1001 + n))];
	for (const id of ids) service.tickets.set(id, ticketView(id, { number: `330${id}` }));
	const withOverlay = await launch(grantedExtension([site.origin]));
	const without = await launch(null);
	try {
		await pair(withOverlay, service);
		const ticket = `${site.origin}/#ticket/zoom/19`;
		const list = `${site.origin}/?more=${ROWS}#ticket/view/my_assigned`;
		return [
			weight(),
			await inTurn("a ticket page, until it is drawn", "ms", [withOverlay, without], (browser) =>
				drawn(browser, ticket),
			),
			await inTurn(`main thread in ${WATCHED_MS} ms of a list of ${ROWS}`, "ms", [withOverlay, without], (browser) =>
				busy(browser, list),
			),
		];
	} finally {
		await Promise.all([withOverlay.close(), without.close(), site.close(), service.close()]);
	}
}

function weight(): BenchResult {
	const value = gzipSync(readFileSync(overlayScript(builtExtension())), { level: 9 }).length;
	return {
		case: "gzip size of the overlay script",
		value,
		unit: "bytes",
		baseline: LIMIT_BYTES,
		baselineName: `limit ${LIMIT_BYTES}`,
		ratio: value / LIMIT_BYTES,
		spread: null,
	};
}

async function inTurn(
	name: string,
	unit: string,
	[ours, theirs]: readonly [Browser, Browser],
	measure: (browser: Browser) => Promise<number>,
): Promise<BenchResult> {
	const values: number[] = [];
	const baselines: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		values.push(await measure(ours));
		baselines.push(await measure(theirs));
	}
	const spread = { value: spreadOf(values), baseline: spreadOf(baselines) };
	return {
		case: name,
		value: spread.value.median,
		unit,
		baseline: spread.baseline.median,
		baselineName: "the same page without the extension",
		ratio: spread.value.median / spread.baseline.median,
		spread,
	};
}

/** Milliseconds from asking for the page until its form is there. */
async function drawn(browser: Browser, url: string): Promise<number> {
	const page = await browser.context.newPage();
	await page.goto(url, { waitUntil: "commit" });
	await page.waitForSelector("fieldset.edit", { state: "attached" });
	const at = (await page.evaluate("performance.now()")) as number;
	await page.close();
	return at;
}

/** Milliseconds that the page's main thread was at work while nobody touched it. */
async function busy(browser: Browser, url: string): Promise<number> {
	const page = await browser.page(url);
	await page.waitForSelector("tr.item", { state: "attached" });
	await page.waitForTimeout(1_000);
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Performance.enable");
	const spent = async () => {
		const { metrics } = await cdp.send("Performance.getMetrics");
		return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
	};
	const before = await spent();
	await page.waitForTimeout(WATCHED_MS);
	const at = (await spent()) - before;
	await page.close();
	return at;
}
