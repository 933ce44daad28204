import type { Preview } from "@stipt/shared/wire/api";
import type { Words } from "@stipt/shared/wire/language";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Desk, openDesk, says } from "./desk.ts";
import { ticketView } from "./fake-service.ts";

const words = (text: string): Words => ({ nl: text, fr: text, de: text, en: text });
const questions = [
	{
		sets: "impact",
		ask: words("How many people are held up?"),
		answers: [
			{ to: "high", say: words("A whole service") },
			{ to: "low", say: words("One person") },
		],
	},
	{
		sets: "urgency",
		ask: words("Can they still work?"),
		answers: [
			{ to: "high", say: words("Not at all") },
			{ to: "medium", say: words("By a detour") },
		],
	},
	{ sets: "impact", ask: words("Do citizens notice?"), answers: [{ to: "medium", say: words("Yes") }] },
] satisfies Preview["questions"];

let desk: Desk;
let usual: Desk["service"]["preview"];
beforeAll(async () => {
	desk = await openDesk("zammad");
	usual = desk.service.preview;
});
afterAll(() => desk.close());
/** Each test has a ticket of its own: answers of a moment ago are shown again. */
let ticket = 100;
beforeEach(() => {
	ticket += 1;
	desk.service.tickets.set(String(ticket), ticketView(String(ticket)));
});

const withMatrix = (change: Partial<Preview>) => {
	desk.service.preview = (view) => ({ ...usual(view), ...change });
};
const openMatrix = async () => {
	const opened = await desk.open(`/#ticket/zoom/${ticket}`);
	await opened.overlay.click("matrix", "button", /^P3/);
	return opened;
};
const focus = async (overlay: Awaited<ReturnType<typeof openMatrix>>["overlay"]) =>
	(await overlay.focused())?.name ?? "";
const lastChoice = () => desk.service.calls.filter(({ method }) => method === "PUT").at(-1)?.body;

describe("the matrix", () => {
	it("leads to a cell by the policy's own questions, the gravest answer counting", async () => {
		withMatrix({ questions });
		const { page, overlay } = await openMatrix();
		await overlay.click("panel", "button", /^Help me choose/);
		await overlay.until(async () => (await focus(overlay)) === "A whole service", "the first answer in focus");
		await page.keyboard.press("Tab");
		await page.keyboard.press("Enter");
		await says(overlay, "panel", /Can they still work\? 2\/3/);
		await overlay.until(async () => (await focus(overlay)) === "Not at all", "the next answer in focus");
		await page.keyboard.press("Enter");
		await overlay.click("panel", "button", /^Yes/);
		await overlay.until(async () => /^Impact Medium, urgency High: P2/.test(await focus(overlay)), "the cell in focus");
		await page.keyboard.press("Enter");
		await says(overlay, "timer", /P2 saved/);
		expect(lastChoice()).toEqual({ impact: "medium", urgency: "high" });
		await page.close();
	});

	it("goes to the nearest cell of a priority at its digit", async () => {
		withMatrix({});
		const { page, overlay } = await openMatrix();
		await overlay.until(async () => /^Impact Medium, urgency Medium/.test(await focus(overlay)), "the current cell");
		await page.keyboard.press("1");
		await overlay.until(async () => /^Impact High, urgency High: P1/.test(await focus(overlay)), "P1");
		await page.keyboard.press("5");
		await overlay.until(async () => /^Impact Low, urgency Low: P5/.test(await focus(overlay)), "P5");
		await page.keyboard.press("9");
		expect(await focus(overlay)).toMatch(/^Impact Low, urgency Low: P5/);
		await page.close();
	});

	it("takes a choice back for ten seconds", async () => {
		withMatrix({});
		const { page, overlay } = await openMatrix();
		await overlay.until(async () => /^Impact Medium/.test(await focus(overlay)), "the matrix");
		await page.keyboard.press("1");
		await page.keyboard.press("Enter");
		await says(overlay, "timer", /P1 saved Undo/);
		await overlay.click("timer", "button", /^Undo/);
		await says(overlay, "timer", /P3 saved/);
		expect(await overlay.text("timer")).not.toContain("Undo");
		expect(desk.service.tickets.get(String(ticket))?.priority).toBe("P3");
		await page.close();
	});

	it("says beforehand who may declare a priority, and what it becomes", async () => {
		withMatrix({
			restricted: [{ priority: "P1", roles: [words("on-call"), words("service manager")], otherwise: "P2" }],
		});
		const { page, overlay } = await openMatrix();
		await overlay.until(async () => /^Impact Medium/.test(await focus(overlay)), "the matrix");
		await page.keyboard.press("1");
		await says(overlay, "panel", /P1 may be declared by: on-call or service manager\. From you it becomes P2\./);
		await page.keyboard.press("Enter");
		await says(overlay, "timer", /P2 saved/);
		await page.close();
	});

	it("passes on that the customer does not agree, and who decides then", async () => {
		withMatrix({ withoutConsensus: { role: words("service delivery manager"), isYours: false } });
		const { page, overlay } = await openMatrix();
		await overlay.click("panel", "checkbox", /^The customer does not agree/);
		await says(overlay, "panel", /Then service delivery manager decides\./);
		await overlay.click("panel", "button", /^Impact High, urgency Medium: P2/);
		await says(overlay, "timer", /saved/);
		expect(lastChoice()).toEqual({ impact: "high", urgency: "medium", consensus: false });
		await page.close();
	});

	it("shows what impact and urgency mean in the policy's own words", async () => {
		withMatrix({});
		const { page, overlay } = await openMatrix();
		await says(overlay, "panel", /hint medium/);
		await overlay.until(async () => /^Impact Medium, urgency Medium/.test(await focus(overlay)), "the current cell");
		await page.keyboard.press("ArrowUp");
		await says(overlay, "panel", /hint high/);
		await page.close();
	});
});
