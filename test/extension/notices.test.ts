import type { Notice } from "@stipt/shared/wire/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Desk, openDesk, says } from "./desk.ts";
import { minute, ticketView } from "./fake-service.ts";

const notice = (id: string, change: Partial<Notice> = {}): Notice => ({
	id,
	page: "status",
	event: id,
	kind: "incident",
	title: `Title of ${id}`,
	status: "identified",
	impact: "minor",
	components: ["Permit register"],
	services: [],
	text: "",
	url: null,
	updatedAt: new Date(Date.now() - 20 * minute).toISOString(),
	tickets: [],
	...change,
});

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk("zammad", {
		prepare: (service) => {
			service.notices = [
				notice("maintenance", { kind: "maintenance", status: "scheduled", impact: "maintenance" }),
				notice("other", { impact: "critical" }),
				notice("service", { services: ["permits"], title: "<b>Register</b>", url: "javascript:alert(1)" }),
				notice("linked", {
					tickets: ["19"],
					url: "https://status.example.org/1",
					titles: { nl: "Register weg", fr: "Registre absent", de: "Register fehlt", en: "Register away" },
				}),
			];
			for (const id of ["19", "20"]) service.tickets.set(id, ticketView(id));
		},
	});
});
afterAll(() => desk.close());

describe("the banner", () => {
	it("shows what is linked to this ticket first, then what touches its service, then the gravest", async () => {
		const { page, overlay } = await desk.open("/#ticket/zoom/19");
		expect(await says(overlay, "banner", /Register away/)).toMatch(
			/^Incident Register away cause found · Permit register · updated .* · this ticket is linked · Status page.* and 3 more$/,
		);
		await overlay.click("banner", "button", /^and 3 more$/);
		expect(await says(overlay, "banner", /show fewer/)).toMatch(
			/Register away.*<b>Register<\/b>.*Title of other.*Maintenance Title of maintenance/,
		);
		const links = await overlay.all("banner", "link");
		expect(links.map(({ name }) => name)).toEqual(["Status page"]);
		await page.close();
	});

	it("stays away once it was dismissed, on other pages and after a reload too", async () => {
		const { page, overlay } = await desk.open("/#ticket/zoom/19");
		await says(overlay, "banner", /Register away/);
		await overlay.click("banner", "button", /^Dismiss this notice$/);
		await says(overlay, "banner", /^Incident <b>Register<\/b>/);
		await page.reload();
		await says(overlay, "banner", /^Incident <b>Register<\/b>/);
		await page.close();
	});

	it("links the ticket on screen to the event", async () => {
		const { page, overlay } = await desk.open("/#ticket/zoom/20");
		await says(overlay, "banner", /<b>Register<\/b>.*Link this ticket/);
		await overlay.click("banner", "button", /^Link this ticket$/);
		await overlay.until(
			async () => desk.service.calls.some(({ path }) => path === "/api/v1/tickets/desk/20/page-events"),
			"the link to be sent",
		);
		expect(desk.service.calls.find(({ path }) => path.endsWith("/page-events"))?.body).toEqual({
			connection: "status",
			event: "service",
		});
		await says(overlay, "banner", /<b>Register<\/b>.*this ticket is linked/);
		await page.close();
	});

	it("is shown over lists, and in the corner of pages that have no place for it", async () => {
		const { page, overlay } = await desk.open("/#ticket/view/my_assigned");
		await says(overlay, "banner", /Title of other/);
		await page.evaluate("location.hash = '#dashboard'");
		await says(overlay, "corner", /Title of other/);
		const left = await page.evaluate("document.querySelector('[data-stipt=corner]').getBoundingClientRect().left");
		expect(left).toBeGreaterThan(260);
		await page.close();
	});
});
