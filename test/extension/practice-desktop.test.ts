import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { agent, bot, closeAll, colleague, customer, quick, startDesk, story } from "../desks/starting.ts";
import type { ZammadDesk } from "../desks/zammad/desk.ts";
import { checked, type Desk, openDesk, reported, says, type Tab } from "./desk.ts";
import { ticketView } from "./fake-service.ts";

let zammad: ZammadDesk;
let desk: Desk;
const faults: string[] = [];

beforeAll(async () => {
	let now = Date.parse("2027-03-01T09:00:00.000Z");
	zammad = await startDesk({ now: () => (now += 1000), timing: quick });
	desk = await openDesk("zammad-desktop", { site: { origin: zammad.url, close: closeAll } });
	desk.service.onChoice = (ticket, priority) => {
		zammad.act.change(bot, Number(ticket), { priority: priority < "P3" ? "3 high" : "2 normal" });
	};
});
afterAll(() => desk.close());
afterEach(() => expect(faults.splice(0)).toEqual([]));

/** A ticket at the desk that the service knows too. */
function ticket(priority = "P3"): string {
	const { id } = zammad.act.open(customer, story);
	zammad.act.write(agent, id, { type: "email", body: "We are looking into it.", to: customer });
	const row = zammad.state.tickets.find((one) => one.id === id);
	desk.service.tickets.set(String(id), ticketView(String(id), { number: row?.number ?? "", priority }));
	return String(id);
}

async function visit(path: string): Promise<Tab> {
	const tab = await desk.open(path);
	tab.page.on("pageerror", (error) => faults.push(error.message));
	return tab;
}

const both = ["timer", "matrix"];

describe("over Zammad's new interface", () => {
	it("finds its places, is right in its self-test, and the choice of a cell reaches field and timer", async () => {
		const id = ticket();
		const { page, overlay } = await visit(`/desktop/tickets/${id}`);
		await says(overlay, "timer", /First response 41 min left/);
		const report = await reported(desk, page, {
			host: "Zammad desktop",
			ticket: id,
			found: both,
			missing: [],
			faults: [],
			checks: checked("ticket: sidebar"),
		});
		expect(report.checks.every(({ isRight }) => isRight)).toBe(true);
		await overlay.click("matrix", "button", /^P3/);
		await overlay.click("panel", "button", /^Impact High, urgency Medium: P2/);
		await says(overlay, "timer", /First response 11 min left.*P2/, 2_000);
		await page.waitForFunction(`document.querySelector('output[name="priority_id"]').textContent === "3 high"`);
		await page.close();
	});

	it.each([
		["a priority", { priority: "3 high" }],
		["a state", { state: "pending reminder", pending_time: "2030-01-01T00:00:00Z" }],
		["a title", { title: "Another title" }],
	])("keeps its own elements when somebody else changes %s", async (_, change) => {
		const id = ticket();
		const { page, overlay } = await visit(`/desktop/tickets/${id}`);
		await says(overlay, "matrix", /P3/);
		await page.evaluate("for (const one of document.querySelectorAll('[data-stipt]')) one.kept = true");
		const drawn = () => page.evaluate("document.querySelector('#main-content').textContent");
		const before = await drawn();
		zammad.act.change(colleague, Number(id), change);
		await overlay.until(async () => (await drawn()) !== before, "the page to follow");
		expect((await overlay.mounts()).sort()).toEqual([...both].sort());
		expect(await page.evaluate("[...document.querySelectorAll('[data-stipt]')].every((one) => one.kept)")).toBe(true);
		await page.close();
	});

	it("follows from ticket to list to ticket, and back by the browser, with the right timer each time", async () => {
		const [first, second] = [ticket("P4"), ticket("P5")];
		const { page, overlay } = await visit(`/desktop/ticket/zoom/${first}`);
		await says(overlay, "timer", /P4/);
		await page.locator("#page-navigation a").click();
		await overlay.until(
			async () => (await overlay.mounts()).filter((name) => name === "badge").length >= 2,
			"badges in the list",
		);
		expect((await overlay.mounts()).filter((name) => name !== "badge")).toEqual([]);
		// One for each row, though a row links its ticket twice; sorting moves the rows with them.
		await page.locator("th").nth(2).click();
		const perRow = await page.evaluate(
			"[...document.querySelectorAll('tbody tr')].map((row) => row.querySelectorAll('[data-stipt=badge]').length)",
		);
		expect(new Set(perRow as number[])).toEqual(new Set([1]));
		await page.locator(`tbody a[href="/desktop/tickets/${second}"]`).last().click();
		await says(overlay, "timer", /P5/);
		for (const priority of ["", "P4"]) {
			await page.goBack();
			if (priority !== "") await says(overlay, "timer", new RegExp(priority));
			else await overlay.until(async () => !(await overlay.mounts()).includes("timer"), "the timer to go");
		}
		await page.close();
	});
});
