import type { Page } from "playwright-core";
import { hosts } from "../../extension/src/hosts/index.ts";
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

/** Asks the overlay on a page what it tells the popup. */
export async function reportOf(desk: Desk, page: Page): Promise<unknown> {
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
