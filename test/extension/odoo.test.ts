import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checked, type Desk, openDesk, reported, says } from "./desk.ts";
import { clockView, hour, minute, ticketView } from "./fake-service.ts";

const form = (id: string) => `/web#id=${id}&cids=1&menu_id=113&action=184&model=helpdesk.ticket&view_type=form`;
const list = "/web#action=184&model=helpdesk.ticket&view_type=list&cids=1";

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk("odoo", { locale: "nl-BE" });
	const remaining = [42 * minute, 2 * hour, 3 * hour, 4 * hour];
	for (const [n, id] of ["19", "20", "21", "22"].entries()) {
		const left = (remaining[n] ?? 0) + 30_000;
		desk.service.tickets.set(
			id,
			ticketView(id, {
				number: `HT000${id}`,
				clocks: [clockView({ remainingMs: left, deadline: new Date(Date.now() + left).toISOString() })],
			}),
		);
	}
});
afterAll(() => desk.close());

describe("the bar over a form", () => {
	it("lies in the free part of the status bar, in the agent's language", async () => {
		const { page, overlay } = await desk.open(form("19"));
		expect(await says(overlay, "bar", /Eerste antwoord/)).toMatch(
			/^Serviceniveaus: Eerste antwoord nog 42 min tegen .*P3$/,
		);
		const [bar, buttons, stages] =
			(await page.evaluate(`["[data-stipt=bar]", ".o_statusbar_buttons button", ".o_field_statusbar"].map((selector) => {
			const { left, right, top, bottom } = document.querySelector(selector).getBoundingClientRect();
			return { left, right, top, bottom };
		})`)) as { left: number; right: number; top: number; bottom: number }[];
		expect(bar?.left).toBeGreaterThanOrEqual(buttons?.right ?? 0);
		expect(bar?.right).toBeLessThanOrEqual(stages?.left ?? 0);
		expect(Math.abs((bar?.top ?? 0) + (bar?.bottom ?? 0) - (buttons?.top ?? 0) - (buttons?.bottom ?? 0))).toBeLessThan(
			6,
		);
		expect(await page.evaluate("document.querySelector('.o_form_view [data-stipt=bar]')")).toBeNull();
		await page.close();
	});

	it("never shows another ticket's timer while the pager walks through records", async () => {
		const { page, overlay } = await desk.open(form("19"));
		await says(overlay, "bar", /nog 42 min/);
		const expected: Record<string, string> = {
			HT00019: "nog 42 min",
			HT00020: "nog 2 u",
			HT00021: "nog 3 u",
			HT00022: "nog 4 u",
		};
		// Every change of what is shown, with the number that the page shows at that moment.
		await page.evaluate(`window.drawn = () => document.querySelector('[name="number"] span').textContent`);
		for (const next of ["HT00020", "HT00021", "HT00022", "HT00021", "HT00020"]) {
			const direction = next > String(await page.evaluate("drawn()")) ? "next" : "previous";
			await page.evaluate(`document.querySelector(".o_pager_${direction}").click()`);
			await overlay.until(async () => {
				const before = String(await page.evaluate("drawn()"));
				const shown = await overlay.text("bar");
				const after = String(await page.evaluate("drawn()"));
				if (before === after && shown !== "") expect(shown, `the bar over ${before}`).toContain(expected[before]);
				return after === next && shown.includes(expected[next] ?? "");
			}, `the bar of ${next}`);
		}
		await page.close();
	});

	it("writes through the service and says that the form shows it after a reload", async () => {
		const { page, overlay } = await desk.open(form("20"));
		await overlay.click("bar", "button", /^Prioriteit P3/);
		await overlay.click("panel", "button", /^Impact Hoog, urgentie Gemiddeld: P2 Hoog/);
		await says(
			overlay,
			"bar",
			/P2.*P2 bewaard Ongedaan maken Het formulier zelf toont de nieuwe prioriteit na herladen\./,
			2_000,
		);
		expect(desk.service.calls.find(({ method }) => method === "PUT")?.body).toEqual({
			impact: "high",
			urgency: "medium",
		});
		await page.close();
	});

	it("follows when the form scrolls and leaves with the form", async () => {
		const { page, overlay } = await desk.open(form("21"));
		await says(overlay, "bar", /Eerste antwoord/);
		const top = () =>
			page.evaluate("document.querySelector('[data-stipt=bar]').getBoundingClientRect().top") as Promise<number>;
		await page.setViewportSize({ width: 1440, height: 420 });
		const before = await top();
		await page.evaluate("document.querySelector('.o_content').scrollTop = 400");
		await overlay.until(async () => (await top()) < before, "the bar to follow");
		const ceiling = (await page.evaluate(
			"document.querySelector('.o_control_panel').getBoundingClientRect().bottom",
		)) as number;
		expect(await top()).toBeGreaterThanOrEqual(ceiling);
		await page.evaluate(`location.hash = ${JSON.stringify(list.slice(4))}`);
		await overlay.until(async () => !(await overlay.mounts()).includes("bar"), "the bar to go");
		await page.close();
	});

	it("goes to the corner where there is no room for it", async () => {
		const { page, overlay } = await desk.open(form("22"));
		await says(overlay, "bar", /Eerste antwoord/);
		await page.setViewportSize({ width: 480, height: 700 });
		await overlay.until(async () => {
			const box = (await page.evaluate(
				"(({ left, bottom }) => ({ left, bottom }))(document.querySelector('[data-stipt=bar]').getBoundingClientRect())",
			)) as { left: number; bottom: number };
			return box.left === 16 && box.bottom === 684;
		}, "the bar in the corner");
		await page.close();
	});

	it("says in the popup that it found no status bar", async () => {
		const { page, overlay } = await desk.open(form("19"));
		await says(overlay, "bar", /Eerste antwoord/);
		await page.evaluate("desk.dropStatusBar()");
		await overlay.until(async () => !(await overlay.mounts()).includes("bar"), "the bar to go");
		const report = await reported(desk, page, {
			host: "Odoo",
			ticket: "19",
			missing: ["bar"],
			faults: [],
			checks: checked("ticket: statusBar"),
		});
		expect(report.checks.filter(({ isRight }) => !isRight)).toEqual([
			{ name: "ticket: statusBar", expected: "1", found: 0, isRight: false },
			{ name: "ticket: stages", expected: "1", found: 0, isRight: false },
		]);
		await page.close();
	});
});

