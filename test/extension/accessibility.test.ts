import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Desk, openDesk, says, type Tab } from "./desk.ts";
import { clockView, minute, ticketView } from "./fake-service.ts";
import { fullDetail } from "./full-detail.ts";

/** Axe looks at every element of a page, many times over. */
vi.setConfig({ testTimeout: 60_000 });

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = JSON.stringify({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
const summary = `({ violations }) => violations.flatMap(({ id, nodes }) =>
	nodes.map(({ html, any }) => [id, html.slice(0, 160), ...any.map(({ message }) => message)].join(" ")))`;

/** Faults inside our own closed roots: only the extension's world can look into them. */
async function faultsOf({ overlay }: Tab): Promise<unknown> {
	return overlay.inExtension(`(async () => {
		Object.defineProperty(Element.prototype, "shadowRoot", { configurable: true, get() { return this instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(this) : null; } });
		${axe};
		return axe.run({ include: [["[data-stipt]"]] }, { ...${rules}, rules: { region: { enabled: false } } }).then(${summary});
	})()`);
}

/** What a finger cannot hit: buttons, choices and fields of less than 24 by 24 pixels. A link in a line of text may be less. */
async function smallTargets({ overlay }: Tab): Promise<unknown> {
	return overlay.inExtension(`[...document.querySelectorAll("[data-stipt]")].flatMap((one) =>
		[...chrome.dom.openOrClosedShadowRoot(one).querySelectorAll("button:not(p button), select, input:not([type=radio], [type=checkbox])")].flatMap((target) => {
			const { width, height } = target.getBoundingClientRect();
			return width === 0 || (width >= 24 && height >= 24) ? [] : [target.className + " " + width + "x" + height];
		}))`);
}

async function faultsOfPage(page: Page): Promise<unknown> {
	return page.evaluate(`(async () => { ${axe}; return axe.run(document, ${rules}).then(${summary}); })()`);
}

const waiting = {
	nl: "wacht op de klant",
	fr: "attend le client",
	de: "wartet auf den Kunden",
	en: "waiting for the customer",
};

function fill(desk: Pick<Desk, "service">, number: (id: string) => string): void {
	const iso = (instant: number) => new Date(instant).toISOString();
	const clocks = {
		"19": [clockView(), clockView({ goal: "resolution", remainingMs: minute, elapsedMs: 60 * minute })],
		"20": [clockView({ state: "missed", remainingMs: -12 * minute, breachedAt: iso(Date.now()) })],
		"21": [clockView({ state: "paused", pausedBecause: waiting })],
		"22": [clockView({ outsideHours: true, closesAt: null, opensAt: iso(Date.now() + 50 * 60 * minute) })],
		"23": [clockView({ state: "met", metAt: iso(Date.now()), stoppedAt: iso(Date.now()) })],
		"24": [clockView({ promise: "best-effort", deadline: null, remainingMs: null, targetMs: null })],
	};
	for (const [id, own] of Object.entries(clocks))
		desk.service.tickets.set(id, ticketView(id, { number: number(id), clocks: own }));
	const view = desk.service.tickets.get("19");
	if (view === undefined) return;
	desk.service.tickets.set("19", {
		...view,
		confidence: { level: "unsure", reason: "unmapped", since: iso(Date.now() - 8 * minute) },
		escalation: {
			goal: "first-response",
			step: 2,
			of: 4,
			owedAt: iso(Date.now()),
			alert: "a",
			acknowledgedBy: null,
			nextPromise: null,
		},
	});
	desk.service.detail = () => fullDetail(Date.now());
	const usual = desk.service.preview;
	const words = (text: string) => ({ nl: text, fr: text, de: text, en: text });
	desk.service.preview = (shown) => ({
		...usual(shown),
		questions: [{ sets: "impact", ask: words("How many people?"), answers: [{ to: "low", say: words("One person") }] }],
	});
	desk.service.notices = (["incident", "maintenance"] as const).map((kind) => ({
		id: kind,
		page: "status",
		event: kind,
		kind,
		title: `A ${kind}`,
		status: kind === "incident" ? "identified" : "scheduled",
		impact: kind === "incident" ? "major" : "maintenance",
		components: ["Register"],
		services: [],
		text: "What is known so far.",
		url: "https://status.example.org",
		updatedAt: iso(Date.now()),
		tickets: [],
	}));
}

describe.each(["light", "dark"] as const)("in %s pages", (shade) => {
	describe.each([
		["zammad", "/#ticket/zoom/19", "/#ticket/view/my_assigned", "timer", "matrix", (id: string) => `330${id}`],
		[
			"odoo",
			"/web#id=19&model=helpdesk.ticket&view_type=form",
			"/web#model=helpdesk.ticket&view_type=list",
			"bar",
			"bar",
			(id: string) => `HT000${id}`,
		],
	] as const)("of %s", (kind, ticket, list, timer, matrix, number) => {
		let desk: Desk;
		beforeAll(async () => {
			desk = await openDesk(kind, { dark: shade === "dark" });
			fill(desk, number);
		});
		afterAll(() => desk.close());

		const open = async (path: string): Promise<Tab> => {
			const tab = await desk.open(path);
			if (shade === "dark") {
				await tab.page.evaluate(
					kind === "zammad" ? "document.documentElement.dataset.theme = 'dark'" : "document.body.classList.add('dark')",
				);
			}
			return tab;
		};

		it("has no fault in bar, panels, banner, badges", async () => {
			const tab = await open(ticket);
			await says(tab.overlay, timer, /First response/);
			await says(tab.overlay, "banner", /A incident/);
			await tab.overlay.click("banner", "button", /^and 1 more$/);
			// The page's own beat takes the shade along.
			await tab.overlay.until(
				async () =>
					(await tab.overlay.inExtension(
						`[...document.querySelectorAll("[data-stipt]")].every((one) => chrome.dom.openOrClosedShadowRoot(one).firstChild.dataset.shade === "${shade}")`,
					)) === true,
				`${shade} mounts`,
			);
			expect(await faultsOf(tab)).toEqual([]);
			await tab.overlay.click(timer, "button", /^Service levels/);
			await tab.overlay.click("panel", "button", /^Acknowledge$/);
			await tab.overlay.click("panel", "radio", /^another time$/);
			expect(await faultsOf(tab)).toEqual([]);
			await tab.overlay.click("panel", "button", /^Proof, line by line$/);
			await says(tab.overlay, "panel", /Proof of first-response/);
			for (const action of [/^Pause$/, /^Ask for escalation$/]) {
				await tab.overlay.click("panel", "button", action);
				expect(await faultsOf(tab)).toEqual([]);
				await tab.overlay.click("panel", "button", /^Cancel$/);
			}
			await tab.page.keyboard.press("Escape");
			await tab.overlay.click(matrix, "button", /P3/);
			await says(tab.overlay, "panel", /Would be told/);
			expect(await faultsOf(tab)).toEqual([]);
			await tab.overlay.click("panel", "button", /^Help me choose/);
			await says(tab.overlay, "panel", /How many people\?/);
			expect(await faultsOf(tab)).toEqual([]);
			await tab.overlay.click("panel", "button", /^One person$/);
			await tab.overlay.until(
				async () => /^Impact Low/.test((await tab.overlay.focused())?.name ?? ""),
				"the cell that the answer leads to",
			);
			await tab.page.keyboard.press("Enter");
			await says(tab.overlay, timer, /saved Undo/);
			expect(await faultsOf(tab)).toEqual([]);
			expect(await smallTargets(tab)).toEqual([]);
			await tab.page.close();
			const other = await open(list);
			await other.overlay.until(async () => (await other.overlay.mounts()).includes("badge"), "badges");
			await other.overlay.until(
				async () =>
					(await other.overlay.inExtension(
						`[...document.querySelectorAll("[data-stipt=banner]")].every((one) => chrome.dom.openOrClosedShadowRoot(one).firstChild.dataset.shade === "${shade}")`,
					)) === true,
				`${shade} mounts`,
			);
			expect(await faultsOf(other)).toEqual([]);
			await other.page.close();
		}, 60_000);
	});

	it("has no fault in popup, diagnosis, options and side panel", async () => {
		// The icon's count asks at once for what is open.
		const prepare = (service: Desk["service"]) => fill({ service }, (id) => `330${id}`);
		const desk = await openDesk("zammad", { dark: shade === "dark", prepare });
		const popup = await desk.browser.page(desk.browser.own("popup.html"));
		await popup.getByText("Ticket 20").waitFor();
		expect(await faultsOfPage(popup)).toEqual([]);
		const ticket = await desk.open("/#ticket/zoom/19");
		await says(ticket.overlay, "timer", /First response/);
		await ticket.page.evaluate("desk.dropAnchors(19)");
		await ticket.overlay.until(async () => !(await ticket.overlay.mounts()).includes("timer"), "the timer to go");
		await ticket.page.waitForTimeout(2_100);
		const over = await desk.browser.context.newPage();
		// As if it were opened over the ticket: without a screen there is no toolbar to click on.
		await over.addInitScript(`{
			const query = chrome.tabs.query;
			chrome.tabs.query = (wish) => query.call(chrome.tabs, wish.active ? { url: "${desk.site.origin}/*" } : wish);
		}`);
		await over.goto(desk.browser.own("popup.html"));
		await over.getByRole("button", { name: "Copy" }).waitFor();
		expect(await faultsOfPage(over)).toEqual([]);
		const options = await desk.browser.page(desk.browser.own("options.html"));
		await options.getByText("Connected as").waitFor();
		await options.getByRole("button", { name: "Check what Stipt sees" }).click();
		await options.getByText(/I see/).waitFor();
		expect(await faultsOfPage(options)).toEqual([]);
		const panel = await desk.browser.page(desk.browser.own("sidepanel.html"));
		await panel.getByText("Ticket 24").waitFor();
		await panel.getByLabel("Choose ticket 33019").check();
		expect(await faultsOfPage(panel)).toEqual([]);
		await desk.close();
	});
});

describe("reduced motion", () => {
	it("moves nothing", async () => {
		const desk = await openDesk("zammad");
		fill(desk, (id) => `330${id}`);
		const { page, overlay } = await desk.open("/#ticket/zoom/19");
		await says(overlay, "timer", /2\/4/);
		const animations = () =>
			overlay.inExtension(
				'chrome.dom.openOrClosedShadowRoot(document.querySelector("[data-stipt=timer]")).getAnimations().length',
			);
		await page.emulateMedia({ reducedMotion: "no-preference" });
		expect(await animations()).toBe(1);
		await page.emulateMedia({ reducedMotion: "reduce" });
		expect(await animations()).toBe(0);
		await overlay.click("timer", "button", /^Service levels/);
		await says(overlay, "panel", /Deadline/);
		const moving = await overlay.inExtension(`[...document.querySelectorAll("[data-stipt]")].flatMap((one) =>
			[...chrome.dom.openOrClosedShadowRoot(one).querySelectorAll("*")].filter((inner) => {
				const { animationName, transitionDuration } = getComputedStyle(inner);
				return animationName !== "none" || transitionDuration.split(", ").some((time) => time !== "0s");
			}).map(({ className }) => className))`);
		expect(moving).toEqual([]);
		await desk.close();
	});
});

describe("forced colours", () => {
	it("draw every part by lines, and mark the focus", async () => {
		const desk = await openDesk("zammad");
		fill(desk, (id) => `330${id}`);
		const { page, overlay } = await desk.open("/#ticket/zoom/19");
		await page.emulateMedia({ forcedColors: "active" });
		await overlay.click("matrix", "button", /P3/);
		await overlay.until(async () => /^Impact/.test((await overlay.focused())?.name ?? ""), "focus in the matrix");
		await page.keyboard.press("ArrowUp");
		const drawn = await overlay.inExtension(`(() => {
			const root = (name) => chrome.dom.openOrClosedShadowRoot(document.querySelector("[data-stipt=" + name + "]"));
			const focused = getComputedStyle(root("panel").activeElement);
			return {
				goal: getComputedStyle(root("timer").querySelector(".goal")).borderTopStyle,
				cell: getComputedStyle(root("panel").querySelector(".cell")).borderTopStyle,
				focus: focused.outlineStyle + " " + focused.outlineWidth,
			};
		})()`);
		expect(drawn).toEqual({ goal: "solid", cell: "solid", focus: "solid 2px" });
		await desk.close();
	});
});

describe("the keyboard alone", () => {
	it("leads from the timer to the card, its proof, the matrix, a choice and back", async () => {
		const desk = await openDesk("zammad");
		fill(desk, (id) => `330${id}`);
		const { page, overlay } = await desk.open("/#ticket/zoom/20");
		await says(overlay, "timer", /12 min late/);
		const focus = async () => (await overlay.focused())?.name ?? "";
		const tabTo = async (mount: string, name: RegExp) => {
			for (let presses = 0; presses < 60; presses += 1) {
				await page.keyboard.press("Tab");
				const isOn = (await page.evaluate("document.activeElement?.dataset.stipt")) === mount;
				if (isOn && name.test(await focus())) return;
			}
			expect(await focus()).toMatch(name);
		};
		await tabTo("timer", /^Service levels/);
		await page.keyboard.press("Enter");
		await says(overlay, "panel", /Deadline/);
		await tabTo("panel", /^Proof, line by line$/);
		await page.keyboard.press("Enter");
		await says(overlay, "panel", /Proof of first-response/);
		await page.keyboard.press("Escape");
		await overlay.until(async () => /^Service levels/.test(await focus()), "the focus back on the timer");
		await page.keyboard.press("Tab");
		expect(await focus()).toMatch(/P3/);
		await page.keyboard.press("Enter");
		await overlay.until(async () => /^Impact Medium/.test(await focus()), "the current cell");
		await page.keyboard.press("1");
		await overlay.until(async () => /^Impact High, urgency High/.test(await focus()), "P1");
		await page.keyboard.press("Enter");
		await says(overlay, "timer", /P1 saved Undo/);
		await overlay.until(async () => /P1/.test(await focus()), "the focus back on the priority");
		await page.keyboard.press("Tab");
		expect(await focus()).toBe("Undo");
		await page.keyboard.press("Enter");
		await says(overlay, "timer", /P3 saved/);
		expect(desk.service.tickets.get("20")?.priority).toBe("P3");
		await desk.close();
	});
});
