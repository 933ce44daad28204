import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Browser, launch, pair } from "./browser.ts";
import { grantedExtension } from "./built-extension.ts";
import { clockView, type FakeService, fakeService, hour, minute, ticketView } from "./fake-service.ts";
import { fixtureSite, type Site } from "./fixture-site.ts";

let site: Site;
let service: FakeService;
let browser: Browser;

const words = (text: string) => ({ nl: text, fr: text, de: text, en: text });
const late = (change = {}) =>
	clockView({ state: "missed", remainingMs: -12 * minute, breachedAt: new Date().toISOString(), ...change });
const escalated = (alert: string) => ({
	escalation: {
		...{ goal: "first-response" as const, step: 2, of: 3, owedAt: new Date().toISOString() },
		...{ alert, acknowledgedBy: null, nextPromise: null },
	},
});

beforeAll(async () => {
	site = await fixtureSite("zammad");
	service = await fakeService({ kind: "zammad", origin: site.origin });
	service.me = { ...service.me, connections: service.me.connections.map((one) => ({ ...one, user: "3" })) };
	browser = await launch(grantedExtension([site.origin], ["notifications"]));
	await pair(browser, service);
});
afterAll(async () => {
	await browser.close();
	await Promise.all([site.close(), service.close()]);
});
beforeEach(() => {
	service.tickets.clear();
	service.tickets.set("19", ticketView("19", { priority: "P2", url: `${site.origin}/#ticket/zoom/19` }));
	const line = { id: "first", name: words("Service desk") };
	service.tickets.set("20", ticketView("20", { priority: "P1", clocks: [late()], line, ...escalated("alert-20") }));
	service.tickets.set("21", ticketView("21", { clocks: [clockView({ remainingMs: 9 * hour, targetMs: 10 * hour })] }));
	service.tickets.set(
		"22",
		ticketView("22", {
			priority: "P1",
			service: "mail",
			serviceName: words("Electronic mail"),
			line: { id: "second", name: words("Second line") },
			clocks: [late({ remainingMs: -hour })],
			...escalated("alert-22"),
		}),
	);
});

const numbers = (page: Awaited<ReturnType<Browser["page"]>>) =>
	page
		.locator(".tickets bdi")
		.allInnerTexts()
		.then((texts) => texts.filter((text) => /^330/.test(text)));

describe("what the browser tells outside the page", () => {
	/** Changing a setting makes the background look again, as its alarm does every minute. */
	const turnQuiet = async (on: boolean) => {
		const options = await browser.page(browser.own("options.html"));
		const box = options.getByLabel("Leave me alone at set hours");
		await box.waitFor();
		if ((await box.isChecked()) !== on) await box.click();
		await expect.poll(() => box.isChecked()).toBe(on);
		await options.close();
	};
	const worker = () => {
		const [found] = browser.context.serviceWorkers();
		if (found === undefined) throw new Error("Expected the background, found none.");
		return found;
	};
	const shown = () =>
		worker().evaluate("new Promise((done) => chrome.notifications.getAll((all) => done(Object.keys(all))))");
	const badge = () => worker().evaluate("chrome.action.getBadgeText({})");

	it("counts what presses on the icon, tells what becomes worse once, and not what was so before", async () => {
		await expect
			.poll(
				async () => {
					await turnQuiet(true);
					await turnQuiet(false);
					return badge();
				},
				{ timeout: 8_000, interval: 2_000 },
			)
			.toBe("2");
		const options = await browser.page(browser.own("options.html"));
		await options.getByLabel("Show notifications").click();
		await expect.poll(() => options.getByLabel("Show notifications").isChecked()).toBe(true);
		await options.close();
		expect(await shown()).toEqual([]);

		service.tickets.set("19", ticketView("19", { clocks: [late()] }));
		await expect
			.poll(
				async () => {
					await turnQuiet(true);
					await turnQuiet(false);
					return shown();
				},
				{ timeout: 15_000, interval: 2_000 },
			)
			.toEqual(["desk|19"]);
		await expect.poll(badge, { timeout: 5_000 }).toBe("3");
	});

	it("takes a notification back when its ticket presses no longer", async () => {
		service.tickets.delete("20");
		service.tickets.delete("22");
		await expect
			.poll(
				async () => {
					await turnQuiet(true);
					await turnQuiet(false);
					return shown();
				},
				{ timeout: 15_000, interval: 2_000 },
			)
			.toEqual([]);
		await expect.poll(badge, { timeout: 5_000 }).toBe("");
	});
});

