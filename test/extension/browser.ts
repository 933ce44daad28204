import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";

export type Browser = {
	context: BrowserContext;
	/** Address of a page of the extension, e.g. `options.html`. */
	own(page: string): string;
	page(url: string): Promise<Page>;
	close(): Promise<void>;
};

/** A Chromium with the extension in `folder`; `window`: one that a person sees, as large as they make it. */
export async function launch(
	folder: string | null,
	{
		locale = "en-GB",
		width = 1440,
		height = 900,
		dark = false,
		window = false,
	}: { locale?: string; width?: number; height?: number; dark?: boolean; window?: boolean } = {},
): Promise<Browser> {
	const profile = mkdtempSync(join(tmpdir(), "stipt-profile-"));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: chromiumPath(),
		headless: !window,
		viewport: window ? null : { width, height },
		locale,
		timezoneId: "Europe/Brussels",
		colorScheme: dark ? "dark" : "light",
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
			"--no-first-run",
			"--no-default-browser-check",
			`--lang=${locale}`,
			...(folder === null ? [] : [`--load-extension=${folder}`, `--disable-extensions-except=${folder}`]),
		],
	});
	const worker =
		folder === null ? null : (context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker")));
	const id = worker === null ? "" : new URL(worker.url()).host;
	return {
		context,
		own: (page) => `chrome-extension://${id}/${page}`,
		page: async (url) => {
			const page = await context.newPage();
			await page.goto(url);
			return page;
		},
		close: async () => {
			await context.close();
			rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

/** Types address and token into the options page, as a person does. */
export async function pair(browser: Browser, { address, token }: { address: string; token: string }): Promise<void> {
	const options = await browser.page(browser.own("options.html"));
	await options.locator('input[name="address"]').fill(address);
	await options.locator('input[name="token"]').fill(token);
	await options.locator('form[name="service"] button[type="submit"]').click();
	await options.locator("#helpdesks").waitFor();
	await options.close();
}

export function chromiumPath(): string {
	const path = [
		process.env["CHROMIUM"],
		"/usr/bin/chromium",
		"/usr/bin/chromium-browser",
		"/usr/bin/google-chrome",
	].find((candidate) => candidate !== undefined && existsSync(candidate));
	if (path === undefined) throw new Error("Expected Chromium in /usr/bin or in CHROMIUM, found none.");
	return path;
}
