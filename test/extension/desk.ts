import type { Page } from "playwright-core";
import { expect } from "vitest";
import { hosts } from "../../extension/src/hosts/index.ts";
import type { Report } from "../../extension/src/lib/messages.ts";
import { type Browser, launch, pair } from "./browser.ts";
import { grantedExtension } from "./built-extension.ts";
import { type FakeService, fakeService } from "./fake-service.ts";
import { fixtureSite, type Site } from "./fixture-site.ts";
import { type OverlayView, overlayView } from "./overlay-view.ts";

export type Tab = { page: Page; overlay: OverlayView };

/** A browser with the extension, paired with a service and allowed on the pages of one host. */
export type Desk = {
	site: Site;
	service: FakeService;
	browser: Browser;
	/** Opens a page of the host; `path` as in its address bar. */
	open(path: string): Promise<Tab>;
	close(): Promise<void>;
};

/** `host`: a row of the hosts' table; without a `site`, its fixture pages. `also`: origins that are allowed too. */
export async function openDesk(
	host: keyof typeof hosts,
	{
		site: given,
		also = [],
		...options
	}: {
		site?: Site;
		also?: readonly string[];
		locale?: string;
		dark?: boolean;
		height?: number;
		prepare?(service: FakeService): void;
	} = {},
): Promise<Desk> {
	const site = given ?? (await fixtureSite(host));
	const { kind } = hosts[host];
	const service = await fakeService({ kind, origin: site.origin });
	options.prepare?.(service);
	const browser = await launch(grantedExtension([site.origin, ...also]), options);
	await pair(browser, service);
	return {
		site,
		service,
		browser,
		open: async (path) => {
			const page = await browser.page(`${site.origin}${path}`);
			return { page, overlay: await overlayView(page) };
		},
		close: async () => {
			await browser.close();
			await Promise.all([site.close(), service.close()]);
		},
	};
}

/** Waits until a mount says something that matches. */
export async function says(overlay: OverlayView, mount: string, text: RegExp, timeout?: number): Promise<string> {
	return overlay.until(
		async () => {
			const said = await overlay.text(mount);
			return text.test(said) ? said : "";
		},
		`${mount} to say ${text}`,
		timeout,
	);
}

/** Waits until the overlay on a page tells the popup this, and answers all that it tells. */
export async function reported(desk: Desk, page: Page, expected: Record<string, unknown>): Promise<Report> {
	let report: unknown;
	const look = async () => {
		report = await reportOf(desk, page);
		return report;
	};
	await expect.poll(look, { timeout: 10_000, interval: 200 }).toMatchObject(expected);
	return report as Report;
}

/** That a place of the host's structure was looked for, which happens a moment after the overlay is there. */
export const checked = (name: string) => expect.arrayContaining([expect.objectContaining({ name })]);

async function reportOf(desk: Desk, page: Page): Promise<unknown> {
	const popup = await desk.browser.page(desk.browser.own("popup.html"));
	try {
		await page.bringToFront();
		return await popup.evaluate(`(async () => {
			const tabs = await chrome.tabs.query({ url: ${JSON.stringify(`${desk.site.origin}/*`)} });
			for (const { id } of tabs.reverse()) {
				const report = await chrome.tabs.sendMessage(id, "report").catch(() => undefined);
				const [{ result }] = await chrome.scripting.executeScript({ target: { tabId: id }, func: () => location.href });
				if (result === ${JSON.stringify(page.url())}) return report ?? null;
			}
			return null;
		})()`);
	} finally {
		await popup.close();
	}
}
