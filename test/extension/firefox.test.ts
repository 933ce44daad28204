import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtExtension } from "./built-extension.ts";
import { type FakeService, fakeService, ticketView } from "./fake-service.ts";
import { type Firefox, firefoxPath, launchFirefox } from "./firefox.ts";
import { fixtureSite, type Site } from "./fixture-site.ts";

describe.skipIf(firefoxPath() === null)("Firefox", () => {
	let site: Site;
	let service: FakeService;
	let firefox: Firefox;

	beforeAll(async () => {
		site = await fixtureSite("zammad");
		service = await fakeService({ kind: "zammad", origin: site.origin });
		service.tickets.set("19", ticketView("19"));
		firefox = await launchFirefox(builtExtension("firefox-mv3"));
	}, 120_000);
	afterAll(async () => {
		await firefox.close();
		await Promise.all([site.close(), service.close()]);
	});

	it("pairs, asks for the helpdesk's address, shows the timer, sets a priority, and lists it in the sidebar", async () => {
		service.pairing = "k7f3Jq0aZ_-1k7f3Jq0aZ_-1";
		const options = await firefox.tab(firefox.own("options.html"));
		await options.until(async () => (await options.text()).includes("Pairing link"), "the options");
		await options.click(/^Pairing link/, "label");
		await options.type(`${service.address}/pair#${service.pairing}`);
		await options.click(/^Pair$/, "button");
		await options.until(async () => (await options.text()).includes("Connected as Agent Anna"), "the connection");
		await options.click(new RegExp(`Allow on ${site.origin}`), "button");
		await options.until(async () => (await options.text()).includes("Allowed"), "the permission");

		const desk = await firefox.tab(`${site.origin}/#ticket/zoom/19`);
		await desk.until(async () => /First response 4\d min left/.test(await desk.text()), "the timer");
		await desk.click(/^Priority P3\. Change/, "button");
		await desk.until(async () => (await desk.text()).includes("Arrow keys to look"), "the matrix");
		await desk.press("\uE013");
		await desk.press("\uE012");
		await desk.press("\uE007");
		await desk.until(async () => service.tickets.get("19")?.priority === "P1", "P1 in the service");
		await desk.until(async () => (await desk.text()).includes("P1 saved"), "P1 on the page");

		const panel = await firefox.tab(firefox.own("sidepanel.html"));
		await panel.until(async () => /Ticket 19.*P1/.test(await panel.text()), "the ticket in the sidebar");
		expect(await panel.run("navigator.userAgent")).toContain("Firefox");
	}, 90_000);
});