describe("a pairing link", () => {
	it("sets everything up in one paste, and says why when it does not", async () => {
		service.pairing = "k7f3Jq0aZ_-1k7f3Jq0aZ_-1";
		const options = await browser.page(browser.own("options.html"));
		await options.getByRole("button", { name: "Disconnect" }).click();
		await options.getByText("Connected as").waitFor({ state: "detached" });
		const paste = async (link: string) => {
			await options.getByLabel("Pairing link").fill(link);
			await options.getByRole("button", { name: "Pair", exact: true }).click();
		};
		await paste("https://stipt.example.org");
		await options.getByRole("alert").getByText("Expected a pairing link").waitFor();
		await paste(`${service.address}/pair#k7f3Jq0aZ_-1k7f3Jq0aZ_-1`);
		await options.getByText("Connected as Agent Anna (agent).").waitFor();
		await paste(`${service.address}/pair#k7f3Jq0aZ_-1k7f3Jq0aZ_-1`);
		await options.getByRole("alert").getByText("was used already").waitFor();
		await options.close();
	});

	it("is checked against what is open: which ticket is seen, in which helpdesk", async () => {
		const options = await browser.page(browser.own("options.html"));
		await options.getByRole("button", { name: "Check what Stipt sees" }).click();
		await options.getByText("No open tab shows one of these helpdesks.").waitFor();
		const desk = await browser.page(`${site.origin}/#ticket/zoom/19`);
		await expect
			.poll(
				async () => {
					await options.getByRole("button", { name: "Check what Stipt sees" }).click();
					return options.locator("#helpdesks ~ div [role=status]").innerText();
				},
				{ timeout: 10_000 },
			)
			.toContain("I see ticket 33019 in Zammad");
		await Promise.all([options.close(), desk.close()]);
	});
});

describe("the side panel", () => {
	it("lists the person's tickets in burn order, and narrows them", async () => {
		const panel = await browser.page(browser.own("sidepanel.html"));
		await panel.getByText("4 tickets").waitFor();
		expect(await numbers(panel)).toEqual(["33022", "33020", "33019", "33021"]);
		expect(service.calls.map(({ query }) => query)).toContain("?connection=desk&limit=200&owner=me");

		await panel.getByRole("combobox", { name: "Show" }).selectOption({ label: "late" });
		await panel.getByText("2 tickets").waitFor();
		await panel.getByRole("combobox", { name: "Service" }).selectOption({ label: "Electronic mail" });
		await panel.getByText("1 ticket", { exact: true }).waitFor();
		expect(await numbers(panel)).toEqual(["33022"]);

		await panel.getByRole("combobox", { name: "Show" }).selectOption({ label: "all" });
		await panel.getByRole("combobox", { name: "Service" }).selectOption({ label: "all services" });
		await panel.getByRole("combobox", { name: "Order" }).selectOption({ label: "priority" });
		expect(await numbers(panel)).toEqual(["33022", "33020", "33019", "33021"]);
		await panel.getByRole("combobox", { name: "Whose" }).selectOption({ label: "everybody's" });
		await panel.getByText("4 tickets").waitFor();
		expect(service.calls.map(({ query }) => query)).toContain("?connection=desk&limit=200");
		await panel.close();
	});

	it("keeps what was chosen, such as one's own line, and shows that line by name when it has no ticket left", async () => {
		const panel = await browser.page(browser.own("sidepanel.html"));
		await panel.getByRole("combobox", { name: "Line" }).selectOption({ label: "Service desk" });
		await panel.getByText("1 ticket", { exact: true }).waitFor();
		expect(await numbers(panel)).toEqual(["33020"]);
		await panel.close();
		service.tickets.delete("20");
		const again = await browser.page(browser.own("sidepanel.html"));
		await again.getByText("0 tickets").waitFor();
		const chosen = (name: string) => again.getByRole("combobox", { name }).locator("option:checked").innerText();
		expect(await chosen("Line")).toBe("Service desk");
		expect(await chosen("Order")).toBe("priority");
		await again.getByRole("combobox", { name: "Line" }).selectOption({ label: "all lines" });
		await again.getByRole("combobox", { name: "Order" }).selectOption({ label: "least time left" });
		await again.getByRole("combobox", { name: "Whose" }).selectOption({ label: "mine" });
		await again.getByText("3 tickets").waitFor();
		await again.close();
	});

	it("acknowledges several escalations with one promise", async () => {
		const panel = await browser.page(browser.own("sidepanel.html"));
		await panel.getByLabel("Choose ticket 33020").check();
		await panel.getByLabel("Choose ticket 33022").check();
		await panel.getByLabel("When do we hear again?").selectOption({ label: "in 2 h" });
		await panel.getByRole("button", { name: "Acknowledge 2 escalations" }).click();
		await panel.getByLabel("Choose ticket 33020").waitFor({ state: "detached" });
		expect([...service.tickets.values()].map(({ escalation }) => escalation?.acknowledgedBy ?? null)).toEqual([
			null,
			"Agent Anna",
			null,
			"Agent Anna",
		]);
		await panel.close();
	});

	it("shows a ticket in the tab that has it already", async () => {
		const desk = await browser.page(`${site.origin}/#ticket/zoom/19`);
		const panel = await browser.page(browser.own("sidepanel.html"));
		const before = browser.context.pages().length;
		await panel.getByRole("button", { name: /Ticket 19/ }).click();
		await expect.poll(() => desk.evaluate("document.visibilityState")).toBe("visible");
		expect(browser.context.pages().length).toBe(before);
		await Promise.all([desk.close(), panel.close()]);
	});

	it("goes on with what is known when the service is away, and says so", async () => {
		const panel = await browser.page(browser.own("sidepanel.html"));
		await panel.getByText("4 tickets").waitFor();
		service.trouble = 500;
		await panel.getByRole("combobox", { name: "Whose" }).selectOption({ label: "everybody's" });
		await panel.getByRole("alert").waitFor();
		service.trouble = null;
		expect(await panel.getByRole("alert").innerText()).toContain("Practice desk");
		await panel.close();
	});
});
