import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, launch } from "./browser.ts";
import { builtExtension } from "./built-extension.ts";
import { clockView, type FakeService, fakeService, minute, ticketView } from "./fake-service.ts";
import { fixtureSite, type Site } from "./fixture-site.ts";
import { overlayView } from "./overlay-view.ts";

let site: Site;
let service: FakeService;
let browser: Browser;

beforeAll(async () => {
	site = await fixtureSite("zammad");
	service = await fakeService({ kind: "zammad", origin: site.origin });
	service.tickets.set("19", ticketView("19"));
	browser = await launch(builtExtension(), { locale: "nl-BE" });
});
afterAll(async () => {
	await browser.close();
	await Promise.all([site.close(), service.close()]);
});

/** Answers the browser's question about an address beforehand: without a screen nobody can click on it. */
async function willAllow(origin: string): Promise<void> {
	const page = await browser.page("chrome://extensions");
	await page.evaluate(
		`new Promise((done) => chrome.developerPrivate.addHostPermission(${JSON.stringify(new URL(browser.own("")).host)}, ${JSON.stringify(`${origin}/*`)}, done))`,
	);
	await page.close();
}

describe("the popup before anything is set up", () => {
	it("leads to the options", async () => {
		const popup = await browser.page(browser.own("popup.html"));
		await popup.getByText("Stipt is nog niet verbonden.").waitFor();
		const [options] = await Promise.all([
			browser.context.waitForEvent("page"),
			popup.getByRole("button", { name: "Open de opties" }).click(),
		]);
		expect(options.url()).toBe(browser.own("options.html"));
		await options.close();
		await popup.close();
	});
});

describe("the options page", () => {
	it("says what is wrong with an address, a missing token, a refused token and a service that is away", async () => {
		const page = await browser.page(browser.own("options.html"));
		const connect = async (address: string, token: string) => {
			await page.locator('input[name="address"]').fill(address);
			await page.locator('input[name="token"]').fill(token);
			await page.locator('form[name="service"] button[type="submit"]').click();
		};
		await page.locator('form[name="service"]').waitFor();
		await page.evaluate("document.forms.service.noValidate = true");
		await connect("stipt", "t");
		await page.getByRole("alert").getByText("Verwacht een adres zoals https://stipt.example.org.").waitFor();
		await connect(service.address, "");
		await page.getByRole("alert").getByText("Plak eerst je token.").waitFor();
		await connect(service.address, "wrong");
		await page.getByRole("alert").getByText("wordt niet meer aanvaard").waitFor();
		await connect("http://127.0.0.1:9", "t");
		await page.getByRole("alert").getByText("Stipt is niet bereikbaar.").waitFor();
		await page.getByRole("button", { name: "Sta Stipt toe http://127.0.0.1:9 te bereiken" }).waitFor();
		await page.close();
	});

	it("connects, asks for one address at a time, runs on it at once, and stops when it is withdrawn", async () => {
		const open = await browser.page(`${site.origin}/#ticket/zoom/19`);
		const page = await browser.page(browser.own("options.html"));
		await page.locator('input[name="address"]').fill(`${service.address}/`);
		await page.locator('input[name="token"]').fill(service.token);
		await page.locator('form[name="service"] button[type="submit"]').click();
		await page.getByText("Verbonden als Agent Anna (medewerker).").waitFor();
		expect(await page.evaluate("chrome.permissions.getAll()")).toEqual({
			origins: [],
			permissions: ["alarms", "storage", "webRequest", "scripting", "sidePanel"],
		});
		expect(await open.evaluate("document.querySelectorAll('[data-stipt]').length")).toBe(0);

		await willAllow(site.origin);
		await page.getByRole("button", { name: `Toestaan op ${site.origin}` }).click();
		await page.getByText("Toegestaan").waitFor();
		// The tab was open before the address was allowed.
		const overlay = await overlayView(open);
		await overlay.until(
			async () => /Eerste antwoord nog 4\d min/.test(await overlay.text("timer")),
			"the timer in the open tab",
		);

		await page.getByRole("button", { name: "Intrekken" }).click();
		await page.getByRole("button", { name: `Toestaan op ${site.origin}` }).waitFor();
		await overlay.until(async () => (await overlay.mounts()).length === 0, "the overlay to leave the open tab");
		const again = await browser.page(`${site.origin}/#ticket/zoom/19`);
		await again.waitForTimeout(1_000);
		expect(await again.evaluate("document.querySelectorAll('[data-stipt]').length")).toBe(0);
		await willAllow(site.origin);
		await page.getByRole("button", { name: `Toestaan op ${site.origin}` }).click();
		await page.getByText("Toegestaan").waitFor();
		await Promise.all([open.close(), again.close(), page.close()]);
	});

	it("never shows the token again, and scripts in pages cannot read it", async () => {
		const page = await browser.page(browser.own("options.html"));
		await page.getByText("Er is een token bewaard.").waitFor();
		expect(await page.locator('input[name="token"]').inputValue()).toBe("");
		expect(await page.content()).not.toContain(service.token);
		await page.close();
		const desk = await browser.page(`${site.origin}/#ticket/zoom/19`);
		const overlay = await overlayView(desk);
		await overlay.until(async () => (await overlay.text("timer")) !== "", "the timer");
		const found = await overlay.inExtension(
			"chrome.storage.local.get(null).then(JSON.stringify, (cause) => 'refused: ' + cause.message)",
		);
		expect(found).toMatch(/^refused: /);
		expect(
			await overlay.inExtension(
				'chrome.runtime.sendMessage({ kind: "setup", body: null }).then((answer) => answer ?? null)',
			),
		).toBeNull();
		await desk.close();
	});

	it("keeps a chosen language, in the popup and over the helpdesk too", async () => {
		const page = await browser.page(browser.own("options.html"));
		await page.locator("select").selectOption("de");
		await page.getByText("Verbunden als Agent Anna (Agent).").waitFor();
		expect(await page.evaluate("document.documentElement.lang")).toBe("de");
		const desk = await browser.page(`${site.origin}/#ticket/zoom/19`);
		const overlay = await overlayView(desk);
		await overlay.until(async () => /Erste Antwort noch 4\d Min\./.test(await overlay.text("timer")), "German words");
		await page.locator("select").selectOption("browser");
		await page.getByText("Verbonden als").waitFor();
		await Promise.all([page.close(), desk.close()]);
	});

	it("keeps two changes of the same moment", async () => {
		const page = await browser.page(browser.own("options.html"));
		const ask = (kind: string, body: unknown) => `chrome.runtime.sendMessage(${JSON.stringify({ kind, body })})`;
		const alerting = { on: false, quiet: { from: "19:00", to: "07:30" } };
		await page.evaluate(`Promise.all([${ask("language", { language: "fr" })}, ${ask("alerting", { alerting })}])`);
		const both = await page.evaluate(ask("setup", null));
		expect(both).toMatchObject({ language: "fr", alerting });
		const before = { language: "browser", alerting: { on: false, quiet: null } };
		await page.evaluate(
			`Promise.all([${ask("alerting", { alerting: before.alerting })}, ${ask("language", { language: before.language })}])`,
		);
		expect(await page.evaluate(ask("setup", null))).toMatchObject(before);
		await page.close();
	});
});

describe("the popup", () => {
	it("lists open tickets by urgency with their state in words, and the age of the data", async () => {
		service.tickets.set(
			"20",
			ticketView("20", {
				title: "<i>VPN</i>",
				priority: "P1",
				clocks: [clockView({ state: "missed", remainingMs: -12 * minute, breachedAt: new Date().toISOString() })],
			}),
		);
		// Answers of a moment ago are shown again.
		await expect
			.poll(
				async () => {
					const early = await browser.page(browser.own("popup.html"));
					await early.getByText("Ticket 19").waitFor();
					const isThere = (await early.getByText("VPN").count()) > 0;
					await early.close();
					return isThere;
				},
				{ timeout: 5_000 },
			)
			.toBe(true);
		const popup = await browser.page(browser.own("popup.html"));
		await popup.getByText("Ticket 19").waitFor();
		const text = (await popup.locator("main").innerText()).replace(/\s+/g, " ");
		expect(text).toMatch(
			/Open tickets, dringendste eerst .*Ticket 19 nog 4\d min P3 · 33019 · open Eerste antwoord · tegen .*<i>VPN<\/i> 12 min te laat P1 · 33020/,
		);
		expect(text).toMatch(
			/Gegevens van \d\d:\d\d Deze pagina Stipt werkt niet op deze pagina\. Open het zijpaneel Opties Versie 0\.1\.0$/,
		);
		await popup.close();
	});
});
