import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { agent, bot, closeAll, colleague, customer, quick, startDesk, story } from "../desks/starting.ts";
import { people } from "../desks/zammad/base.ts";
import type { ZammadDesk } from "../desks/zammad/desk.ts";
import { type Desk, openDesk, reported, says, type Tab } from "./desk.ts";
import { ticketView } from "./fake-service.ts";

let zammad: ZammadDesk;
let desk: Desk;
const faults: string[] = [];

beforeAll(async () => {
	let now = Date.parse("2027-03-01T09:00:00.000Z");
	zammad = await startDesk({ now: () => (now += 1000), timing: quick });
	desk = await openDesk("zammad", { site: { origin: zammad.url, close: closeAll } });
	desk.service.onChoice = (ticket, priority) => {
		zammad.act.change(bot, Number(ticket), { priority: priority < "P3" ? "3 high" : "2 normal" });
	};
});
afterAll(() => desk.close());
afterEach(() => expect(faults.splice(0)).toEqual([]));

/** A ticket at the desk that the service knows too. */
function ticket(): string {
	const { id } = zammad.act.open(customer, story);
	zammad.act.write(agent, id, { type: "email", body: "We are looking into it.", to: customer });
	const row = zammad.state.tickets.find((one) => one.id === id);
	desk.service.tickets.set(String(id), ticketView(String(id), { number: row?.number ?? "" }));
	return String(id);
}

async function visit(path: string): Promise<Tab> {
	const tab = await desk.open(path);
	tab.page.on("pageerror", (error) => faults.push(error.message));
	tab.page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
	return tab;
}

const everywhere = ["matrix", "sticky", "timer"];

describe("over the practice desk", () => {
	it("finds every place, and the choice of a cell reaches the desk and the timer within 2 s", async () => {
		const id = ticket();
		const { page, overlay } = await visit(`/#ticket/zoom/${id}`);
		await says(overlay, "timer", /First response 41 min left/);
		await reported(desk, page, {
			ticket: id,
			found: ["timer", "sticky", "matrix", "banner"],
			missing: [],
			faults: [],
		});
		const chosenAt = performance.now();
		await overlay.click("matrix", "button", /^P3/);
		await overlay.click("panel", "button", /^Impact High, urgency Medium: P2/);
		await says(overlay, "timer", /First response 11 min left.*P2/, 2_000);
		await page.waitForFunction(`document.querySelector('select[name="priority_id"]')?.value === "3"`);
		expect(performance.now() - chosenAt).toBeLessThan(2_000);
		expect(zammad.state.tickets.find((one) => String(one.id) === id)?.priority_id).toBe(3);
		await page.close();
	});

	it.each([
		["a priority", { priority: "3 high" }],
		["a state", { state: "pending reminder", pending_time: "2030-01-01T00:00:00Z" }],
		["a title", { title: "Another title" }],
		["a customer", { customer: people.customers[4] }],
	])("stays, once each, when somebody else changes %s", async (_, change) => {
		const id = ticket();
		const { page, overlay } = await visit(`/#ticket/zoom/${id}`);
		await says(overlay, "matrix", /P3/);
		zammad.act.change(colleague, Number(id), change);
		const stamp = zammad.state.tickets.find((one) => String(one.id) === id)?.updated_at;
		await page.waitForSelector(`fieldset.edit[data-ticket-updated-at="${stamp}"]`);
		await overlay.until(
			async () => JSON.stringify((await overlay.mounts()).sort()) === JSON.stringify(everywhere),
			"every mount once",
		);
		await page.close();
	});

	it("follows from ticket to list to ticket, and never brings the wrong timer along", async () => {
		const [first, second] = [ticket(), ticket()];
		const known = desk.service.tickets.get(second);
		if (known !== undefined) desk.service.tickets.set(second, { ...known, priority: "P5" });
		const { page, overlay } = await visit(`/#ticket/zoom/${first}`);
		await says(overlay, "timer", /P3/);
		await page.evaluate(`location.hash = "#ticket/zoom/${second}"`);
		await says(overlay, "timer", /P5/);
		await page.evaluate(`location.hash = "#ticket/view/all_open"`);
		await overlay.until(
			async () => (await overlay.mounts()).filter((name) => name === "badge").length >= 2,
			"badges in the list",
		);
		expect((await overlay.mounts()).filter((name) => name !== "badge")).toEqual([]);
		zammad.act.change(colleague, Number(first), { priority: "1 low" });
		await page.waitForSelector(`tr.item--low-priority[data-id="${first}"] [data-stipt="badge"]`);
		await page.evaluate(`location.hash = "#ticket/zoom/${first}"`);
		await says(overlay, "timer", /P3/);
		await overlay.until(
			async () => JSON.stringify((await overlay.mounts()).sort()) === JSON.stringify(everywhere),
			"every mount once",
		);
		await page.close();
	});
});
