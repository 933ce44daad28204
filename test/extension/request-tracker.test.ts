import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Desk, openDesk, reported, says } from "./desk.ts";
import { ticketView } from "./fake-service.ts";

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk("request-tracker");
	for (const id of ["1", "2", "5"]) desk.service.tickets.set(id, ticketView(id, { number: id }));
});
afterAll(() => desk.close());

describe("over Request Tracker", () => {
	it("shows timer and matrix on a ticket, and writes a choice through the service", async () => {
		const { page, overlay } = await desk.open("/Ticket/Display.html?id=2");
		await says(overlay, "timer", /First response 41 min left.*P3/);
		await reported(desk, page, {
			host: "Request Tracker",
			ticket: "2",
			found: ["timer", "matrix", "banner"],
			missing: [],
			faults: [],
		});
		await overlay.click("matrix", "button", /^P3/);
		await overlay.click("panel", "button", /^Impact High, urgency Medium: P2/);
		await says(overlay, "timer", /First response 11 min left.*P2/, 2_000);
		await page.close();
	});

	it("shows a timer beside the subject in a list", async () => {
		const { page, overlay } = await desk.open("/Search/Results.html?Query=Status%3D'__Active__'");
		await overlay.until(
			async () => (await overlay.mounts()).filter((name) => name === "badge").length === 3,
			"three badges",
		);
		const rows = await page.evaluate(
			"[...document.querySelectorAll('tbody:has(.value [data-stipt=badge])')].map((row) => row.dataset.recordId)",
		);
		expect(rows).toEqual(["1", "2", "5"]);
		await page.close();
	});
});