describe("the page's own save", () => {
	it("is announced as soon as it is answered, on the ticket that the page shows", async () => {
		const { page, overlay } = await desk.open(form("19"));
		await says(overlay, "bar", /Eerste antwoord/);
		const announced: string[] = [];
		desk.service.onNudge = (ticket) => announced.push(ticket);
		const send = (path: string) => page.evaluate(`fetch(${JSON.stringify(path)}, { method: "POST" }).then(() => true)`);
		await send("/web/dataset/call_kw/helpdesk.ticket/web_read");
		await send("/web/dataset/call_kw/res.users/web_save");
		await page.waitForTimeout(300);
		expect(announced).toEqual([]);
		await send("/web/dataset/call_kw/helpdesk.ticket/web_save");
		await overlay.until(async () => announced.length > 0, "a nudge", 2_000);
		expect(announced).toEqual(["19"]);
		desk.service.onNudge = () => undefined;
		await page.close();
	});
});

describe("a list", () => {
	it("translates numbers to tickets through the agent's own session, and survives sorting", async () => {
		const { page, overlay } = await desk.open(list);
		const badges = async () => (await overlay.mounts()).filter((name) => name === "badge").length;
		await overlay.until(async () => (await badges()) === 4, "four badges");
		expect([await overlay.text("badge", 0), await overlay.text("badge", 1)]).toEqual([
			"42m",
			expect.stringMatching(/^(2u|11m)$/),
		]);
		await page.evaluate("desk.sortByName()");
		await overlay.until(async () => (await badges()) === 4, "badges after sorting", 1_000);
		const cells = await page.evaluate(
			`[...document.querySelectorAll("tr.o_data_row")].filter((row) => row.querySelector("td[name=name] > [data-stipt=badge]:first-child")).map((row) => row.querySelector("td[name=number]").textContent).sort()`,
		);
		expect(cells).toEqual(["HT00019", "HT00020", "HT00021", "HT00022"]);
		await page.close();
	});

	it("shows the icon alone where the column is too narrow for more, and says the rest", async () => {
		const { page, overlay } = await desk.open(list);
		await overlay.until(async () => (await overlay.text("badge", 0)) === "42m", "a badge");
		const width = () => page.evaluate("document.querySelector('[data-stipt=badge]').getBoundingClientRect().width");
		expect(await width()).toBe(56);
		await page.addStyleTag({ content: "td[name=name] { display: inline-block; width: 90px; overflow: hidden }" });
		await page.setViewportSize({ width: 880, height: 700 });
		await page.evaluate("desk.sortByName()");
		await overlay.until(async () => (await width()) === 22, "a narrow badge");
		expect((await overlay.all("badge", "image"))[0]?.name).toMatch(/^P\d\. Eerste antwoord/);
		await page.close();
	});

	it("says in the popup that rows without a number tell no ticket", async () => {
		const { page, overlay } = await desk.open(list);
		await overlay.until(async () => (await overlay.mounts()).includes("badge"), "a badge");
		await page.evaluate("desk.hideNumbers()");
		await overlay.until(async () => !(await overlay.mounts()).includes("badge"), "the badges to go");
		await reported(desk, page, { ticket: null, rows: 0, missing: ["badges"], faults: [] });
		await page.close();
	});

	it("opens a ticket when a row is clicked on its timer, as anywhere in the row", async () => {
		const { page, overlay } = await desk.open(list);
		await overlay.until(async () => (await overlay.mounts()).includes("badge"), "a badge");
		await page.locator('[data-stipt="badge"]').first().click();
		await says(overlay, "bar", /Eerste antwoord/);
		await page.close();
	});
});
